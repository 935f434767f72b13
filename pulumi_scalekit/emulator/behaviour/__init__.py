"""What the emulated Scalekit does: a file for each noun, and the store, switches and rules that they share."""
