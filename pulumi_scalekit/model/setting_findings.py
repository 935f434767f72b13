"""What is said of a setting that a program declares twice: there is one, and each declaration would write over the other."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_scalekit.model.compare import holds_unknown, same
from pulumi_scalekit.model.field import Field, Values
from pulumi_scalekit.model.finding import Rule, known_at

_OWNERS = ("organization_id", "connection_id", "directory_id")

_WORDS = """
    The program declares the same setting twice, with different values for one of its properties.

    There is one: what one of the two writes the other writes over, and which comes last is chance. `pulumi up` succeeds, and only the
    next refresh shows that one of them is not as declared. Declare it once. Two may share a setting where each declares properties
    that the other leaves out.
"""


def declared_twice(kind: str, fields: tuple[Field, ...]) -> Rule:
    """The rule of a setting of the environment, of an organization, or of a connection or directory in it."""
    inputs = {field.name: field for field in fields if not field.output and field.name not in _OWNERS}

    def keys(values: Values) -> Iterator[tuple[str, str]]:
        owners = [known_at(values, name) for name in _OWNERS if name in values]
        if None not in owners:
            yield "", " ".join((kind, *map(str, owners)))

    def shared(values: Values, other: Values, label: str) -> str | None:
        found = [name for name, field in inputs.items() if _differ(field, values.get(name), other.get(name))]
        if not found:
            return None
        return f"the program declares the {label} twice, with another {found[0]}: one would write over what the other wrote"

    return Rule("setting-declared-twice", "warning", inspect.cleandoc(_WORDS), lambda _: (), keys=keys, shared=shared)


def _differ(field: Field, one: Any, other: Any) -> bool:
    """Whether both declare the property, and not the same. Of a block the keys count that both declare."""
    if one is None or other is None or holds_unknown([one, other]):
        return False
    if field.shape.name == "block" and isinstance(one, Mapping) and isinstance(other, Mapping):
        return any(_differ(part, one.get(part.name), other.get(part.name)) for part in field.shape.fields)
    return not same(field, one, other)
