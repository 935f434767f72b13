"""Property paths in a resource's options, as `ignore_changes` has them: read by Pulumi's rules, written in the state's names.

A Python program writes `oidc.client_id`, `oidc["client_id"]` or, as a preview shows it, `oidc.clientId`; the engine knows only
the last one, and passes over a path that leads nowhere without a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pulumi import ResourceOptions

from pulumi_scalekit.model.field import Shape
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.provider.program_error import message_alone, near_miss

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
_OPTIONS = ("ignore_changes", "replace_on_changes", "hide_diffs", "additional_secret_outputs")
_ANY = "*"
_ENGINES = ("__", "#")
"""How names begin that are the engine's own: `__provider`, `#initerror`."""
_UNKNOWN = Shape("block")
"""Something of which nothing is known."""


def in_state(kind: Kind, name: str, opts: ResourceOptions) -> None:
    """Write the property paths in a resource's options as the state has them.

    Args:
        kind: The resource's description.
        name: Its name in the program.
        opts: Its options, which are changed.

    Raises:
        ValueError: A path names no property.

    """
    for option in _OPTIONS:
        paths: Any = getattr(opts, option, None)
        if not paths:
            continue
        where = f'{kind.name} "{name}": {option}'
        if isinstance(paths, str) or not isinstance(paths, Sequence):
            raise message_alone(TypeError(f"{where} must be a list of property paths"))
        written = [_written(kind, f"{where}: {path}", path) for path in paths]
        if option == "additional_secret_outputs" and (deep := [path for path in written if not _PLAIN.fullmatch(path)]):
            raise message_alone(
                ValueError(f"{where}: {', '.join(deep)} is part of a property, and Pulumi encrypts whole ones here")
            )
        setattr(opts, option, written)


def _written(kind: Kind, where: str, path: Any) -> str:
    if not isinstance(path, str):
        raise message_alone(TypeError(f"{where} must be text"))
    parts = parsed(path)
    if not parts:
        raise _wrong(where, 'no property path is written so; write `oidc.client_id`, `metadata["tier"]` or `scopes[0]`')
    shape, text = kind.shape, ""
    for part in parts:
        key, shape = _step(where, shape, text, part)
        text = _joined(text, key)
    return text


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
        written = _written(kind, path, path)
    except ValueError:
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


def _step(where: str, shape: Shape, above: str, part: str | int) -> tuple[str | int, Shape]:
    """A part as the state has it, and the shape of what it leads to."""
    if shape.name == "block":
        if part == _ANY:
            below = tuple(field for one in shape.fields for field in one.shape.fields)
            return part, Shape("block", fields=below, type_name=_ANY)
        field = next((field for field in shape.fields if part in (field.name, field.state)), None)
        if field:
            return field.state, field.shape
        if not shape.fields or shape.type_name == _ANY or str(part).startswith(_ENGINES):
            return part, _UNKNOWN
        raise _wrong(where, f"there is no property {part}; {near_miss(str(part), (one.name for one in shape.fields))}")
    if shape.name == "map" and isinstance(part, str):
        return part, shape.item or _UNKNOWN
    if shape.name == "list" and (part == _ANY or isinstance(part, int)):
        return part, shape.item or _UNKNOWN
    if shape.name == "list":
        raise _wrong(where, f"{above} is a list, whose items are `{above}[0]` or, for each, `{above}[*]`")
    raise _wrong(where, f"there is nothing below {above}")


def _wrong(where: str, reason: str) -> ValueError:
    return message_alone(ValueError(f"{where}: {reason}"))


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
