"""The GitHub workflows, ours and those that a team copies, as an auditor of workflows sees them."""

import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def test_workflows_have_no_findings():
    """Actions are pinned by hash, permissions are few, and nothing from outside becomes a script."""
    audited = subprocess.run(
        [
            Path(sys.executable).parent / "zizmor",
            "--offline",
            "--no-progress",
            ".github",
            "action.yml",
            "examples/gitops/.github",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert "No findings" in audited.stdout + audited.stderr


def test_the_action_does_what_the_copied_workflows_do():
    folder = ROOT / "examples" / "gitops" / ".github" / "workflows"
    copied = {}
    for name in ("preview.yml", "drift.yml"):
        (job,) = yaml.safe_load((folder / name).read_text())["jobs"].values()
        copied |= {step["name"]: step["run"] for step in job["steps"] if "run" in step}
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]

    assert {step["name"]: step["run"] for step in steps if "run" in step} == copied
    pinned = {step["uses"] for step in steps if "uses" in step}
    assert len(pinned) == 3
