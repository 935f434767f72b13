"""Installs this package and everything its tests and tools need into the virtual environment that runs this file."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.engine.progress import StepError, run, say

ROOT = Path(__file__).resolve().parents[2]
DECLARED = ROOT / "pyproject.toml"
# What every process of the tests imports. Python compiles the rest when it is first used: all of it is 78 MB of source.
EVERYWHERE = "pulumi.dynamic, pulumi_scalekit.cli, pulumi_scalekit.emulator, pulumi_scalekit.provider.serve, pytest"
INSTALLED = Path(sys.prefix) / ".installed"  # a copy of what was declared when the last installation was complete


def install() -> int:
    say("Setting up: dependencies, a minute or two …")
    try:
        pip = [sys.executable, "-m", "pip", "install", "--no-compile"]
        run([*pip, "--editable", f"{ROOT}[dev]"], describe=packages)
        run([sys.executable, "-c", f"import {EVERYWHERE}"], environment={"PYTHONDONTWRITEBYTECODE": ""})
    except StepError as failed:
        say(f"They could not be installed:\n{failed}")
        return 1
    shutil.copyfile(DECLARED, INSTALLED)
    return 0


def packages(lines: Sequence[str]) -> str:
    if any(line.startswith("Installing collected packages") for line in lines):
        return "installing"
    return f"{sum(line.startswith('Collecting ') for line in lines)} packages found"
