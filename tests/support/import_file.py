"""The file that `pulumi import` takes, for the resources of a state."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS


def kind_of(resource: Mapping[str, Any]) -> Kind:
    return KINDS[f"scalekit:index:{resource['type'].rpartition(':')[2]}"]


def import_file(resources: Mapping[str, Mapping[str, Any]], folder: Path) -> Path:
    """A file for `pulumi import` with each resource by its import id."""
    listed = []
    for name, resource in resources.items():
        kind = kind_of(resource)
        import_id = kind.import_id(from_state(kind, resource["outputs"]), resource["id"])
        listed.append({"type": kind.token, "name": name, "id": import_id})
    file = folder / "import.json"
    file.write_text(json.dumps({"resources": listed}))
    return file
