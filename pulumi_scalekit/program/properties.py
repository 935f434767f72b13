"""The words of a class body: `display_name: Prop[str] = prop("…", length=(1, 200))`.

`Prop[T]` is a descriptor that takes an `Input[T]` and gives an `Output[T]`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast, overload

from pulumi import Input, Output
from typing_extensions import Self

from pulumi_scalekit.model.field import Field
from pulumi_scalekit.program.values import to_python

T = TypeVar("T")

_MISSING: Any = object()
_FIELD_WORDS = frozenset(one.name for one in dataclass_fields(Field))


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
        default: None makes it optional. There is no other default: the server's applies.
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


class Prop(Generic[T]):
    """A property: `Input[T]` when it is set, `Output[T]` when it is read."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.__doc__ = field.description

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Output[T]: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self.field.state]
        if self.field.shape.name in ("block", "list", "number"):
            return Output.from_input(value).apply(lambda known: to_python(self.field.shape, known))
        return value

    def __set__(self, instance: object, value: Input[T] | None) -> None:
        raise AttributeError(f"{self.field.name} is declared in the constructor and cannot be set afterwards")


class ListProp(Prop[list[T]]):
    """A list: each item may be an output of another resource."""

    def __set__(self, instance: object, value: Input[Sequence[Input[T]]] | None) -> None:
        super().__set__(instance, cast("Any", value))


class MapProp(Prop[dict[str, T]]):
    """A map with free keys: each value may be an output of another resource."""

    def __set__(self, instance: object, value: Input[Mapping[str, Input[T]]] | None) -> None:
        super().__set__(instance, cast("Any", value))
