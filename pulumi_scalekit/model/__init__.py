"""The words a resource is described with, and what is derived from them. No Pulumi, no HTTP."""
