"""Stacks that a release left behind: `python tests/engine/frozen.py` freezes those of the version in pyproject.toml.

A fixture belongs to a release and is never made again, so the command refuses to overwrite one.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from workspace import Workspace

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.store import Record

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PROGRAM = Path(__file__).parent / "everything"
PROVIDERS = {"dynamic": "false", "plugin": "true"}
NAME = "everything"


def freeze(folder: Path, engine: Path, provider: str) -> dict[str, Any]:
    """Everything, provisioned in a new environment: the state, and what the environment holds."""
    with Emulator() as emulator:
        project = Workspace(
            folder, PROGRAM, engine=engine, home=folder / "home", name=NAME, environment=emulator.environment
        )
        try:
            project.config("scalekit:plugin", PROVIDERS[provider])
            project.pulumi("up", "--yes", "--skip-preview")
            exported = project.pulumi("stack", "export", "--show-secrets").stdout
        finally:
            project.close()
        return {"url": emulator.url, "state": _lasting(json.loads(exported)), "store": emulator.store.snapshot()}


def _lasting(value: Any) -> Any:
    """Without where on this machine the program stood, and when."""
    if isinstance(value, dict):
        passing = ("sourcePosition", "stackTrace", "created", "modified")
        return {key: _lasting(item) for key, item in value.items() if key not in passing}
    return [_lasting(item) for item in value] if isinstance(value, list) else value


def thaw(path: Path, emulator: Emulator) -> dict[str, Any]:
    """Fill an environment with what a fixture's held, and return the state that fits it."""
    text = path.read_text()
    kept = json.loads(text.replace(json.loads(text)["url"], emulator.url))
    store = emulator.store
    for name, collection in kept["store"].items():
        if isinstance(collection, dict):
            held = {_key(name, key): Record(one) if isinstance(one, dict) else one for key, one in collection.items()}
            setattr(store, name, held)
    return kept["state"]


def _key(name: str, key: str) -> Any:
    return tuple(key.split("/", 1)) if name == "organization_roles" else key


def main() -> None:
    sys.path.insert(0, str(FIXTURES.parents[1] / "tools"))
    from engine import obtain  # the tools are no package

    engine = obtain.find()
    if engine is None:
        raise SystemExit("no Pulumi engine is on PATH or in .engine/bin: run `make engine`")
    for provider in PROVIDERS:
        path = FIXTURES / f"stack-{version('pulumi-scalekit')}-{provider}.json"
        if path.exists():
            raise SystemExit(f"{path.name} is of a release, and is never made again")
        with tempfile.TemporaryDirectory() as folder:
            frozen = freeze(Path(folder), engine.folder, provider)
        path.write_text(json.dumps(frozen, indent=1, sort_keys=True) + "\n")
        print(path)  # noqa: T201 - for whoever runs it


if __name__ == "__main__":
    main()
