"""What is generated is what is committed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_generated_files_are_current():
    """The message names each stale file and the command that rewrites it."""
    found = subprocess.run(
        [sys.executable, "-m", "tools.generated", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout == ""
    assert found.stderr == ""
    assert found.returncode == 0
