"""What a program calls for each function, one noun a file: the function now, and with outputs."""
