"""Between a resource's values and the API's JSON: paths, bodies, answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.api import NAME, Endpoint
from pulumi_scalekit.model.field import SEND_NULL, Body, Shape, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.walk import fold, whole

_ELSEWHERE = frozenset({"", ".", ".."})
_ZERO_ENUM = re.compile(r"^(INVALID|.*_?UNSPECIFIED|.*_NIL)$")


class Unreadable(ValueError):
    """An answer has another form than the API's documents say. The text says where, and holds no value."""


@contextmanager
def readable(doing: str) -> Iterator[None]:
    """Say of an answer that has another form than the API's documents say what was being done, and what to do next."""
    try:
        yield
    except Unreadable as error:
        raise ScalekitError(
            f"{doing}: Scalekit's answer cannot be read: {error}. Look for a newer version of pulumi-scalekit, or report it."
        ) from error


def path(template: str, values: Values, id: str = "", item: str = "") -> str:
    """Fill `{name}` with percent-encoded values: a role's name may hold a colon, an external id anything.

    What stands in the template for a name that has no value stays as it is.

    Raises:
        ScalekitError: A value is empty or all dots, and would address another object.

    """

    def segment(match: re.Match[str]) -> str:
        name = match[1]
        value = {"id": id, "item": item}.get(name) or values.get(name)
        if value is None and match[2]:
            return match[2]
        if not isinstance(value, str):
            raise ValueError(f"{name} is not known, so there is no path {template}")  # noqa: TRY004 - of the values
        if value in _ELSEWHERE:
            raise ScalekitError(f"{value!r} cannot stand for {{{name}}} in {template}: it would lead elsewhere.")
        return quote(value, safe="")

    return NAME.sub(segment, template)


def body(kind: Kind, endpoint: Endpoint, values: Values, names: Iterable[str]) -> Body:
    """The body that sends `names`, and what the endpoint always carries of what there is.

    Args:
        kind: The resource's description.
        endpoint: Where it is sent.
        values: The declared values.
        names: The fields to send. One that `values` lacks is sent as its clear value.

    """
    sent: Body = dict(endpoint.fixed)
    carried = [name for name in endpoint.carries if name in values]
    for name in dict.fromkeys((*carried, *names)):
        if name in endpoint.query:
            continue
        field = kind.by_name[name]
        value = values.get(name, field.clear)
        sent[field.wire] = None if value is SEND_NULL else encode(field.shape, value)
    return kind.api.to_wire(sent) if kind.api.to_wire else sent


def query(kind: Kind, endpoint: Endpoint, values: Values, names: Iterable[str]) -> Body:
    """What of the fields to send stands in the query, and what a call says there beside."""
    wanted = [kind.by_name[name] for name in names if name in endpoint.query and values.get(name) is not None]
    flags = endpoint.flags(values) if endpoint.flags else {}
    declared = {field.wire: encode(field.shape, values[field.name]) for field in wanted}
    return {**dict(endpoint.otherwise), **declared, **flags}


def encode(shape: Shape, value: Any) -> Any:
    """A value as JSON: the keys of blocks get their wire names, those of maps stay."""
    return fold(shape, value, write="wire", leaf=whole)


def decode(shape: Shape, value: Any) -> Any:
    """A value out of an answer. None means unset: the API says that with `""`, `{}`, `[]`, null or nothing at all."""
    if value is None:
        return None
    match shape.name:
        case "block":
            block = {field.name: decode(field.shape, value.get(field.wire)) for field in shape.fields}
            return {name: item for name, item in block.items() if item is not None} or None
        case "list":
            return [decode(shape.item, item) for item in value] or None if shape.item else value
        case "map":
            return dict(value) or None
        case "number":
            return int(value)
        case "enum" if isinstance(value, int | float) and not isinstance(value, bool):
            return shape.values[int(value) - 1] if 0 < value <= len(shape.values) else None
        case "enum":
            return None if value not in shape.values and _ZERO_ENUM.match(str(value)) else value or None
        case "text":
            return str(value) or None
        case _:
            return value


def answer(kind: Kind, reply: Body, declared: Values) -> Values | None:
    """The object in an answer as values, unset ones left out; None where the answer does not carry the object."""
    found = reply.get(kind.api.envelope) if kind.api.envelope else reply
    # A setting that is not set is an empty object; anything else without content is not there.
    may_be_empty = bool(kind.api.setting_of and kind.api.envelope)
    if not isinstance(found, dict) or not (found or may_be_empty):
        return None
    for sibling, value in reply.items():
        # A secret that is shown once stands beside the object, not in it.
        if sibling != kind.api.envelope and any(field.wire == sibling for field in kind.outputs):
            found = {**found, sibling: value}
    found = _from_wire(kind, found, declared)
    return _values(kind, found, declared) if found or may_be_empty else None


def values_of(kind: Kind, found: Body, declared: Values) -> Values:
    """One object of the API as values."""
    return _values(kind, _from_wire(kind, found, declared), declared)


def _from_wire(kind: Kind, found: Body, declared: Values) -> Body:
    try:
        return kind.api.from_wire(found, declared) if kind.api.from_wire else found
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"the {kind.words} in it is not what it was") from error


def _values(kind: Kind, found: Body, declared: Values) -> Values:
    live: Values = {}
    for field in (*kind.fields, *kind.api.beside):
        if not field.provider_only:
            try:
                live[field.name] = decode(field.shape, found.get(field.wire))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise Unreadable(f"{field.wire} is no {field.shape.name}") from error
    live.update({field.name: "" for field in kind.inputs if field.sparse and found.get(field.wire) == ""})
    # Path parameters are ours: an answer may leave them out.
    ours = (*kind.api.parameters, kind.api.setting_of)
    live.update({name: declared[name] for name in ours if name in declared})
    return {name: value for name, value in live.items() if value is not None}
