"""Texts that come from outside: out of a file, a variable, another provider.

One rule for what stands around them, for every property of every resource and every argument of a function: blanks, line
breaks and a byte order mark around a text are taken off in check, before anything is judged, compared or sent. A file ends
in a line break and YAML's `|` keeps it; Scalekit takes no meaning from either in any property, and some of its fields drop
them, which would then be drift. Refusing instead would ask every user for the same `.strip()`. It holds for secrets too: OAuth
allows no line break in a secret, and a secret that ends in a line break signs nobody in. Code alone stays as it is (`verbatim`).

A text that is spelled exactly as the state has it stays as it is, so that an upgrade plans no change. Keys of maps are names
that are typed in the program: they are left alone. A text of nothing but blanks is neither a text nor the empty one that
clears: it is refused.
"""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.model.field import Shape, Values

_AROUND = " \t\r\n\v\f\x85\xa0\u2028\u2029\ufeff\u200b"
_OF_AN_OUTPUT = "Calling __str__ on an Output"


def trimmed(shape: Shape, old: Any, new: Any) -> Any:
    """A value without what stands around its texts.

    Args:
        shape: What the value looks like.
        old: The value in the state.
        new: The value in the program; it need not have the shape.

    """
    if shape.name == "block" and isinstance(new, dict):
        before: Values = old if isinstance(old, dict) else {}
        return {
            name: trimmed(field.shape, before.get(name), value)
            if (field := shape.by_name.get(name)) and not field.verbatim
            else value
            for name, value in new.items()
        }
    if shape.name == "map" and shape.item and isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        return {key: trimmed(shape.item, before.get(key), value) for key, value in new.items()}
    if shape.name == "list" and shape.item and isinstance(new, list):
        known = old if isinstance(old, list) else []
        return [trimmed(shape.item, item if item in known else None, item) for item in new]
    if shape.name in ("text", "enum") and isinstance(new, str) and new != old:
        return new.strip(_AROUND) or new
    return new


def refused(value: str) -> str | None:
    """Why no property takes this text, as the end of a sentence about it."""
    if value and not value.strip(_AROUND):
        return "holds nothing but blanks: declare a text, or leave it out"
    if _OF_AN_OUTPUT in value:
        return (
            "was made with str() or an f-string of an output, which does not hold its value: use the output itself, or "
            "pulumi.Output.format"
        )
    return None
