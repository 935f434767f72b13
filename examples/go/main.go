// The customers of a product that signs their people in with Scalekit.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"customers/tenant"
)

func main() {
	pulumi.Run(tenant.Provision)
}
