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

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.publish import schema
from pulumi_scalekit.resources import RESOURCES
from tools.engine import obtain
from tools.engine.progress import StepError, run, say

ROOT = Path(__file__).resolve().parents[1]
SDK = ROOT / "sdk"
NODEJS = SDK / "nodejs"
GO = SDK / "go"
PYTHON = SDK / "python"
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

    return current(GO, wanted(), build)


def python() -> str:
    """Make `sdk/python`, which nobody installs: what Pulumi's generator would call everything in our package."""

    def build() -> None:
        generate("python", PYTHON)

    return current(PYTHON, wanted(), build)


def nodejs() -> str:
    """Make `sdk/nodejs`, whose `bin` is the package to install; the answer changes when the SDK does."""

    def build() -> None:
        generate("nodejs", NODEJS)
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


def clear(folder: Path) -> None:
    """Empty the folder; what npm has installed may stay."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.is_dir() and path.name != "node_modules":
            shutil.rmtree(path)
        elif not path.is_dir():
            path.unlink()


def served() -> str:
    """The schema as the plugin serves it."""
    return schema.as_json([resource.kind for resource in RESOURCES], FUNCTIONS, version("pulumi-scalekit"))


def wanted() -> str:
    """A digest of everything that the SDKs are made from."""
    sources = [Path(__file__), GENERATOR / "main.go", obtain.HERE / "go.mod"]
    return hashlib.sha256(served().encode() + b"".join(path.read_bytes() for path in sources)).hexdigest()


def generate(language: str, folder: Path) -> None:
    """Write the SDK's sources. The generator is built with the engine's flags, and so from what its build left over."""
    go_command = shutil.which("go")
    if go_command is None:
        raise StepError(f"This needs {NEEDED['go']}.")
    say(f"Generating {folder.relative_to(ROOT)} (the first time on a machine: a minute or two) …")
    obtain.FOLDER.mkdir(exist_ok=True)
    generator, given = obtain.FOLDER / "sdk", obtain.FOLDER / "schema.json"
    given.write_text(served())
    obtain.compile_tools(go_command, ["./sdk"], generator)
    run([generator, given, f"{language}={folder}"])


def compile_typescript() -> None:
    """Make `sdk/nodejs/bin` a package: the compiled files with the package.json beside them."""
    npm = shutil.which("npm")
    if npm is None:
        raise StepError(f"This needs {NEEDED['npm']}.")
    say("Compiling sdk/nodejs …")
    quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--no-progress"]
    run([npm, "install", *quiet], cwd=NODEJS, describe=lambda _: "installing its dependencies")
    run([npm, "run", "build"], cwd=NODEJS, describe=lambda _: "compiling")
    package = json.loads((NODEJS / "package.json").read_text())
    del package["scripts"], package["devDependencies"]  # whoever installs it compiles nothing
    (NODEJS / "bin" / "package.json").write_text(json.dumps(package, indent=4) + "\n")


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
    say("TypeScript: sdk/nodejs, to install from sdk/nodejs/bin. Go: sdk/go, to name in a `replace`.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
