"""What the emulated Scalekit does: one noun a file, and the store, switches and rules that they share."""
