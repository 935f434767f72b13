"""From an HTTP request to the RPC's request message, and from there to plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid
from pulumi_scalekit.emulator.serving import descriptors, rules
from pulumi_scalekit.emulator.serving.routes import Match

Json = dict[str, Any]

_WHOLE_MESSAGE = "*"
_MASK = "google.protobuf.FieldMask"
_SNAKE = re.compile("_([a-z])")
_WRAPPERS = {
    f"google.protobuf.{name}Value"
    for name in ("String", "Bool", "Int32", "Int64", "UInt32", "UInt64", "Float", "Double")
}


@dataclass(frozen=True)
class Request:
    """The values of a request, under the descriptors' field names, whichever spelling the client used.

    `values` is the whole request message, `body` the part that the JSON body fills, without what is unset.
    `keys` is the mask of a PATCH: what the query names as `update_mask`, or else the keys that the JSON body held and
    that were not null. Where the query had a mask, `masked`, `body` holds nothing else.
    """

    values: Json
    body: Json
    keys: frozenset[str]
    masked: bool


def decode(match: Match, query: str, body: bytes, *, ignore_unknown: bool) -> Request:
    route = match.route
    field = route.request.fields_by_name.get(route.body) if route.body else None
    is_list = field is not None and field.is_repeated
    sent = _parse(body, list if is_list else dict) if route.body else None
    content: Json = {}
    keys: frozenset[str] = frozenset()
    body_type: Descriptor | None = route.request
    if route.body == _WHOLE_MESSAGE:
        content = sent or {}
    elif field is not None:
        body_type = field.message_type
        if sent is not None:
            content[route.body] = sent
    if isinstance(sent, dict) and body_type is not None:
        named = {spelling: field.name for field in body_type.fields for spelling in (field.name, field.json_name)}
        keys = frozenset(named[key] for key, value in sent.items() if key in named and value is not None)
    if route.body != _WHOLE_MESSAGE:
        for name, text in parse_qsl(query, keep_blank_values=True):
            _place(content, route.request, name.split("."), text, taken=route.body)
    content = {**content, **match.variables}

    api = descriptors.load()
    message = api.message(route.request)
    try:
        json_format.ParseDict(content, message, ignore_unknown_fields=ignore_unknown, descriptor_pool=api.pool)
    except (json_format.ParseError, ValueError, TypeError) as error:
        # The first line names the place; the rest is protobuf's advice to Python programmers.
        raise Refusal(400, f"proto: {str(error).splitlines()[0]}") from None
    if broken := rules.violations(message):
        raise Refusal(400, "Validation error", broken)
    values = json_format.MessageToDict(message, preserving_proto_field_name=True, descriptor_pool=api.pool)
    content_values = values if route.body == _WHOLE_MESSAGE else {} if is_list else values.get(route.body, {})
    mask = _mask(message)
    if mask and body_type is not None:
        keys = frozenset(mask)
        if unknown := keys - {field.name for field in body_type.fields}:
            raise invalid("update_mask", f"{', '.join(sorted(unknown))} is not a field of {body_type.name}")
        content_values = {name: value for name, value in content_values.items() if name in keys}
    return Request(values, content_values, keys, masked=bool(mask))


def _mask(message: Message) -> list[str]:
    """The fields that a mask in the query names: the request's own mask, which no body can hold."""
    for field, value in message.ListFields():
        if field.message_type is not None and field.message_type.full_name == _MASK:
            return [path.partition(".")[0] for path in value.paths]
    return []


def _parse(body: bytes, form: type[Any]) -> Any:
    """The JSON of the body, an object or a list; None if there is no body, which differs from an empty object."""
    if not body.strip():
        return None
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise Refusal(400, f"proto: syntax error: {error}") from None
    if not isinstance(sent, form):
        raise Refusal(400, f"proto: syntax error: a JSON {'list' if form is list else 'object'} is expected")
    return sent


def _place(content: Json, message: Descriptor, path: list[str], text: str, taken: str) -> None:
    """Put a query parameter into its field of the message; an unknown parameter is ignored, as gateways do."""
    name, *rest = path
    field = message.fields_by_name.get(name) or next((f for f in message.fields if f.json_name == name), None)
    if field is None or field.name == taken:
        return
    if rest:
        if field.message_type is not None:
            _place(content.setdefault(field.name, {}), field.message_type, rest, text, taken="")
        return
    value = _scalar(field, text)
    if field.is_repeated:
        content.setdefault(field.name, []).append(value)
    else:
        content[field.name] = value


def _scalar(field: FieldDescriptor, text: str) -> Any:
    if field.message_type is not None and field.message_type.full_name in _WRAPPERS:
        return _scalar(field.message_type.fields_by_name["value"], text)
    if field.message_type is not None and field.message_type.full_name == _MASK:
        # In a query a gateway takes the names as they stand; in JSON they would be in camelCase.
        return _SNAKE.sub(lambda letter: letter[1].upper(), text)
    if field.type == FieldDescriptor.TYPE_BOOL:
        if text not in ("true", "false", "1", "0"):
            raise invalid(field.name, f"{text!r} is not a boolean")
        return text in ("true", "1")
    if field.enum_type is not None and text.lstrip("-").isdigit():
        return int(text)
    return text


def matches(values: Mapping[str, Any], **wanted: Any) -> bool:
    """Whether every wanted value equals the object's; an empty wanted value matches all."""
    return all(not want or values.get(name) == want for name, want in wanted.items())
