"""What a release is made with, version by version and with hashes: `make locks` takes the newest that pyproject.toml allows."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.engine.progress import StepError, run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# debugpy is 28 MB, and Pulumi's SDK imports it only to debug a program.
LOCKS = {
    "plugin.txt": ("--extra", "saml", "--no-emit-package", "debugpy", "--constraints", "tools/release/plugin.in"),
    "tools.txt": ("--extra", "release"),
}
HEAD = "# Written by `make locks`: do not edit.\n"


def write(*, upgrade: bool, target: Path = HERE) -> None:
    """Write the locks into a folder. Without `upgrade`, a version that is locked there and still allowed stays."""
    for name, options in LOCKS.items():
        path = target / name
        # One resolution for all platforms and Pythons, with one version for all where there is one.
        universal = ["--universal", "--python-version", "3.10", "--fork-strategy", "fewest"]
        shown = ["--generate-hashes", "--no-header", "--no-annotate", "--no-config", "--system-certs"]
        newest = ["--upgrade"] if upgrade else []
        compile_ = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *universal, *shown, *newest, *options]
        run([*compile_, "--output-file", path, "pyproject.toml"], cwd=ROOT)
        path.write_text(HEAD + path.read_text().removeprefix(HEAD))


def check(scratch: Path) -> None:
    """Refuse locks that pyproject.toml no longer agrees with."""
    for name in LOCKS:
        (scratch / name).write_text((HERE / name).read_text())
    write(upgrade=False, target=scratch)
    if stale := [name for name in LOCKS if (scratch / name).read_text() != (HERE / name).read_text()]:
        raise StepError(f"{' and '.join(stale)} in tools/release do not fit pyproject.toml: run `make locks`.")


if __name__ == "__main__":
    write(upgrade=True)
