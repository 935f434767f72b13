"""Values on Pulumi's wire: protobuf structs in the plugin, plain Python in the dynamic provider, secrets marked in both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import from_state, to_state

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - how the wire marks a secret
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def secret(value: Any) -> dict[str, Any]:
    """Mark a value as secret: the engine encrypts what carries the mark."""
    return {_SIGNATURE: _SECRET, "value": value}


def plain(value: Any) -> Any:
    """Leave a value as it is: the engine marks again what was secret in the inputs."""
    return value


def is_secret(value: Value) -> bool:
    """Whether the engine sent a value as secret."""
    return value.WhichOneof("kind") == "struct_value" and (
        value.struct_value.fields[_SIGNATURE].string_value == _SECRET
        if _SIGNATURE in value.struct_value.fields
        else False
    )


def values(kind: Kind, struct: Struct) -> Values:
    """The properties in a struct as a resource's values, secrets unwrapped, nulls left out."""
    return from_state(kind, properties(struct))


def properties(struct: Struct) -> dict[str, Any]:
    """A struct as a dict."""
    return {key: item for key, value in struct.fields.items() if (item := _python(value)) is not None}


def _python(value: Value) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            if is_secret(value):
                return _python(value.struct_value.fields["value"])
            return properties(value.struct_value)
        case "list_value":
            return [_python(item) for item in value.list_value.values]
        case "string_value":
            return UNKNOWN if value.string_value == _UNKNOWN else value.string_value
        case "number_value":
            return value.number_value
        case "bool_value":
            return value.bool_value
        case _:
            return None


def struct(kind: Kind, found: Values, mark: Callable[[Any], Any] = secret) -> Struct:
    """A resource's values as a struct, each secret marked by `mark`."""
    return Struct(fields={key: _wire(value) for key, value in to_state(kind, found, mark).items() if value is not None})


def _wire(value: Any) -> Value:
    if value is UNKNOWN:
        return Value(string_value=_UNKNOWN)
    if isinstance(value, bool):
        return Value(bool_value=value)
    if isinstance(value, int | float):
        return Value(number_value=value)
    if isinstance(value, str):
        return Value(string_value=value)
    if isinstance(value, Mapping):
        return Value(struct_value=Struct(fields={key: _wire(item) for key, item in value.items() if item is not None}))
    if isinstance(value, list | tuple):
        return Value(list_value=ListValue(values=[_wire(item) for item in value]))
    return Value(null_value=0)  # type: ignore[arg-type] # the enum's only value
