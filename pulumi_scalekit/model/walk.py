"""How a `Shape` is walked, with a value of it or with two.

| What is wanted | Function |
|---|---|
| a value with other names for the keys of its blocks, or with each part changed | `fold` |
| a block in which each key may depend on what it was before | `zip_with` |
| each key of a block and of the blocks in it, beside what it was before | `pairs` |
| every field that may stand in a value | `every_field` |

The keys of maps are the user's, and are never touched. What does not have the shape that it should have is left for `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pulumi_scalekit.model.field import Field, Shape, Values

Names: TypeAlias = Literal["name", "state", "wire"]
"""Which of a field's names a block gets: Python's, the state's, the API's."""


def fold(
    shape: Shape,
    value: Any,
    *,
    read: Literal["name", "state"] = "name",
    write: Names = "name",
    leaf: Callable[[Shape, Any], Any] | None = None,
    key: Callable[[Field, Any], Any] | None = None,
    keep: Callable[[str, Any], bool] | None = None,
) -> Any:
    """A value made anew, from the inside out.

    Args:
        shape: What the value looks like.
        value: The value. A key that no field has stays as it is.
        read: The names that its blocks have.
        write: The names that the new blocks get.
        leaf: Makes anew what is neither a block nor a list.
        key: Makes anew what stands under a key of a block, after what is in it.
        keep: Whether a key of a block stays at all, by its old name and value.

    """

    def inside(shape: Shape, value: Any) -> Any:
        if shape.name == "block" and isinstance(value, Mapping):
            fields, block = shape.by_state if read == "state" else shape.by_name, {}
            for name, item in value.items():
                field = fields.get(name)
                if keep and not keep(name, item):
                    continue
                if not field:
                    block[name] = item
                    continue
                made = inside(field.shape, item)
                block[getattr(field, write)] = key(field, made) if key else made
            return block
        # A text is a sequence too.
        if shape.name == "list" and shape.item and isinstance(value, Sequence) and not isinstance(value, str):
            return [inside(shape.item, item) for item in value]
        return leaf(shape, value) if leaf else value

    return inside(shape, value)


def whole(shape: Shape, value: Any) -> Any:
    """A leaf of `fold`: a number without a fraction as an integer. The engine knows no integers."""
    return int(value) if shape.name == "number" and isinstance(value, float) and value.is_integer() else value


def zip_with(shape: Shape, old: Values, new: Values, change: Callable[[Field, Any, Any], Any]) -> Values:
    """A block of which each key that is set went through `change(field, old, new)`, and the blocks in it likewise."""
    changed = dict(new)
    for field in shape.fields:
        before, now = old.get(field.name), new.get(field.name)
        if field.shape.name == "block" and isinstance(now, dict):
            changed[field.name] = zip_with(field.shape, before if isinstance(before, dict) else {}, now, change)
        elif now is not None:
            changed[field.name] = change(field, before, now)
    return changed


@dataclass(frozen=True)
class Pair:
    """One key of a block, before and now.

    Attributes:
        path: Where it stands, in the words of the state: `oidc.clientSecret`.
        field: What it is.
        old: What it was; None where it was not set.
        new: What it is; None where it is not set.
        block: The block that it is in, as it is now.

    """

    path: str
    field: Field
    old: Any
    new: Any
    block: Values


def pairs(shape: Shape, old: Values, new: Values, above: str = "") -> Iterator[Pair]:
    """Each key of a block, and then, where it is a block now, each key in it."""
    for field in shape.fields:
        before, now, path = old.get(field.name), new.get(field.name), above + field.state
        yield Pair(path, field, before, now, new)
        if field.shape.name == "block" and isinstance(now, dict):
            yield from pairs(field.shape, before if isinstance(before, dict) else {}, now, f"{path}.")


def every_field(shape: Shape) -> Iterator[Field]:
    """Every field that may stand in a value, at any depth."""
    for field in shape.fields:
        yield field
        yield from every_field(field.shape)
        if field.shape.item:
            yield from every_field(field.shape.item)
