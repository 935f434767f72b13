"""Installs this package and what a job needs beside it into the virtual environment that runs this file."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.engine.progress import StepError, run, say

ROOT = Path(__file__).resolve().parents[2]
DECLARED = ROOT / "pyproject.toml"
EXTRAS = {"demo": "emulator,html,saml", "dev": "dev"}
"""What is to be installed, and the extras of pyproject.toml that list it: for the demo and the examples, or for everything."""
# What all processes of the demo and the tests import. Python compiles the rest when it is first used: 78 MB of source.
EVERYWHERE = "pulumi.dynamic, pulumi_scalekit.cli, pulumi_scalekit.emulator, pulumi_scalekit.provider.serve"


def install(wanted: str) -> int:
    say(
        "Setting up: what the demo and the examples need …"
        if wanted == "demo"
        else "Setting up: dependencies, a minute or two …"
    )
    try:
        pip = [sys.executable, "-m", "pip", "install", "--no-compile", "--disable-pip-version-check"]
        run([*pip, "--editable", f"{ROOT}[{EXTRAS[wanted]}]"], describe=packages)
        run([sys.executable, "-c", f"import {EVERYWHERE}"], environment={"PYTHONDONTWRITEBYTECODE": ""})
    except StepError as failed:
        say(f"They could not be installed:\n{failed}")
        return 1
    shutil.copyfile(DECLARED, Path(sys.prefix) / f".installed-{wanted}")  # the stamp that tools/setup looks for
    return 0


def packages(lines: Sequence[str]) -> str:
    if any(line.startswith("Installing collected packages") for line in lines):
        return "installing"
    return f"{sum(line.startswith('Collecting ') for line in lines)} packages found"
