// Writes the SDKs for other languages with Pulumi's own code generators: `sdk schema.json nodejs=FOLDER go=FOLDER python=FOLDER`.
//
// A command of its own, because `pulumi package gen-sdk` needs the language's host, and no Go module holds one.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: sdk schema.json LANGUAGE=FOLDER …")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(source string, targets []string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return fmt.Errorf("the schema is not JSON: %w", err)
	}
	for _, target := range targets {
		language, folder, _ := strings.Cut(target, "=")
		// Once for each: a generator changes the package that it is given.
		pkg, err := schema.ImportSpec(spec, nil, schema.NewNullLoader(), schema.ValidationOptions{})
		if err != nil {
			return fmt.Errorf("the schema is refused: %w", err)
		}
		pkg.SupportPack = true // as `pulumi package add` has it: complete packages, go.mod included
		files, err := generate(language, pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", language, err)
		}
		for name, text := range files {
			path := filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(path, text, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

func generate(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch language {
	case "nodejs":
		return nodejs.GeneratePackage("pulumi", pkg, nil, nil, false, nil)
	case "go":
		return golang.GeneratePackage("pulumi", pkg, nil)
	case "python":
		// Nobody installs it: a test holds the names in it against those of the package that is written by hand.
		return python.GeneratePackage("pulumi", pkg, nil, nil)
	default:
		return nil, fmt.Errorf("not a language that we generate for")
	}
}
