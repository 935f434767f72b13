"""Gets a Pulumi engine onto this machine, so that a bare clone can run the demo, the tests and the benchmarks."""
