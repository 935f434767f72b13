"""Which Pulumi engine is already on this machine, and whether it will do."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.engine.progress import say

# The first engine that hands the stack's configuration to dynamic providers written in Python. With an older one
# they would find no credentials.
OLDEST = (3, 139, 0)

# What a Python project needs beside `pulumi` itself. A `pulumi` without them comes from a Go toolchain.
COMPANIONS = ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")


@dataclass(frozen=True)
class Engine:
    """A Pulumi command line with all that it needs to run Python projects."""

    folder: Path
    version: tuple[int, int, int]

    def __str__(self) -> str:
        return f"{dotted(self.version)} in {self.folder}"


def dotted(version: tuple[int, int, int]) -> str:
    return ".".join(map(str, version))


def on_path() -> Engine | None:
    """The engine that the user's own PATH leads to."""
    pulumi = shutil.which("pulumi")
    return usable(Path(pulumi)) if pulumi else None


def usable(pulumi: Path) -> Engine | None:
    """`pulumi` as an engine, or None after saying why not."""
    version = version_of(pulumi)
    if version is None:
        say(f"{pulumi} does not tell its version: not usable here.")
    elif version < OLDEST:
        say(f"{pulumi} is version {dotted(version)}, too old: {dotted(OLDEST)} is the oldest that works.")
    elif missing := [name for name in COMPANIONS if not companion(pulumi, name)]:
        say(f"{pulumi} has no {missing[0]} beside it or on PATH: not usable here.")
    else:
        return Engine(pulumi.parent.absolute(), version)
    return None


def version_of(pulumi: Path) -> tuple[int, int, int] | None:
    """What `pulumi version` answers; a build without a version answers nothing."""
    quiet = {
        **os.environ,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }  # the check asks a server that may be out of reach
    try:
        answer = subprocess.run([pulumi, "version"], capture_output=True, text=True, env=quiet, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.match(r"v?(\d+)\.(\d+)\.(\d+)", answer.stdout)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def companion(pulumi: Path, name: str) -> bool:
    """Pulumi looks for its companions on PATH and beside its own executable, links resolved."""
    beside = (pulumi.with_name(name), pulumi.resolve().with_name(name))
    return bool(shutil.which(name)) or any(os.access(path, os.X_OK) for path in beside)
