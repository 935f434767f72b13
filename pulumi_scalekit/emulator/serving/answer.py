"""From a behaviour's result to the JSON of the RPC's response message, written as the switches say."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message

from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving import descriptors
from pulumi_scalekit.emulator.serving.request import Json

_LONG = {
    FieldDescriptor.TYPE_INT64,
    FieldDescriptor.TYPE_UINT64,
    FieldDescriptor.TYPE_SINT64,
    FieldDescriptor.TYPE_FIXED64,
    FieldDescriptor.TYPE_SFIXED64,
}
_TIMESTAMP = "google.protobuf.Timestamp"
_WELL_KNOWN = "google.protobuf."
_FRACTION = {"seconds": 0, "milliseconds": 3, "nanoseconds": 9}
# Lists whose order has no meaning; other lists (uris, certificates) keep their order when answers are shuffled.
_SETS = {"scopes", "features", "domains", "permissions", "audience", "custom_claims"}
_PROSE = {"COMPLETED": "CONFIGURED"}


def render(result: Json, response: Descriptor, switches: Switches) -> Json:
    """Strict: a field that the descriptors do not have is an error in the behaviour."""
    api = descriptors.load()
    message = json_format.ParseDict(result, api.message(response), descriptor_pool=api.pool)
    return _Writer(switches).message(message)


@dataclass(frozen=True)
class _Field:
    """The properties of a field that the writer needs; reading its descriptor at each use took most of the time."""

    name: str
    has_presence: bool
    in_oneof: bool
    is_repeated: bool
    is_long: bool
    is_preview: bool
    enum: EnumDescriptor | None
    message: Descriptor | None
    map_value: _Field | None
    default: Any

    @classmethod
    def of(cls, field: FieldDescriptor) -> _Field:
        message = field.message_type
        entry = message if message is not None and message.GetOptions().map_entry else None
        restriction = descriptors.load().options(field, "google.api.field_visibility").restriction
        return cls(
            name=field.name,
            has_presence=field.has_presence,
            in_oneof=field.containing_oneof is not None,
            is_repeated=field.is_repeated,
            is_long=field.type in _LONG,
            is_preview=bool(restriction),
            enum=field.enum_type,
            message=message,
            map_value=cls.of(entry.fields_by_name["value"]) if entry else None,
            default=None if field.is_repeated or message is not None else field.default_value,
        )


@cache
def _fields(descriptor: Descriptor) -> tuple[_Field, ...]:
    return tuple(_Field.of(field) for field in descriptor.fields)


class _Writer:
    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        # A new seed each time: a client must not come to rely on an order.
        self._random = random.Random() if switches.order == "shuffled" else None  # noqa: S311

    def message(self, message: Message) -> Json:
        written: Json = {}
        hides_preview = self._switches.preview_fields == "hidden"
        for field in _fields(message.DESCRIPTOR):
            if hides_preview and field.is_preview:
                continue
            value = getattr(message, field.name)
            if message.HasField(field.name) if field.has_presence else value:
                written[field.name] = self._field(field, value)
            elif self._switches.empty_values != "omitted":
                self._unset(written, field)
        if self._random is None:
            return written
        keys = list(written)
        self._random.shuffle(keys)
        return {key: written[key] for key in keys}

    def _unset(self, written: Json, field: _Field) -> None:
        """A field without a value: written where proto3 cannot distinguish unset from empty."""
        if field.has_presence:
            if self._switches.empty_values == "null" and not field.in_oneof:
                written[field.name] = None
        elif field.is_repeated:
            written[field.name] = {} if field.map_value else []
        elif field.enum is None or self._switches.enum_zero == "shown":
            written[field.name] = self._scalar(field, field.default)

    def _field(self, field: _Field, value: Any) -> Any:
        if field.map_value:
            return {key: self._single(field.map_value, value[key]) for key in value}
        if not field.is_repeated:
            return self._single(field, value)
        items = [self._single(field, item) for item in value]
        if self._random is not None and field.name in _SETS:
            self._random.shuffle(items)
        return items

    def _single(self, field: _Field, value: Any) -> Any:
        if field.message is None:
            return self._scalar(field, value)
        if field.message.full_name == _TIMESTAMP:
            return self._timestamp(value)
        if field.message.full_name.startswith(_WELL_KNOWN):
            return json_format.MessageToDict(value, preserving_proto_field_name=True)
        return self.message(value)

    def _scalar(self, field: _Field, value: Any) -> Any:
        if field.enum is not None:
            named = field.enum.values_by_number.get(value)
            if named is None or self._switches.enum_form == "number":
                return value
            if self._switches.connection_status == "prose" and field.enum.name == "ConnectionStatus":
                return _PROSE.get(named.name, named.name)
            return named.name
        return str(value) if field.is_long and self._switches.int64 == "string" else value

    def _timestamp(self, value: Any) -> str:
        whole = value.ToJsonString()[:19]
        digits = _FRACTION[self._switches.timestamps]
        return f"{whole}.{value.nanos:09d}"[: 20 + digits] + "Z" if digits else f"{whole}Z"
