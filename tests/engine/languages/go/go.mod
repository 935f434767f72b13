module runner

go 1.25.11

require (
	customers v0.0.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)

replace (
	customers => ../../../../examples/go
	github.com/pulumi-scalekit/pulumi-scalekit/sdk/go => ../../../../sdk/go
)
