"""Paths to properties, in the names of Python and of the state: read by Pulumi's rules, with `["key"]`, `[0]` and `*`."""

from __future__ import annotations

import re

from pulumi_scalekit.model.field import Shape
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import near_miss

_PART = re.compile(
    r"""
      \.?(?P<name>[^.\["'\]]+)
    | \.?\[(?P<index>\d+|\*)\]
    | \.?\["(?P<double>(?:\\"|[^"])*)"\]
    | \.?\['(?P<single>[^']*)'\]
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"[A-Za-z_$][\w$]*")
_ANY = "*"
_ENGINES = ("__", "#")
"""How names begin that are the engine's own: `__provider`, `#initerror`."""
_UNKNOWN = Shape("block")
"""Something of which nothing is known."""


class NoSuchPath(ValueError):
    """A path names no property; the text says which, and which was probably meant."""


def in_state(kind: Kind, path: str) -> str:
    """A path of a program with the names of the state.

    Raises:
        NoSuchPath: It leads to no property.

    """
    parts = parsed(path)
    if not parts:
        raise NoSuchPath('no property path is written so; write `oidc.client_id`, `metadata["tier"]` or `scopes[0]`')
    shape, text = kind.shape, ""
    for part in parts:
        key, shape = _step(shape, text, part)
        text = _joined(text, key)
    return text


def is_plain(path: str) -> bool:
    """Whether a path is a property's name alone."""
    return bool(_PLAIN.fullmatch(path))


def in_python(kind: Kind, path: str) -> str:
    """A path of the state with the names of Python."""
    shape, text = kind.shape, ""
    for part in parsed(path):
        field = next((field for field in shape.fields if field.state == part), None)
        text = _joined(text, field.name if field else part)
        shape = field.shape if field else shape.item or _UNKNOWN
    return text or path


def astray(kind: Kind, path: str) -> str | None:
    """What is wrong with a path that is to be in the state's names, such as a program in YAML has it; None if nothing is."""
    parts = parsed(path)
    try:
        written = in_state(kind, path)
    except NoSuchPath:
        known = [field.state for field in kind.shape.fields]
        hint = near_miss(str(parts[0]), known) if parts and parts[0] not in known else ""
        return f"{path} names no property and has no effect" + (f"; {hint}" if hint else "")
    return None if parsed(written) == parts else f"{path} names no property and has no effect; write {written}"


def _joined(above: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{above}[{key}]"
    if key == _ANY or _PLAIN.fullmatch(key):
        return f"{above}.{key}" if above else key
    return above + '["{}"]'.format(key.replace('"', '\\"'))


def _step(shape: Shape, above: str, part: str | int) -> tuple[str | int, Shape]:
    """A part as the state has it, and the shape of what it leads to."""
    if shape.name == "block":
        if part == _ANY:
            below = tuple(field for block in shape.fields for field in block.shape.fields)
            return part, Shape("block", fields=below, type_name=_ANY)
        field = next((field for field in shape.fields if part in (field.name, field.state)), None)
        if field:
            return field.state, field.shape
        if not shape.fields or shape.type_name == _ANY or str(part).startswith(_ENGINES):
            return part, _UNKNOWN
        raise NoSuchPath(f"there is no property {part}; {near_miss(str(part), (field.name for field in shape.fields))}")
    if shape.name == "map" and isinstance(part, str):
        return part, shape.item or _UNKNOWN
    if shape.name == "list" and (part == _ANY or isinstance(part, int)):
        return part, shape.item or _UNKNOWN
    if shape.name == "list":
        raise NoSuchPath(f"{above} is a list, whose items are `{above}[0]` or, for each, `{above}[*]`")
    raise NoSuchPath(f"there is nothing below {above}")


def parsed(path: str) -> list[str | int]:
    """The parts of a path; none if it cannot be read. Quotes may be single ones, as Python has them."""
    parts: list[str | int] = []
    at = 0
    while at < len(path):
        found = _PART.match(path, at)
        if not found or path[0] == ".":
            return []
        at = found.end()
        if found["index"]:
            parts.append(_ANY if found["index"] == _ANY else int(found["index"]))
        else:
            texts = (found["name"], found["double"], found["single"])
            parts.append(next(text for text in texts if text is not None).replace('\\"', '"'))
    return parts


def leads_to(path: str, other: str) -> bool:
    """Whether a path leads to what stands at another one: to it, or to something above it. `*` stands for any key or index."""
    parts, others = parsed(path), parsed(other)
    return (
        bool(parts)
        and len(parts) <= len(others)
        and all(part in (_ANY, at) for part, at in zip(parts, others, strict=False))
    )
