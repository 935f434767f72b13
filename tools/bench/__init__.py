"""Measures requests and times of both providers, beside the floor of a provider that only sends the bare requests."""
