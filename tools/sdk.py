"""`make sdk`: generate the TypeScript and Go SDKs from the schema into `sdk/`, and compile the first where npm is there.

Nothing is written, and nothing compiled, while neither the schema nor the generator has changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.publish import schema
from pulumi_scalekit.resources import RESOURCES
from tools.engine import obtain
from tools.engine.progress import StepError, run, say

ROOT = Path(__file__).resolve().parents[1]
SDK = ROOT / "sdk"
NODEJS = SDK / "nodejs"
COMPILED = obtain.FOLDER / "nodejs"
REPOSITORY = "https://github.com/pulumi-scalekit/pulumi-scalekit"
GO = SDK / "go"
PYTHON = SDK / "python"
NODEJS_README = f"""\
# pulumi-scalekit

Your customers' tenants and single sign-on at [Scalekit](https://www.scalekit.com), declared in code with
[Pulumi](https://www.pulumi.com), for TypeScript and JavaScript.

    npm install pulumi-scalekit @pulumi/pulumi

```typescript
import * as scalekit from "pulumi-scalekit";

const acme = new scalekit.Organization("acme", {{ displayName: "Acme Inc", externalId: "acme" }});
export const acmeId = acme.id;
```

Pulumi fetches the provider by itself; it needs Python 3.10 or newer on PATH.
The [repository]({REPOSITORY}) has an example, the configuration and the reference of every resource.
"""
GENERATOR = obtain.HERE / "sdk"
NEEDED = {
    "go": "Go (https://go.dev/dl/), which the code generator is written in",
    "npm": "Node.js with npm (https://nodejs.org/), which compiles the TypeScript SDK",
}


def missing(*commands: str) -> list[str]:
    """What has to be installed first, in words."""
    return [NEEDED[command] for command in commands if not shutil.which(command)]


def go() -> str:
    """Make `sdk/go`; the answer changes when the SDK does."""

    def build() -> None:
        generate("go", GO)
        shutil.copyfile(ROOT / "LICENSE", GO / "LICENSE")

    return current(GO, wanted(), build)


def python() -> str:
    """Make `sdk/python`, which nobody installs: what Pulumi's generator would call everything in our package."""

    def build() -> None:
        generate("python", PYTHON)

    return current(PYTHON, wanted(), build)


def nodejs() -> str:
    """Make `sdk/nodejs`, the package as npm installs it; the answer changes when the SDK does."""

    def build() -> None:
        # Elsewhere: with what compiled it beside or above the package, a program that links to it would have two copies of
        # Pulumi's SDK. Each knows of its own resources only, and the program waits for ever for those of the other.
        COMPILED.mkdir(parents=True, exist_ok=True)
        clear(COMPILED, keep="node_modules")
        generate("nodejs", COMPILED)
        compile_typescript()

    return current(NODEJS, wanted(), build)


def current(folder: Path, digest: str, build: Callable[[], None]) -> str:
    """Run `build` unless the stamp in `folder`, written last, says that it has come to its end for this digest."""
    stamp = folder / ".made-from"
    with locked("generating"):
        if not stamp.exists() or stamp.read_text() != digest:
            clear(folder)
            build()
            stamp.write_text(digest)
    return digest


@contextmanager
def locked(what: str) -> Iterator[None]:
    """Of two that start together, the second waits and finds the work done."""
    SDK.mkdir(exist_ok=True)
    with (SDK / f".{what}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def clear(folder: Path, keep: str = "") -> None:
    """Empty the folder, but for one of what it holds."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name == keep:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def served() -> str:
    """The schema as the plugin serves it."""
    return schema.as_json([resource.kind for resource in RESOURCES], FUNCTIONS, version("pulumi-scalekit"))


def wanted() -> str:
    """A digest of everything that the SDKs are made from."""
    sources = [
        Path(__file__),
        GENERATOR / "main.go",
        GENERATOR / "package-lock.json",
        obtain.HERE / "go.mod",
        ROOT / "LICENSE",
    ]
    return hashlib.sha256(served().encode() + b"".join(path.read_bytes() for path in sources)).hexdigest()


def generate(language: str, folder: Path) -> None:
    """Write the SDK's sources. The generator is built with the engine's flags, and so from what its build left over."""
    go_command = shutil.which("go")
    if go_command is None:
        raise StepError(f"This needs {NEEDED['go']}.")
    say(f"Generating the {language} SDK (the first time on a machine: a minute or two) …")
    obtain.FOLDER.mkdir(exist_ok=True)
    generator, given = obtain.FOLDER / "sdk", obtain.FOLDER / "schema.json"
    given.write_text(served())
    obtain.compile_tools(go_command, ["./sdk"], generator)
    run([generator, given, f"{language}={folder}"])


def compile_typescript() -> None:
    """Make `sdk/nodejs` a package: the compiled files with a package.json for whoever installs it."""
    npm = shutil.which("npm")
    if npm is None:
        raise StepError(f"This needs {NEEDED['npm']}.")
    say("Compiling sdk/nodejs …")
    # Written by `npm install --package-lock-only --omit-lockfile-registry-resolved` in .engine/nodejs.
    shutil.copyfile(GENERATOR / "package-lock.json", COMPILED / "package-lock.json")
    run(
        [npm, "ci", "--no-audit", "--no-fund", "--no-progress"],
        cwd=COMPILED,
        describe=lambda _: "installing its dependencies",
    )
    run([npm, "run", "build"], cwd=COMPILED, describe=lambda _: "compiling")
    # A map leads to sources that are not in the package.
    shutil.copytree(COMPILED / "bin", NODEJS, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.map"))
    shutil.copyfile(ROOT / "LICENSE", NODEJS / "LICENSE")
    (NODEJS / "README.md").write_text(NODEJS_README)
    package = json.loads((COMPILED / "package.json").read_text())
    (NODEJS / "package.json").write_text(json.dumps(as_published(package), indent=4) + "\n")


def as_published(package: dict[str, Any]) -> dict[str, Any]:
    """The generated package.json, complete, and without what only compiles."""
    left_out = ("scripts", "devDependencies", "dependencies")
    return {
        **{key: value for key, value in package.items() if key not in left_out},
        "description": "Tenants and their enterprise single sign-on at Scalekit, declared in code with Pulumi.",
        "author": "The pulumi-scalekit authors",
        "repository": {"type": "git", "url": f"git+{REPOSITORY}.git"},
        "bugs": {"url": f"{REPOSITORY}/issues"},
        "main": "index.js",
        "types": "index.d.ts",
        "files": ["**/*.js", "**/*.d.ts"],
        "engines": {"node": ">=20"},
        # The program's own, and no second one.
        "peerDependencies": package["dependencies"],
    }


def packed(target: Path) -> Path:
    """The package as a file that npm installs and publishes, in a folder; `nodejs()` has made what is in it."""
    run(["npm", "pack", "--silent", "--pack-destination", target], cwd=NODEJS)
    return target / f"pulumi-scalekit-{version('pulumi-scalekit')}.tgz"


def main() -> int:
    if absent := missing("go", "npm"):
        say(f"The SDKs need {', and '.join(absent)}.")
        return 1
    try:
        nodejs()
        go()
    except StepError as failed:
        say(str(failed))
        return 1
    say(f"TypeScript: {packed(SDK).relative_to(ROOT)}, for `npm install`. Go: sdk/go, to name in a `replace`.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
