"""What Scalekit is known to refuse, said of a value that has the right shape.

A value that stands in the state as it is was taken by Scalekit once: no rule holds it up again, so that a new rule of ours
never blocks a stack that works. Only a secret is judged every time, because nothing shows what Scalekit made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi_scalekit.model import secret, text
from pulumi_scalekit.model.check_failures import Failure, state_path
from pulumi_scalekit.model.field import UNKNOWN, Field, Shape, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.walk import pairs


def broken(kind: Kind, old: Values, new: Values) -> Iterator[Failure]:
    """The broken rules.

    Args:
        kind: The resource's description.
        old: The inputs in the state; empty for a create.
        new: The inputs in the program, in the right shape and in the spelling that is sent.

    """
    yield from _of_fields(kind.shape, old, new)
    if kind.rule:
        before = kind.rule(old) if old else []
        yield from (_between(kind, *problem) for problem in kind.rule(new) if problem not in before)
    if kind.rule_of_new and not old:
        yield from (_between(kind, *problem) for problem in kind.rule_of_new(new))


def _between(kind: Kind, path: str, reason: str) -> Failure:
    return Failure(state_path(kind, path.split(".")), reason)


def _of_fields(shape: Shape, old: Values, new: Values, above: str = "") -> Iterator[Failure]:
    for pair in pairs(shape, old, new, above):
        if pair.new is None or pair.new is UNKNOWN or pair.field.output:
            continue
        item = pair.field.shape.item
        if item and item.name == "block":
            for number, block in enumerate(pair.new):
                if isinstance(block, dict) and block not in (pair.old or ()):
                    yield from _of_fields(item, {}, block, f"{pair.path}[{number}].")
        for at, part, known in _parts(pair.field, pair.path, pair.new, pair.old):
            if part is UNKNOWN or (part == known and not pair.field.secret):
                continue
            if reason := _reason(pair.field, part):
                yield Failure(at, f"{pair.field.name} {reason}")


def _parts(field: Field, path: str, value: Any, before: Any) -> Iterator[tuple[str, Any, Any]]:
    """What a field's rules judge: (path, value, what it was). Of a list or a map of texts each text, else the value."""
    if not field.shape.item or field.shape.item.name != "text":
        yield path, value, before
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield f"{path}[{number}]", item, item if isinstance(before, list) and item in before else None
    elif isinstance(value, dict):
        for key, item in value.items():
            at = f"{path}.{key}" if key.isidentifier() else f'{path}["{key}"]'
            yield at, item, before.get(key) if isinstance(before, dict) else None


def _reason(field: Field, value: Any) -> str | None:
    if isinstance(value, str):
        if reason := text.refused(value):
            return reason
        if field.secret or field.write_only:
            return secret.refused(value)
        if not value and any(output.endswith("id") for output in field.refers_to):
            return "is empty: give an id, or leave it out"
        if not value and field.shape.name == "text" and not field.required:
            # It clears, and whether that is possible is judged elsewhere. What is required has nothing to clear.
            return None
    reason = field.rule(value) if field.rule else None
    return reason or ("has an empty item: leave it out" if value == "" and field.shape.name == "list" else None)
