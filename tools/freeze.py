"""`make freeze` writes what a release leaves behind in users' states, for the version in pyproject.toml.

Until the release it may be written again and again, afterwards never: what a git tag covers is refused.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from tests.support.frozen import FIXTURES, released, write
from tools.engine import obtain

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write the fixtures and name them."""
    number = version("pulumi-scalekit")
    if released(number, ROOT):
        raise SystemExit(f"{number} is released: its fixtures stay as they are. Raise the version in pyproject.toml.")
    engine = obtain.find()
    if engine is None:
        raise SystemExit("no Pulumi engine is on PATH or in .engine/bin: run `make engine`")
    for path in write(number, FIXTURES, engine.folder):
        print(path)


if __name__ == "__main__":
    main()
