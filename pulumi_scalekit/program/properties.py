"""The words of a class body: `display_name: Prop[str] = prop("…", length=(1, 200))`.

What a property is typed with is a descriptor that takes an input and gives an output:

| In the class body | Given | Read |
|---|---|---|
| `Prop[T]` | `Input[T]` | `Output[T]` |
| `ListProp[T]` | a list of `Input[T]` | `Output[list[T]]` |
| `MapProp[T]` | a map to `Input[T]` | `Output[dict[str, T]]` |
| `BlockProp[T, R]` | the TypedDict `T`, or what was read | `Output[R]`, the class `R` of `outputs.py` |
| `BlockListProp[T, R]` | a list of such blocks | `Output[list[R]]` |

Each has an `Optional…` beside it, for an input with `default=None`: it takes and gives None too. Type checkers need the sign in the
annotation, because they look nowhere else for a property's type. An output that only one protocol has stays a `Prop`: its reader
knows the protocol, and hands it to a resource that must have it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from types import MappingProxyType
from typing import Any, Generic, TypeVar, overload

from pulumi import Input, Output
from typing_extensions import Self

from pulumi_scalekit.model.field import Field
from pulumi_scalekit.program.late_output import LateOutput
from pulumi_scalekit.program.values import to_python

G = TypeVar("G")
H = TypeVar("H")
T = TypeVar("T")
R = TypeVar("R")

_MISSING: Any = object()
_FIELD_WORDS = frozenset(word.name for word in dataclass_fields(Field))


@dataclass(frozen=True)
class Declared:
    description: str
    required: bool
    output: bool
    words: Mapping[str, Any]


def prop(
    description: str | Declared,
    *,
    default: Any = _MISSING,
    init: bool = True,
    kw_only: bool = True,  # noqa: ARG001 - read by type checkers
    also: Mapping[str, Any] = MappingProxyType({}),
    **words: Any,
) -> Any:
    """Declare a property of a resource, or a key of a block.

    Args:
        description: What it means, for people. One sentence or more, in Markdown. Or a `prop()` that several resources
            share; `default` and `init` are said again where it is used, for type checkers look no further than the class body.
        default: None makes it optional, and its type one of the `Optional…` ones. There is no other default: the server's
            applies.
        init: False for an output.
        kw_only: For type checkers.
        also: Words that several properties share. Type checkers do not follow `**` here.
        **words: The words of `model.field.Field`: `secret`, `length`, `clear`, …

    Raises:
        TypeError: There is no such word.

    """
    words = {**also, **words}
    if unknown := set(words) - _FIELD_WORDS:
        raise TypeError(f"no such word: {', '.join(sorted(unknown))}")
    shared = (
        description
        if isinstance(description, Declared)
        else Declared(description, required=True, output=False, words={})
    )
    return Declared(shared.description, init and default is _MISSING, not init, {**shared.words, **words})


def positional(*, default: Any = _MISSING, kw_only: bool = False) -> Any:  # noqa: ARG001 - read by type checkers
    """The constructor's two positional arguments, for type checkers only."""
    return None


class Property(Generic[G, H]):
    """A property that is given as an `Input[G]`, and read as an `Output[H]`."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.__doc__ = field.description

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Output[H]: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self.field.state]
        if isinstance(value, LateOutput):
            value = value.looked_at()
        if self.field.shape.name in ("block", "list", "number"):
            return Output.from_input(value).apply(lambda known: to_python(self.field.shape, known))
        return value

    def __set__(self, instance: object, value: Input[G]) -> None:
        raise AttributeError(f"{self.field.name} is declared in the constructor and cannot be set afterwards")


class Prop(Property[T, T]):
    """A text, a number, a flag or a choice."""


class OptionalProp(Property[T | None, T | None]):
    """A text, a number, a flag or a choice that may be left out."""


class ListProp(Property[Sequence[Input[T]], list[T]]):
    """A list: each item may be an output of another resource."""


class OptionalListProp(Property[Sequence[Input[T]] | None, list[T] | None]):
    """A list that may be left out."""


class MapProp(Property[Mapping[str, Input[T]], dict[str, T]]):
    """A map with free keys: each value may be an output of another resource."""


class OptionalMapProp(Property[Mapping[str, Input[T]] | None, dict[str, T] | None]):
    """A map that may be left out."""


class BlockProp(Property[T | R, R], Generic[T, R]):
    """A block: given as a TypedDict, read as a class with the same keys as attributes."""


class OptionalBlockProp(Property[T | R | None, R | None], Generic[T, R]):
    """A block that may be left out."""


class BlockListProp(Property[Sequence[Input[T | R]], list[R]], Generic[T, R]):
    """A list of blocks: each may be an output of another resource."""


class OptionalBlockListProp(Property[Sequence[Input[T | R]] | None, list[R] | None], Generic[T, R]):
    """A list of blocks that may be left out."""
