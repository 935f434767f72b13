"""Values between a program and the state: what is given as input, and an output read back, with the names of each."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, cast

from pulumi import Output

from pulumi_scalekit import outputs
from pulumi_scalekit.model.field import Field, Shape
from pulumi_scalekit.model.walk import fold
from pulumi_scalekit.program.block import Block


def to_input(field: Field, value: Any) -> Any:
    """What the program gave, in the words of the state, with secrets marked whether or not the user did."""
    return _marked(field, _shaped(field.shape, value))


def _shaped(shape: Shape, value: Any) -> Any:
    return fold(shape, value, write="state", leaf=_when_known, key=_marked)


def _marked(field: Field, value: Any) -> Any:
    return Output.secret(value) if field.secret and value is not None else value


def _when_known(shape: Shape, value: Any) -> Any:
    if shape.name in ("block", "list") and (isinstance(value, Output) or inspect.isawaitable(value)):
        # Not known yet what is in it: secrets inside make the whole of it secret.
        return Output.from_input(value).apply(lambda known: _shaped(shape, known))
    return value


def to_python(shape: Shape, value: Any) -> Any:
    """What an output holds, in the names of Python."""
    if value is None:
        return None
    if shape.name == "number":
        return int(value) if isinstance(value, float) else value
    if shape.name == "list":
        return [to_python(cast("Shape", shape.item), item) for item in value]
    if shape.name != "block" or not isinstance(value, Mapping):
        return value
    there = (field for field in shape.fields if field.state in value)
    read = {field.name: to_python(field.shape, value[field.state]) for field in there}
    block: type[Block] = getattr(outputs, shape.type_name)
    return block(read)
