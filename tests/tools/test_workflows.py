"""The GitHub workflows, ours and those that a team copies, as an auditor of workflows sees them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_workflows_have_no_findings():
    """Actions are pinned by hash, permissions are few, and nothing from outside becomes a script."""
    audited = subprocess.run(
        [Path(sys.executable).parent / "zizmor", "--offline", "--no-progress", ".github", "examples/gitops/.github"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert "No findings" in audited.stdout + audited.stderr
