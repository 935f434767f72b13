"""How the emulated Scalekit is served: sockets, routes, messages, tokens, faults and the ledger."""
