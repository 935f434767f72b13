"""How a mistake in a user's program ends it: with a message alone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

import pulumi

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


def near_miss(name: str, known: Iterable[str]) -> str:
    """Which of the known names was probably meant, as the end of a sentence."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"


def no_such_property(where: str, unknown: Iterable[str], known: Iterable[str]) -> TypeError:
    """A property that is written in a program and does not exist."""
    known = sorted(known)
    told = [f"no property {name}; {near_miss(name, known)}" for name in unknown]
    return message_alone(TypeError(f"{where} has {', and '.join(told)}"))
