"""The words a resource is described with, and the rules that follow from them. No Pulumi, no HTTP."""
