"""What a run of `adopt` writes: the objects that no stack has yet, and what has to be said of the rest."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.adopt.declaration import Declaration, Group, declare
from pulumi_scalekit.adopt.existing import Existing
from pulumi_scalekit.adopt.inventory import Inventory, is_below
from pulumi_scalekit.adopt.project import Language
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.provider.wording import refusal

Held = Mapping[tuple[str, str], str]
"""What a stack's state has: logical names by type and import id."""


@dataclass
class Plan:
    """What is written and imported, and what is not.

    Attributes:
        inventory: What the environment holds.
        groups: What is declared.
        pending: Resources of the import file of an earlier run that are not imported yet.
        held: The number of objects that the stack has already.
        gone: Logical names of resources of the stack whose objects the environment no longer has.
        refused: Objects that cannot be declared, and why.

    """

    inventory: Inventory
    groups: Sequence[Group] = field(default_factory=list)
    pending: Sequence[Any] = field(default_factory=list)
    held: int = 0
    gone: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def declarations(self) -> list[Declaration]:
        return [each for group in self.groups for each in group.declarations]

    @property
    def secrets(self) -> list[tuple[Declaration, str]]:
        """What Scalekit does not return, by the resource and the property's path."""
        return [(each, path) for each in self.declarations for path in each.existing.secrets]

    @property
    def unmanaged(self) -> dict[str, Counter[str]]:
        """Properties that have a value and are not declared: by the kind's name, path and number of objects."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for each in self.declarations:
            counted[each.existing.kind.name].update(each.existing.unmanaged)
        return {name: paths for name, paths in counted.items() if paths}

    @property
    def twice(self) -> list[tuple[str, list[str]]]:
        """What two tenants have: a display name, or a domain."""
        places: dict[tuple[str, str], list[str]] = defaultdict(list)
        for tenant in self.inventory.tenants:
            for each in (tenant.organization, *tenant.children):
                name = (
                    "domain" if "domain" in each.kind.by_name else "display_name" if each is tenant.organization else ""
                )
                if name:
                    places[name.replace("_", " "), str(each.state.get(name))].append(tenant.organization.id)
        return [
            (f"the {what} {json.dumps(value, ensure_ascii=False)}", ids)
            for (what, value), ids in places.items()
            if len(ids) > 1
        ]


def plan(
    inventory: Inventory,
    held: Held,
    kinds: Sequence[Kind],
    is_gone: Callable[[Kind, str], bool],
    *,
    everywhere: bool,
    language: Language,
) -> Plan:
    """Plan a run.

    Args:
        inventory: What the environment holds.
        held: What the stack has.
        kinds: What was read.
        is_gone: Reads an object that was not listed, by its kind and import id: whether it is known to be gone.
        everywhere: Whether all organizations were read.
        language: What the program is written in.

    """
    made = Plan(inventory)
    fresh: list[Existing] = []
    for each in inventory.objects:
        if each.key in held:
            made.held += 1
        elif reason := _refused(each, language):
            made.refused.append((each.label, reason))
        else:
            fresh.append(each)
    made.groups = declare(inventory, fresh, held)
    if not inventory.unreadable:
        tokens = {kind.token: kind for kind in kinds}
        present = {each.key for each in inventory.objects}
        read = {tenant.organization.id for tenant in inventory.tenants}
        for (token, import_id), name in held.items():
            kind = tokens.get(token)
            if kind and (token, import_id) not in present:
                above, _ = kind.split_import_id(import_id)
                home = above.get("organization_id", import_id)
                in_environment = not (is_below(kind) or kind.api.cascades_to) or (bool(kind.api.optional) and not above)
                looked_at = everywhere or home in read or in_environment
                if looked_at and is_gone(kind, import_id):
                    made.gone.append(name)
    return made


def _refused(existing: Existing, language: Language) -> str:
    """Why a program cannot declare an object as it is; empty if it can."""
    if language == "yaml" and any(key.startswith("fn::") for key in _keys(existing.inputs)):
        return "Pulumi's YAML takes a key that begins with fn:: for a function; choose Python, or rename the key"
    _, failures = lifecycle.check(existing.kind, existing.inputs, existing.inputs)
    return "; ".join(refusal(existing.kind, failure, python=True) for failure in failures)


def _keys(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield key
        if isinstance(value, dict):
            yield from _keys(value)
