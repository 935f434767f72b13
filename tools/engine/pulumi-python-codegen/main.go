// Writes Python programs with Pulumi's own code generator: the half of the official language host that `pulumi import`
// and `pulumi convert` ask for. `pulumi-python-codegen METHOD` reads the request of that method from standard input and
// writes the response to standard output, both as the protocol has them.
//
// The host of this folder is written in Python and hands such requests on; the official one does the same in its process.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pulumi-python-codegen GenerateProgram|GenerateProject < REQUEST > RESPONSE")
		os.Exit(2)
	}
	if err := answer(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(method string) error {
	given, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	var response proto.Message
	switch method {
	case "GenerateProgram":
		var request pulumirpc.GenerateProgramRequest
		if err = proto.Unmarshal(given, &request); err == nil {
			response, err = generateProgram(&request)
		}
	case "GenerateProject":
		var request pulumirpc.GenerateProjectRequest
		if err = proto.Unmarshal(given, &request); err == nil {
			response, err = generateProject(&request)
		}
	default:
		err = fmt.Errorf("%s is not a method of this generator", method)
	}
	if err != nil {
		return err
	}
	text, err := proto.Marshal(response)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}

func generateProgram(request *pulumirpc.GenerateProgramRequest) (*pulumirpc.GenerateProgramResponse, error) {
	parser := syntax.NewParser()
	for path, text := range request.Source {
		if err := parser.ParseFile(strings.NewReader(text), path); err != nil {
			return nil, err
		}
	}
	diagnostics := parser.Diagnostics
	if diagnostics.HasErrors() {
		return refusedProgram(diagnostics), nil
	}
	loader, err := schema.NewLoaderClient(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	program, found, err := pcl.BindProgram(parser.Files, schema.NewCachedLoader(loader), strictness(request.Strict)...)
	if diagnostics = append(diagnostics, found...); diagnostics.HasErrors() {
		return refusedProgram(diagnostics), nil
	}
	if err != nil {
		return nil, err
	}
	files, found, err := python.GenerateProgram(program)
	if err != nil {
		return nil, err
	}
	diagnostics = append(diagnostics, found...)
	response := refusedProgram(diagnostics)
	response.Source = files
	return response, nil
}

func refusedProgram(diagnostics hcl.Diagnostics) *pulumirpc.GenerateProgramResponse {
	return &pulumirpc.GenerateProgramResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
}

func generateProject(request *pulumirpc.GenerateProjectRequest) (*pulumirpc.GenerateProjectResponse, error) {
	loader, err := schema.NewLoaderClient(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	program, diagnostics, err := pcl.BindDirectory(
		request.SourceDirectory, schema.NewCachedLoader(loader), strictness(request.Strict)...)
	response := &pulumirpc.GenerateProjectResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if err != nil || diagnostics.HasErrors() {
		return response, err
	}
	var project workspace.Project
	if err := json.Unmarshal([]byte(request.Project), &project); err != nil {
		return nil, err
	}
	return response, python.GenerateProject(request.TargetDirectory, project, program, request.LocalDependencies, "", "")
}

func strictness(strict bool) []pcl.BindOption {
	if strict {
		return nil
	}
	return pcl.NonStrictBindOptions()
}
