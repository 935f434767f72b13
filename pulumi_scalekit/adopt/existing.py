"""An object of an environment as a program may declare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.lifecycle.notes import without
from pulumi_scalekit.model.compare import is_empty
from pulumi_scalekit.model.field import Field, Values, value_at
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects

_WIDTH = 80


@dataclass(frozen=True)
class Existing:
    """An object, and what an import takes of it.

    Attributes:
        kind: What it is.
        id: The API's id.
        inputs: What a program declares.
        state: The inputs and the outputs, as a stack's state has them.
        unmanaged: Paths of the properties that have a value and are not in `inputs`.
        live: What was read; empty where an earlier run read it.

    """

    kind: Kind
    id: str
    inputs: Values
    state: Values
    unmanaged: tuple[str, ...] = ()
    live: Values = field(default_factory=dict, repr=False)

    @property
    def import_id(self) -> str:
        return self.kind.import_id(self.state, self.id)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other object of the environment."""
        return self.kind.token, self.import_id

    @property
    def label(self) -> str:
        """What a message calls it."""
        label = self.kind.label(self.state)
        return f"{label if len(label) <= _WIDTH else label[: _WIDTH - 1] + '…'} ({self.id})"

    @property
    def secrets(self) -> list[str]:
        """Paths of the secrets that the API never returns, where they may be set."""
        return [
            path
            for path, field in _paths(self.kind.inputs, self.inputs)
            if field.secret and field.write_only and not (field.masked and is_empty(value_at(self.live, path)))
        ]


@dataclass
class Tenant:
    """An organization, and everything in it."""

    organization: Existing
    children: list[Existing] = field(default_factory=list)


def taken(objects: Objects, import_id: str, live: Values, *, everything: bool = False) -> Existing:
    """An object that was read, as an import takes it.

    Args:
        objects: The objects of its kind.
        import_id: Its import id.
        live: What is there.
        everything: Take also what Scalekit may have made by itself, and switches that are off.

    """
    id_, above = lifecycle.parse(objects, import_id, {})
    whole = lifecycle.imported(objects, id_, above, live, everything=True)
    part = whole if everything else lifecycle.imported(objects, id_, above, live)
    unmanaged = tuple(sorted(set(_set(whole.inputs)) - set(_set(part.inputs))))
    return Existing(objects.kind, id_, part.inputs, part.state, unmanaged, live)


def own_part(setting: Existing, organization: Existing, shared: Sequence[Existing]) -> Existing | None:
    """What a setting of an organization says that neither the environment nor the organization says; None where that is nothing.

    Args:
        setting: Any object of the organization; what is no setting is its own.
        organization: The organization.
        shared: The objects of the environment.

    """
    api = setting.kind.api
    if api.inherits and any(
        each.kind.name == api.inherits[0] and each.live.get(api.inherits[1]) == setting.inputs.get(api.inherits[1])
        for each in shared
    ):
        return None
    name, path = api.repeats or ("", "")
    if not name or organization.inputs.get(name) is None or value_at(setting.inputs, path) != organization.inputs[name]:
        return setting
    above = path.split(".", maxsplit=1)[0]
    gone = [above if len(setting.inputs[above]) == 1 else path]
    inputs = without(setting.inputs, gone)
    # What makes it the organization's own says nothing alone.
    only = api.inventory.only if api.inventory else None
    said = set(inputs) - {api.setting_of, only[0] if only else ""}
    return replace(setting, inputs=inputs, state=without(setting.state, gone)) if said else None


def _set(values: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The paths of what is set. The keys of a map count as one property."""
    for name, value in values.items():
        if isinstance(value, dict) and value:
            yield from _set(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def _paths(fields: tuple[Field, ...], values: Values, above: str = "") -> Iterator[tuple[str, Field]]:
    for each in fields:
        if each.shape.name == "block":
            if each.name in values:
                yield from _paths(each.shape.fields, values[each.name], f"{above}{each.name}.")
        else:
            yield f"{above}{each.name}", each
