module customers

go 1.25.11

require (
	github.com/pulumi-scalekit/pulumi-scalekit/sdk/go v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)

// `make sdk` writes it.
replace github.com/pulumi-scalekit/pulumi-scalekit/sdk/go => ../../sdk/go
