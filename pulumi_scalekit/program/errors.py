"""How a mistake in a user's program ends it: with a message alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import pulumi

from pulumi_scalekit.model.names import near_miss

E = TypeVar("E", bound=Exception)


def message_alone(error: E) -> E:
    """The same error, over which Pulumi shows no traceback if the program does not catch it.

    Pulumi's runner shows a `RunError` by its message. The error stays what it was to a program that does catch it.
    """
    if isinstance(error, pulumi.RunError):
        return error
    # As it would be unpickled.
    kind: Any = type(error)
    both: Any = type(kind.__name__, (kind, pulumi.RunError), {"__module__": kind.__module__, "__doc__": kind.__doc__})
    same: E = both(*error.args)
    same.__dict__.update(error.__dict__)
    return same


def no_such_property(where: str, unknown: Iterable[str], known: Iterable[str]) -> TypeError:
    """A property that is written in a program and does not exist."""
    known = sorted(known)
    problems = [f"no property {name}; {near_miss(name, known)}" for name in unknown]
    return message_alone(TypeError(f"{where} has {', and '.join(problems)}"))
