"""The layers of the package, and what a file may be called and how long it may be."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pulumi_scalekit"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300
FORBIDDEN = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

# One forbidden import for each contract in pyproject.toml, in its order.
BREACHES = {
    "remote/pages.py": "from pulumi_scalekit import lifecycle",
    "api/retry.py": "import pulumi",
    "model/kind.py": "import httpx",
    "emulator/behaviour/store.py": "from pulumi_scalekit.model import kind",
    "remote/wire.py": "import httpx",
    "lifecycle/read.py": "from pulumi_scalekit.api import client",
    "program/register.py": "from pulumi_scalekit import lifecycle",
    "resources/organization.py": "from pulumi_scalekit.api import errors",
    "functions/role.py": "import httpx",
    "provider/grpc_values.py": "from pulumi_scalekit.resources import organization",
    "publish/schema.py": "import pulumi",
    "doctor/documents.py": "import httpx",
}


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--config", ROOT / "pyproject.toml", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_layers_hold():
    judged = contracts(ROOT)

    assert judged.returncode == 0, judged.stdout


def test_each_contract_notices_a_breach(tmp_path):
    """A contract that cannot be broken protects nothing."""
    shutil.copytree(PACKAGE, tmp_path / "pulumi_scalekit", ignore=shutil.ignore_patterns("__pycache__"))
    for name, line in BREACHES.items():
        path = tmp_path / "pulumi_scalekit" / name
        path.write_text(path.read_text() + f"\n{line}\n")

    judged = contracts(tmp_path)

    assert judged.returncode != 0
    assert judged.stdout.count(" BROKEN") == len(BREACHES), judged.stdout
    assert " KEPT" not in judged.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_has_one_subject(path):
    text = path.read_text()
    # What is generated is not read as a file, and the names that a user imports are one subject however many they are.
    is_list = "by `make generated`. Do not edit." in text or path == PACKAGE / "__init__.py"
    lines = 0 if is_list else len(text.splitlines())
    words = set(re.split(r"[._]", path.name)) | set(path.relative_to(PACKAGE).parts[:-1])

    assert lines <= LONGEST, f"{lines} lines: find the second subject in it"
    assert not words & FORBIDDEN, "name it after what it does"
