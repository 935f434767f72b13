"""Between the names of Python (`display_name`) and of the state (`displayName`). The keys of maps are never touched."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from pulumi_scalekit.model.field import Shape, Values
from pulumi_scalekit.model.kind import Kind

OWN_ID = "__id"
"""The output of a `get` that holds the object's own id where the one that was given is another key of it."""
NOTES = "__notes"
"""What a state remembers beside the resource's properties."""


GUARDED = "__guarded"
"""The input of a resource that says that what it is in has deletion protection."""


def to_state(kind: Kind, values: Values, secret: Callable[[Any], Any]) -> dict[str, Any]:
    """A resource's values as the state has them, each secret wrapped by `secret`."""
    state: dict[str, Any] = _to_state(kind.shape, values, secret)
    return state


def _to_state(shape: Shape, value: Any, secret: Callable[[Any], Any]) -> Any:
    if shape.name == "block" and isinstance(value, Mapping):
        named = {}
        for name, item in value.items():
            field = shape.by_name.get(name)
            if field is None:
                named[name] = item
                continue
            inner = _to_state(field.shape, item, secret)
            named[field.state] = secret(inner) if field.secret and inner is not None else inner
        return named
    if shape.name == "list" and shape.item and isinstance(value, list):
        return [_to_state(shape.item, item, secret) for item in value]
    return value


def from_state(kind: Kind, properties: Mapping[str, Any]) -> Values:
    """The values in a state or in a program's inputs. A key that is not known stays as it is, for `check` to name."""
    values: Values = _from_state(kind.shape, properties)
    return values


def _from_state(shape: Shape, value: Any) -> Any:
    if shape.name == "block" and isinstance(value, Mapping):
        by_state = {field.state: field for field in shape.fields}
        return {
            (field.name if (field := by_state.get(key)) else key): (_from_state(field.shape, item) if field else item)
            for key, item in value.items()
            if (key == NOTES or not key.startswith("__")) and item is not None
        }
    if shape.name == "list" and shape.item and isinstance(value, list | tuple):
        return [_from_state(shape.item, item) for item in value]
    return value


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant, if one is like it."""
    return next(iter(difflib.get_close_matches(name, known, n=1)), None)


def near_miss(name: str, known: Iterable[str]) -> str:
    """Which of the known names was probably meant, as the end of a sentence."""
    known = list(known)
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"known are {', '.join(known)}"
