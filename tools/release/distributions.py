"""The wheel and the sdist."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.engine.progress import run, say

ROOT = Path(__file__).resolve().parents[2]


def wheel(target: Path) -> Path:
    """Build the wheel into a folder. Without isolation: hatchling is here, in a version that is locked where it counts."""
    return _built("--wheel", target, ".whl")


def sdist(target: Path) -> Path:
    """Build the sdist into a folder."""
    return _built("--sdist", target, ".tar.gz")


def check(*paths: Path) -> None:
    """Whether an index takes them and shows their description."""
    run([sys.executable, "-m", "twine", "check", "--strict", *paths])


def _built(kind: str, target: Path, suffix: str) -> Path:
    say(f"Building the {kind.removeprefix('--')} …")
    run([sys.executable, "-m", "build", kind, "--no-isolation", "--outdir", target, ROOT])
    (path,) = target.glob(f"pulumi_scalekit-*{suffix}")
    return path
