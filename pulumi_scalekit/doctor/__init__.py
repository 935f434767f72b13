"""Why it does not work: what a stack needs, looked at part by part, each diagnosis with its remedy."""
