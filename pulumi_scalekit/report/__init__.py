"""`pulumi-scalekit report`: what is there against what is declared, and against what is healthy. It only reads."""
