"""Why it does not work: what a stack needs, looked at part by part, each finding with its remedy."""
