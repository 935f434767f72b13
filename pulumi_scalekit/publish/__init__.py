"""What is derived from the declarations for readers and generators: schema.yaml and the reference pages."""
