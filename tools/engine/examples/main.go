// Writes the examples of the reference in other languages with Pulumi's own generators: `examples schema.json < YAML > JSON`.
//
// Standard input is a JSON object of programs in YAML by name, and standard output one of programs by name and language.
// A command of its own, because `pulumi convert` takes one program at a time and needs the host of each language.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	yaml "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/model"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/zclconf/go-cty/cty"
)

var languages = map[string]struct {
	file     string
	generate func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
}{
	"python":     {"__main__.py", python.GenerateProgram},
	"typescript": {"index.ts", nodejs.GenerateProgram},
	"go":         {"main.go", goProgram},
}

var (
	asked    = regexp.MustCompile(`(?m)^\t\t(\w+), err := scalekit\.(?:Get|Lookup|Create|Parse)\w+\(ctx, `)
	exported = regexp.MustCompile(`(ctx\.Export\("\w+", )((\w+)\.[^()]+)\)`)
	nested   = regexp.MustCompile(`pulumi\.String\(((\w+)\.\w+\.\w+)\)`)
)

// goProgram is Pulumi's program, with what its generator forgets of the answers of functions: `ctx.Export` takes no plain
// values, and what a block holds may be left out.
func goProgram(program *pcl.Program) (map[string][]byte, hcl.Diagnostics, error) {
	for _, node := range program.Nodes {
		node.VisitExpressions(nil, withToken)
	}
	files, found, err := golang.GenerateProgram(program)
	text := string(files["main.go"])
	plain := map[string]bool{}
	for _, match := range asked.FindAllStringSubmatch(text, -1) {
		plain[match[1]] = true
	}
	repair := func(pattern *regexp.Regexp, variable int, replacement string) {
		text = pattern.ReplaceAllStringFunc(text, func(expression string) string {
			if !plain[pattern.FindStringSubmatch(expression)[variable]] {
				return expression
			}
			return pattern.ReplaceAllString(expression, replacement)
		})
	}
	repair(exported, 3, "${1}pulumi.Any($2))")
	repair(nested, 2, "pulumi.StringPtrFromPtr($1)")
	return map[string][]byte{"main.go": []byte(text)}, found, err
}

// withToken gives a call of a function the token that it has in the schema.
func withToken(expression model.Expression) (model.Expression, hcl.Diagnostics) {
	if call, ok := expression.(*model.FunctionCallExpression); ok && call.Name == pcl.Invoke {
		token := call.Args[0].(*model.TemplateExpression).Parts[0].(*model.LiteralValueExpression)
		text := token.Value.AsString()
		token.Value = cty.StringVal(renamed(text[strings.LastIndex(text, ":")+1:]))
	}
	return expression, nil
}

func renamed(function string) string {
	return "scalekit:index/" + function + ":" + function
}

// renaming gives functions the tokens by which the generator of Go finds that one has another name there: `getRole` reads a
// resource that the program names, so the function is `LookupRole`.
func renaming(spec schema.PackageSpec) schema.PackageSpec {
	functions := map[string]schema.FunctionSpec{}
	for token, function := range spec.Functions {
		name := token[strings.LastIndex(token, ":")+1:]
		functions[renamed(name)] = function
	}
	spec.Functions = functions
	spec.Meta = &schema.MetadataSpec{ModuleFormat: "([^/]*)(?:/.*)?"}
	return spec
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: examples schema.json < YAML > JSON")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(source string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return fmt.Errorf("the schema is not JSON: %w", err)
	}
	var given map[string]string
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		return fmt.Errorf("the programs are not JSON: %w", err)
	}
	written := map[string]map[string]string{}
	for name, program := range given {
		written[name] = map[string]string{}
		for language, generator := range languages {
			// Once for each: a generator changes the program and the package that it is given.
			of := spec
			if language == "go" {
				of = renaming(spec)
			}
			text, err := generate(program, of, generator.file, generator.generate)
			if err != nil {
				return fmt.Errorf("%s in %s: %w", name, language, err)
			}
			written[name][language] = text
		}
	}
	return json.NewEncoder(os.Stdout).Encode(written)
}

func generate(text string, spec schema.PackageSpec, file string,
	generator func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error),
) (string, error) {
	pkg, err := schema.ImportSpec(spec, nil, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return "", fmt.Errorf("the schema is refused: %w", err)
	}
	template, read, err := yaml.LoadYAML("Pulumi.yaml", strings.NewReader(text))
	if err != nil {
		return "", err
	}
	if read.HasErrors() {
		return "", read
	}
	program, found, err := codegen.EjectProgram(template, loader{pkg})
	if err = failed(found, err); err != nil {
		return "", err
	}
	files, found, err := generator(program)
	if err = failed(found, err); err != nil {
		return "", err
	}
	return string(files[file]), nil
}

// failed is the error, or else what the diagnostics have to say: an example has nothing to be warned of.
func failed(found hcl.Diagnostics, err error) error {
	if err == nil && len(slices.DeleteFunc(found, func(one *hcl.Diagnostic) bool { return one == nil })) > 0 {
		return found
	}
	return err
}

// loader knows one package, and asks nobody for another.
type loader struct{ pkg *schema.Package }

func (l loader) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	if name != l.pkg.Name {
		return nil, fmt.Errorf("there is no package %s here", name)
	}
	return l.pkg, nil
}

func (l loader) LoadPackageV2(_ context.Context, of *schema.PackageDescriptor) (*schema.Package, error) {
	return l.LoadPackage(of.Name, of.Version)
}

func (l loader) LoadPackageReference(name string, version *semver.Version) (schema.PackageReference, error) {
	pkg, err := l.LoadPackage(name, version)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (l loader) LoadPackageReferenceV2(_ context.Context, of *schema.PackageDescriptor) (schema.PackageReference, error) {
	return l.LoadPackageReference(of.Name, of.Version)
}
