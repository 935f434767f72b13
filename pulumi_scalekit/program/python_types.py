"""How Python writes the type of a property: for docstrings and signatures, and for the blocks in `outputs.py`."""

from __future__ import annotations

from pulumi_scalekit.model.field import Field, Shape

_PLAIN = {"text": "str", "flag": "bool", "number": "int"}


def input_type(field: Field) -> str:
    """The type of an argument, with None where it may be left out."""
    return f"Input[{_given(field.shape, 'Input[{}]')}]{_or_none(field)}"


def plain_type(field: Field) -> str:
    """The type of an argument that takes no outputs."""
    return f"{_given(field.shape, '{}')}{_or_none(field)}"


def read_type(field: Field) -> str:
    """The type of the value that an output holds, with None where it may have been left out."""
    return f"{_held(field.shape)}{_or_none(field)}"


def _or_none(field: Field) -> str:
    return "" if field.required or field.output else " | None"


def _given(shape: Shape, item: str) -> str:
    """A type as it is given, with each item of a list or map in the form `item`."""
    match shape.name:
        case "list" if shape.item:
            return f"Sequence[{item.format(_given(shape.item, item))}]"
        case "map" if shape.item:
            return f"Mapping[str, {item.format(_given(shape.item, item))}]"
        case "enum":
            values = ", ".join(f'"{value}"' for value in shape.values)
            return f"Literal[{values}] | enums.{shape.type_name}"
        case "block":
            return shape.type_name
        case name:
            return _PLAIN[name]


def _held(shape: Shape) -> str:
    match shape.name:
        case "list" if shape.item:
            return f"list[{_held(shape.item)}]"
        case "map" if shape.item:
            return f"dict[str, {_held(shape.item)}]"
        case "block":
            return f"outputs.{shape.type_name}"
        case "enum":
            return "str"
        case name:
            return _PLAIN[name]
