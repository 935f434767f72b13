"""A machine that has, lacks or refuses this and that: shell scripts on PATH stand for Pulumi, Go and curl."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPANIONS = ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")

# What the scripts below and our own need of a machine; a real Pulumi, Go or curl must not be among them.
BASICS = ("sh", "cat", "cp", "mkdir", "chmod", "sleep", "dirname")

PULUMI = """
if [ "$1" = version ]; then echo "v{version}"; fi
"""

BUILDS = """
if [ "$1" = list ]; then echo "{sdk}"; exit 0; fi
echo go: downloading example.com/module v1.0.0
echo example.com/module/package
until [ "$1" = -o ]; do shift; done
cp "{pulumi}" "$2/pulumi"
"""

REFUSED = """
echo "curl: (7) Failed to connect to get.pulumi.com port 443" >&2
exit 7
"""

# Both the installer's script and what that script does in its turn.
SERVES = """
until [ "$1" = --output ]; do shift; done
cat > "$2" <<'SCRIPT'
while [ "$1" != --install-root ]; do shift; done
for name in pulumi {companions}; do
    cp "{pulumi}" "$2/bin/$name"
done
SCRIPT
"""


class Machine:
    """A PATH with nothing on it but what a test puts there, and a folder for the engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.engine = folder / ".engine"
        self.calls = folder / "calls"
        self.elsewhere = folder / "elsewhere"
        for directory in (self.bin, self.elsewhere, folder / "sdk/python/dist", folder / "sdk/python/cmd"):
            directory.mkdir(parents=True)
        for name in BASICS:
            found = next(path for path in ("/bin", "/usr/bin") if Path(path, name).exists())
            (self.bin / name).symlink_to(Path(found, name))
        (folder / "sdk/python/dist/pulumi-resource-pulumi-python").write_text("#!/bin/sh\n")
        (folder / "sdk/python/cmd/pulumi-language-python-exec").write_text("#!/usr/bin/env python\n")
        self.pulumi = self.script(self.elsewhere / "pulumi", PULUMI.format(version="3.259.0"))

    def script(self, path: Path, body: str) -> Path:
        path.write_text(f'#!/bin/sh\necho "{path.name} $*" >> "{self.calls}"\n{body}')
        path.chmod(0o755)
        return path

    def has(self, name: str, body: str) -> None:
        places = {"pulumi": self.pulumi, "sdk": self.folder / "sdk", "companions": " ".join(COMPANIONS)}
        for word, value in places.items():
            body = body.replace(f"{{{word}}}", str(value))
        self.script(self.bin / name, body)

    def has_pulumi(self, version: str = "3.259.0") -> None:
        self.has("pulumi", PULUMI.format(version=version))
        for name in COMPANIONS:
            self.has(name, "")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tools.engine", "--into", self.engine, *arguments],
            cwd=ROOT,
            env={"PATH": str(self.bin), "HOME": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, exits: int = 0) -> str:
        with self.start(*arguments) as process:
            assert process.stdout
            output = process.stdout.read()
        assert process.returncode == exits, output
        return output

    def called(self, name: str) -> list[str]:
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [line for line in lines if line.startswith(f"{name} ") and line != "pulumi version"]

    def installed(self) -> set[str]:
        return {path.name for path in (self.engine / "bin").glob("*")}
