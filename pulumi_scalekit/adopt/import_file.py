"""The file with which `pulumi import` takes the objects over: with inputs and outputs, so that no object is read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pulumi_scalekit.adopt.declaration import Declaration, Group
from pulumi_scalekit.provider.imported_state import imported_state


def import_file(groups: Sequence[Group], pending: Sequence[Any], *, plugin: bool) -> str:
    """The JSON of an import file. Needs version 3.254 of Pulumi or newer.

    Args:
        groups: What is imported, under its logical names.
        pending: The resources of an earlier file that are not imported yet.
        plugin: Whether the stack uses the plugin.

    """
    listed = [*pending, *(_resource(each, plugin=plugin) for group in groups for each in group.declarations)]
    return json.dumps({"resources": listed}, indent=1, ensure_ascii=False) + "\n"


def resources_of(path: Path) -> list[Any]:
    """The resources of an import file; none where there is no file."""
    if not path.exists():
        return []
    listed: list[Any] = json.loads(path.read_text(encoding="utf-8"))["resources"]
    return listed


def _resource(declaration: Declaration, *, plugin: bool) -> dict[str, Any]:
    existing = declaration.existing
    inputs, outputs = imported_state(existing.kind, existing.inputs, existing.state, plugin=plugin)
    return {
        "type": existing.kind.token if plugin else existing.kind.dynamic_token,
        "name": declaration.name,
        "id": existing.id,
        "inputs": inputs,
        "outputs": outputs,
    }
