"""Gets a Pulumi engine where there is none: the official installer first, then a build with Go."""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from tools.engine.found import Engine, on_path, usable
from tools.engine.progress import StepError, run, say

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / ".engine"
INSTALLER = "https://get.pulumi.com/install.sh"
SDK, YAML = "github.com/pulumi/pulumi/sdk/v3", "github.com/pulumi/pulumi-yaml"
OURS = (
    "pulumi-language-python",
    "language_host.py",
)  # stands in for the official host, which no Go module holds
GENERATORS = ("./pulumi-python-codegen", f"{YAML}/cmd/pulumi-converter-yaml")  # what writes and reads programs
ENVIRONMENT = {"CGO_ENABLED": "0", "GOWORK": "off"}


def find(folder: Path = FOLDER) -> Engine | None:
    """An engine that is already there: the user's own, or else the one in `folder`."""
    ours = folder / "bin" / "pulumi"
    return on_path() or (usable(ours) if ours.exists() else None)


def obtain(folder: Path = FOLDER) -> Engine | None:
    """An engine, in the first way that works here."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two that start together, the second waits and finds the work done
        engine = find(folder) or get(folder)
        if (folder / "bin" / OURS[0]).exists():
            lay(OURS, HERE, folder / "bin")  # a newer checkout brings a newer language host
        return engine


def get(folder: Path) -> Engine | None:
    """Try each way in a place of its own, so that what is half done never counts as done."""
    partial = folder / "partial"
    for name, way in (("the official installer", install), ("a build with Go", build)):
        say(f"Setting up: Pulumi engine, by {name} …")
        shutil.rmtree(partial, ignore_errors=True)
        (partial / "bin").mkdir(parents=True)
        try:
            way(partial)
        except StepError as failed:
            say(f"    not possible here: {failed}")
            continue
        if usable(partial / "bin" / "pulumi"):
            publish(partial / "bin", folder / "bin")
            shutil.rmtree(partial)
            return usable(folder / "bin" / "pulumi")
    say("There is no Pulumi engine. Install Pulumi (https://www.pulumi.com/docs/install/) or Go")
    say("(https://go.dev/dl/), then run this again.")
    return None


def install(partial: Path) -> None:
    """Pulumi's own installer, which brings the language hosts too. Where its server is out of reach, fail in seconds."""
    # The installer calls curl without limits; it takes these from the file. The user's own settings stay in force.
    own = Path(os.environ.get("CURL_HOME", Path.home())) / ".curlrc"
    limits = "connect-timeout = 5\nspeed-time = 10\nspeed-limit = 10000\n"
    (partial / ".curlrc").write_text((own.read_text() + "\n" if own.is_file() else "") + limits)
    environment = {"CURL_HOME": str(partial)}
    script = partial / "install.sh"
    quietly = ["--fail", "--silent", "--show-error", "--location", "--max-time", "20"]
    run(["curl", *quietly, "--output", script, INSTALLER], environment=environment)
    version = required(SDK).removeprefix("v")
    run(
        ["sh", script, "--no-edit-path", "--install-root", partial, "--version", version],
        environment=environment,
        describe=lambda _: "downloading",
    )


def build(partial: Path) -> None:
    """The command line, the YAML host and what writes programs in Go; for Python, the SDK's scripts and a host of ours."""
    go = shutil.which("go")
    if go is None:
        raise StepError("there is no Go on this machine")
    say("    once, about five minutes (ten on a busy machine); interrupted, it goes on where it was")
    # Tags and linker flags of the official build; without the stamp, `pulumi version` prints nothing.
    stamps = f"-s -w -X {SDK}/go/common/version.Version={required(SDK)} -X {YAML}/pkg/version.Version={required(YAML)}"
    compile_tools(go, ["tool", *GENERATORS], partial / "bin", linker=stamps)
    listed = run([go, "list", "-m", "-f", "{{.Dir}}", SDK], cwd=HERE, environment=ENVIRONMENT)
    sdk = Path(listed[-1], "python")
    lay(["pulumi-resource-pulumi-python"], sdk / "dist", partial / "bin")
    lay(["pulumi-language-python-exec"], sdk / "cmd", partial / "bin")
    lay(OURS, HERE, partial / "bin")


def generators(folder: Path = FOLDER) -> Path | None:
    """The folder with what writes programs, built anew when its source has changed. None without Go."""
    go = shutil.which("go")
    if go is None:
        return None
    stamp, target = folder / ".generators-made-from", folder / "bin"
    sources = (HERE / "pulumi-python-codegen" / "main.go", HERE / "go.mod")
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    target.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != digest:
            say("Building what writes programs in Python (the first time on a machine: a few minutes) …")
            compile_tools(go, GENERATORS, target)
            stamp.write_text(digest)
    return target


def compile_tools(go: str, packages: Sequence[str], target: Path, linker: str = "-s -w") -> None:
    """Build commands of this folder's module, with one set of flags, so that each finds what the others have compiled."""
    flags = ["-v", "-mod=readonly", "-buildvcs=false", "-tags=osusergo,grpcnotrace", f"-ldflags={linker}"]
    run([go, "build", *flags, "-o", target, *packages], cwd=HERE, environment=ENVIRONMENT, describe=compiled)


def compiled(lines: Sequence[str]) -> str:
    """How far `go build -v` is: it names each module that it downloads and each package that it compiles."""
    downloads = sum(line.startswith("go: downloading ") for line in lines)
    return f"{downloads} modules downloaded, {len(lines) - downloads} packages compiled"


def required(module: str) -> str:
    """The version of a module that go.mod asks for: the one place where the engine's version stands."""
    match = re.search(rf"^\s*{re.escape(module)} (v\S+)", (HERE / "go.mod").read_text(), re.MULTILINE)
    if match is None:
        raise StepError(f"tools/engine/go.mod does not name {module}")
    return match[1]


def lay(names: Sequence[str], source: Path, target: Path) -> None:
    """Copy scripts and make them executable: modules arrive without that."""
    for name in names:
        shutil.copyfile(source / name, target / f".{name}")
        (target / f".{name}").chmod(0o755)
        (target / f".{name}").replace(target / name)  # at once: a command may be starting it now


def publish(partial: Path, target: Path) -> None:
    """Move a complete engine into place, `pulumi` last: its presence says that the rest is there."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(partial.iterdir(), key=lambda path: path.name == "pulumi"):
        path.replace(target / path.name)
