"""`pulumi-scalekit review`: what a preview would change, for a reviewer who does not know Scalekit. Needs no credentials."""
