"""A broken rule: at its property, in our words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.model import text
from pulumi_scalekit.model.field import Field
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import near_miss

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True)
class Failure:
    """One broken rule.

    Attributes:
        path: The property in the words of the state: `oidc.clientId`, `scopes[1]`.
        reason: What is wrong and what would be right. Never holds a secret.

    """

    path: str
    reason: str


def failure(kind: Kind, error: ErrorDetails) -> Failure:
    """What pydantic found, said to a person."""
    at = [str(part) if not isinstance(part, int) else part for part in error["loc"] if part != "[key]"]
    field, known = _find(kind, at)
    name = str(at[-1]) if at else ""
    if error["type"] == "missing" and at[:-1] == [] and name in (*kind.api.parameters, kind.api.setting_of):
        return Failure(state_path(kind, at), _no_reference(name))
    if isinstance(error["input"], str) and (reason := text.refused(error["input"])):
        # What it was meant to be says more than how long it came out.
        return Failure(state_path(kind, at), f"{name} {reason}")
    return Failure(state_path(kind, at), _words(error, field, name, known))


def _no_reference(name: str) -> str:
    """Why a reference to another object is missing. The engine also leaves out what a failed or untargeted resource would give."""
    return (
        f"{name} is missing: either the program does not give it, or what it comes from does not exist yet, because its "
        f"create failed or `--target` left it out"
    )


def _find(kind: Kind, at: list[Any]) -> tuple[Field | None, tuple[str, ...]]:
    """The field at a path, and the names that would be known where it ends."""
    fields, field = kind.inputs, None
    for part in at:
        if isinstance(part, int):
            continue
        found = next((field for field in fields if field.name == part), None)
        if not found:
            break
        field = found
        fields = found.shape.fields or (found.shape.item.fields if found.shape.item else ())
    return field, tuple(field.name for field in fields)


def state_path(kind: Kind, at: list[Any]) -> str:
    """A path in Python's names in the words of the state."""
    text, shape = "", kind.shape
    for part in at:
        field = shape.by_name.get(part)
        if isinstance(part, int):
            text += f"[{part}]"
        elif field:
            text += ("." if text else "") + field.state
        else:
            text += ("." if text else "") + str(part) if re.fullmatch(r"\w+", str(part)) else f'["{part}"]'
        if field:
            shape = field.shape.item or field.shape
    return text


_OBJECT = "must be an object with keys"
_SENTENCES = {
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


def _words(error: ErrorDetails, field: Field | None, name: str, known: tuple[str, ...]) -> str:
    context: dict[str, Any] = error.get("ctx") or {}
    low, high = context.get("min_length"), context.get("max_length")
    long = isinstance(error.get("input"), str) and f", and this one has {len(error['input'])}"
    subject = "a key" if "[key]" in error["loc"] else f"each of {field.name}" if field and name.isdigit() else name
    if error["type"] in _SENTENCES:
        return f"{subject} {_SENTENCES[error['type']].format(**context)}"
    match error["type"]:
        case "missing":
            return f"{name} is required"
        case "extra_forbidden":
            return f"there is no property {name}; {near_miss(name, known)}"
        case "string_too_short" if low == 1:
            return f"{subject} must not be empty"
        case "string_too_short":
            return f"{subject} must have at least {low} characters{long or ''}"
        case "string_too_long":
            return f"{subject} may have at most {high} characters{long or ''}"
        case "too_long":
            what = "pairs" if field and field.shape.name == "map" else "items"
            return f"{name} may have at most {high} {what}, and this one has {len(error['input'])}"
        case "too_short" if low == 1:
            return f"{name} must not be empty"
        case "too_short":
            return f"{name} must have at least {low} items"
        case "literal_error":
            values = field.shape.values or (field.shape.item.values if field.shape.item else ()) if field else ()
            return f"{subject} must be one of {', '.join(values)}"
        case "pattern":
            return f"{subject} {error['msg']}"
        case _:
            return error["msg"]
