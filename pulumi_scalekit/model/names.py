"""Between the names of Python (`display_name`) and of the state (`displayName`). The keys of maps are never touched."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.walk import fold

OWN_ID = "__id"
"""The output of a `get` that holds the object's own id where the one that was given is another key of it."""
NOTES = "__notes"
"""What a state remembers beside the resource's properties."""


GUARDED = "__guarded"
"""The input of a resource that says that what it is in has deletion protection."""


def to_state(kind: Kind, values: Values, secret: Callable[[Any], Any]) -> dict[str, Any]:
    """A resource's values as the state has them, each secret wrapped by `secret`."""
    state: dict[str, Any] = fold(
        kind.shape,
        values,
        write="state",
        key=lambda field, value: secret(value) if field.secret and value is not None else value,
    )
    return state


def from_state(kind: Kind, properties: Mapping[str, Any]) -> Values:
    """The values in a state or in a program's inputs. A key that is not known stays as it is, for `check` to name."""
    values: Values = fold(
        kind.shape,
        properties,
        read="state",
        keep=lambda key, value: (key == NOTES or not key.startswith("__")) and value is not None,
    )
    return values


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant, if one is like it."""
    return next(iter(difflib.get_close_matches(name, known, n=1)), None)


def near_miss(name: str, known: Iterable[str]) -> str:
    """Which of the known names was probably meant, as the end of a sentence."""
    known = list(known)
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"known are {', '.join(known)}"
