"""From the annotations of a class body to the shapes of the model.

Modules that declare resources must not use `from __future__ import annotations`: a block's TypedDict would then hold names that
cannot be resolved.
"""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import EnumMeta
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from typing_extensions import NotRequired, is_typeddict

from pulumi_scalekit.model.field import RELEASE, Field, Shape, ShapeName
from pulumi_scalekit.program.properties import (
    BlockListProp,
    Declared,
    ListProp,
    MapProp,
    OptionalBlockListProp,
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
)

_LISTS = (ListProp, OptionalListProp, BlockListProp, OptionalBlockListProp)
_MAPS = (MapProp, OptionalMapProp)
_OPTIONAL = (OptionalProp, OptionalListProp, OptionalMapProp, OptionalBlockProp, OptionalBlockListProp)
_DISAGREEING = {
    True: "its type is an optional one, which needs default=None",
    False: "default=None needs an Optional… type",
}


def fields_of(cls: type) -> Any:
    """The fields of a class body.

    Raises:
        TypeError: A property is optional by its type and not by its `default`, or the other way round.

    """
    for name, annotation in inspect.get_annotations(cls).items():
        declared = cls.__dict__.get(name)
        if isinstance(declared, Declared):
            origin: Any = get_origin(annotation)
            optional = origin in _OPTIONAL
            if not declared.output and optional == declared.required:
                raise TypeError(f"{cls.__name__}.{name}: {_DISAGREEING[optional]}")
            yield new_field(name, _shape_of_property(annotation), declared)


def field_of(
    name: str,
    annotation: Any,
    description: str,
    *,
    required: bool = False,
    output: bool = False,
    **words: Any,
) -> Field:
    """Return a field that stands in no class body, of the shape that an annotation has."""
    return new_field(name, _shape(annotation), Declared(description, required, output, words))


def new_field(name: str, shape: Shape, declared: Declared) -> Field:
    words = {"wire": name, "clear": _clear(shape, declared), **declared.words}
    return Field(name, shape, declared.description, required=declared.required, output=declared.output, **words)


def _clear(shape: Shape, declared: Declared) -> Any:
    """What a removed property is set to, unless the declaration says otherwise."""
    if declared.required or declared.output or declared.words.get("secret"):
        return RELEASE
    empty: dict[ShapeName, Any] = {"text": "", "list": [], "map": {}}
    return empty.get(shape.name, RELEASE)


def _shape_of_property(annotation: Any) -> Shape:
    origin, given = get_origin(annotation), _shape(get_args(annotation)[0])
    if origin in _LISTS:
        return _list(given)
    return Shape("map", item=given) if origin in _MAPS else given


def _list(item: Shape) -> Shape:
    """A list. Its items are sent whole: what is removed from a block in it has no value that clears it."""
    return Shape("list", item=replace(item, fields=tuple(replace(field, clear=None) for field in item.fields)))


def _shape(annotation: Any) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _shape(get_args(annotation)[0])
    if origin in (Union, UnionType):  # an Input[T] names T first, and so does T | None
        first, *others = get_args(annotation)
        shape, enums = _shape(first), [other for other in others if isinstance(other, EnumMeta)]
        return replace(shape, type_name=enums[0].__name__) if enums else shape
    if origin is Literal:
        return Shape("enum", values=get_args(annotation))
    if origin in (list, Sequence):
        return _list(_shape(get_args(annotation)[0]))
    if origin in (dict, Mapping):
        return Shape("map", item=_shape(get_args(annotation)[1]))
    if is_typeddict(annotation):
        words = inspect.cleandoc(annotation.__doc__ or "")
        return Shape("block", fields=tuple(_keys(annotation)), type_name=annotation.__name__, description=words)
    shapes: dict[Any, ShapeName] = {str: "text", bool: "flag", int: "number"}
    return Shape(shapes[annotation])


def _keys(block: type) -> Any:
    for name, written in inspect.get_annotations(block).items():
        origin: Any = get_origin(written)
        annotation = get_args(written)[0] if origin is NotRequired else written
        kind, declared = get_args(annotation)[0], annotation.__metadata__[0]
        kind = get_args(kind)[0] if get_origin(kind) is NotRequired else kind
        required = declared.required and name in block.__required_keys__  # type: ignore[attr-defined]
        yield new_field(
            name, _shape(kind), Declared(declared.description, required, output=False, words=declared.words)
        )
