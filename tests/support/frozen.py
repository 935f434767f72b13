"""What a release leaves behind in users' states: how it is frozen, and how it is thawed."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.model.provider_string import provider_string
from pulumi_scalekit.model.registry import KINDS
from tests.support.stable_ids import stable
from tests.support.workspace import Workspace

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PROGRAM = Path(__file__).resolve().parents[1] / "engine" / "everything"
PLUGIN_SETTING = {"dynamic": "false", "plugin": "true"}
NAME = "everything"


def freeze(folder: Path, engine: Path, provider: str) -> dict[str, Any]:
    """Everything, provisioned in a new environment: the state, and what the environment holds."""
    with Emulator() as emulator:
        project = Workspace(
            folder, PROGRAM, engine=engine, home=folder / "home", name=NAME, environment=emulator.environment
        )
        try:
            project.config("scalekit:plugin", PLUGIN_SETTING[provider])
            project.pulumi("up", "--yes", "--skip-preview", "--parallel", "1")
            exported = project.pulumi("stack", "export", "--show-secrets").stdout
        finally:
            project.close()
        state = _lasting(json.loads(exported))
        held = {"environment": emulator.store.environment_id, "store": emulator.store.snapshot()}
        return stable({"url": emulator.url, "state": state, **held})


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
    # A setting of the environment has its id.
    store.environment_id = kept.get("environment", store.environment_id)
    for name, collection in kept["store"].items():
        if isinstance(collection, dict):
            held = {_key(name, key): Record(one) if isinstance(one, dict) else one for key, one in collection.items()}
            # A fixture may be older than the attributes that every environment has.
            standard = store.user_attributes if name == "user_attributes" else {}
            setattr(store, name, {**standard, **held})
    return kept["state"]


def _key(name: str, key: str) -> Any:
    return tuple(key.split("/", 1)) if name == "organization_roles" else key


def released(number: str, repository: Path) -> bool:
    """Whether a tag, `v1.2.3` or `1.2.3`, says that this version is out."""
    command = ["git", "tag", "--list", f"v{number}", number]
    listed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
    return listed.stdout != ""


def write(number: str, fixtures: Path, engine: Path) -> list[Path]:
    """The providers as they stand in states, and a whole stack of each provider."""
    contents = {f"state-{number}.json": {"providers": {token: provider_string(token) for token in KINDS}}}
    for provider in PLUGIN_SETTING:
        with tempfile.TemporaryDirectory() as folder:
            contents[f"stack-{number}-{provider}.json"] = freeze(Path(folder), engine, provider)
    written = [fixtures / name for name in contents]
    for path, content in zip(written, contents.values(), strict=True):
        path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")
    return written
