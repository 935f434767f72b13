// Runs the example's program with the automation API, which needs no language host: `runner FOLDER up|preview`.
//
// Prints what changed and, after an up, the stack's outputs.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"customers/tenant"
)

func main() {
	told, err := run(context.Background(), os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		panic(err)
	}
}

func run(ctx context.Context, folder, command string) (map[string]any, error) {
	stack, err := auto.SelectStackInlineSource(ctx, "dev", "go", tenant.Provision, auto.WorkDir(folder))
	if err != nil {
		return nil, err
	}
	if command == "preview" {
		found, err := stack.Preview(ctx)
		changes := map[apitype.OpType]int{}
		for operation, count := range found.ChangeSummary {
			changes[operation] = count
		}
		return map[string]any{"changes": changes}, err
	}
	done, err := stack.Up(ctx)
	outputs := map[string]any{}
	for name, output := range done.Outputs {
		outputs[name] = output.Value
	}
	return map[string]any{"changes": done.Summary.ResourceChanges, "outputs": outputs}, err
}
