"""What may be declared: each rule of the API, said to a person at the exact property, before anything is sent.

pydantic judges; the words are ours. An unknown value passes every rule.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
)
from pydantic import (
    Field as Constraint,
)
from pydantic_core import PydanticCustomError

from pulumi_scalekit.model import judge, sentences, text
from pulumi_scalekit.model.check_failures import Failure, failure
from pulumi_scalekit.model.compare import in_order_of, is_empty, same
from pulumi_scalekit.model.field import REFUSE, RELEASE, SEND_NULL, UNKNOWN, Field, Shape, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.walk import pairs, zip_with

__all__ = ["Failure", "check"]


def check(kind: Kind, old: Values, new: Values) -> tuple[Values, list[Failure]]:
    """Normalise the declared inputs and judge them.

    Args:
        kind: The resource's description.
        old: The inputs in the state; empty for a create.
        new: The inputs in the program.

    Returns:
        The inputs as they are sent: blanks around texts taken off, sets sorted, numbers whole, in the one spelling of
        their kind, or in the old one what means the same as before; and every text, list, map or key that was declared
        before and is not any more as empty, so that the preview shows what is cleared. And the broken rules.

    """
    try:
        given = {name: value for name, value in new.items() if value is not None}
        values = _values(_model(kind).model_validate(text.trimmed(kind.shape, old, given)))
    except ValidationError as error:
        return new, [failure(kind, problem) for problem in error.errors(include_url=False, include_context=True)]
    for change in (_normal, _in_order, _respelled):
        values = zip_with(kind.shape, old, values, change)
    failures: list[Failure] = []
    replaced = any(name in old and not _equal(kind, name, old, values) for name in kind.replacing)
    if not replaced:
        # A replacement starts from nothing: there is no value to clear.
        failures += _clear(kind.shape, old, values)
        failures += _settled(kind, old, values)
    failures += judge.broken(kind, old, values)
    return values, failures


def _equal(kind: Kind, name: str, old: Values, new: Values) -> bool:
    return same(kind.by_name[name], old.get(name), new.get(name))


def _clear(shape: Shape, old: Values, new: Values) -> list[Failure]:
    """Put the clear value where something was declared before; refuse where the API cannot clear it."""
    failures: list[Failure] = []
    for pair in pairs(shape, old, new):
        field, was_set = pair.field, not is_empty(pair.old)
        if pair.new is None and pair.old is not None and not field.output and not field.provider_only:
            if field.clear is REFUSE:
                falls = field.falls_with and pair.block.get(field.falls_with[0]) == field.falls_with[1]
                if was_set and not falls:
                    advice = field.clear_advice or "Keep it in the program, or declare another value."
                    failures.append(Failure(pair.path, f"Scalekit cannot clear {field.name} once it is set. {advice}"))
            elif field.clear is not RELEASE and field.clear is not SEND_NULL:
                pair.block[field.name] = field.clear
        elif field.clear is REFUSE and is_empty(pair.new) and was_set:
            reason = f"Scalekit cannot clear {field.name} once it is set. {field.clear_advice}".strip()
            failures.append(Failure(pair.path, reason))
    return failures


def _settled(kind: Kind, old: Values, new: Values) -> list[Failure]:
    """Refuse another value where one is set that stays."""
    return [
        Failure(field.name, sentences.stayed(field, old[field.name]))
        for field in kind.inputs
        if field.settled and not is_empty(old.get(field.name)) and new.get(field.name) not in (None, UNKNOWN)
        if not _equal(kind, field.name, old, new)
    ]


def _normal(field: Field, _: Any, new: Any) -> Any:
    """The one spelling of a text that may be spelled in several ways."""
    if field.normal and isinstance(new, str):
        return field.normal(new)
    if field.normal and isinstance(new, list):
        return [field.normal(item) if isinstance(item, str) else item for item in new]
    return new


def _in_order(field: Field, old: Any, new: Any) -> Any:
    """What is a set in one order, the same at a preview and at the update after it: a saved plan holds them together."""
    if field.unordered and isinstance(new, list):
        return in_order_of(old if isinstance(old, list) else [], new)
    return new


def _respelled(field: Field, old: Any, new: Any) -> Any:
    """The old spelling of what means the same: an engine without a verdict of ours compares spellings."""
    return old if old is not None and old != new and same(field, old, new) else new


def _pass_unknown(value: Any, judge: ValidatorFunctionWrapHandler) -> Any:
    return value if value is UNKNOWN or value is None else judge(value)


def _no_flag(value: Any) -> Any:
    """In Python True is an int, for type checkers and pydantic too: a life of a second would come of it."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "a flag")
    return value


def _type(field: Field | None, shape: Shape) -> Any:
    """The pydantic type that judges a shape, constraints of the field included."""
    base: Any
    match shape.name:
        case "text":
            low, high = (field and field.length) or (None, None)
            base = Annotated[str, Constraint(min_length=low, max_length=high, strict=True)]
            if field and field.pattern:
                base = Annotated[base, AfterValidator(_matches(field))]
        case "flag":
            base = bool
        case "number":
            low, high = (field and field.between) or (None, None)
            base = Annotated[int, BeforeValidator(_no_flag), Constraint(ge=low, le=high)]
        case "enum":
            base = Literal[shape.values]
        case "list":
            low, high = (field and field.items) or (None, None)
            item = _type(field if shape.item and shape.item.name == "text" else None, shape.item or Shape("text"))
            base = Annotated[list[item], Constraint(min_length=low, max_length=high)]  # type: ignore[valid-type]
        case "map":
            low, high = (field and field.keys) or (1, None)
            key = Annotated[str, Constraint(min_length=low, max_length=high)]
            item = _type(field if shape.item and shape.item.name == "text" else None, shape.item or Shape("text"))
            low, high = (field and field.items) or (None, None)
            base = Annotated[dict[key, item], Constraint(min_length=low, max_length=high)]  # type: ignore[valid-type]
        case "block":
            base = _block_model(shape)
    return Annotated[base, WrapValidator(_pass_unknown)]


def _empty_passes(field: Field) -> bool:
    """Whether the program may say "empty" for "cleared"."""
    return not field.required and field.clear == ""


def _matches(field: Field) -> Any:
    pattern = re.compile(field.pattern or "")

    def judge(value: str) -> str:
        if not pattern.fullmatch(value):
            raise PydanticCustomError(
                "pattern", "{words}", {"words": field.pattern_words or f"must match {field.pattern}"}
            )
        return value

    return judge


def _allow_empty(value: Any, judge: ValidatorFunctionWrapHandler) -> Any:
    return value if value == "" else judge(value)


@cache
def _model(kind: Kind) -> type[BaseModel]:
    addressing = (*kind.api.parameters, kind.api.setting_of)
    # A part of an address is never empty; what it may be otherwise is the business of whoever gave the id.
    fields = tuple(
        replace(field, length=field.length or (1, None)) if field.name in addressing else field for field in kind.inputs
    )
    return _block_model(Shape("block", fields=fields, type_name=kind.name))


def _block_model(shape: Shape) -> type[BaseModel]:
    members: dict[str, Any] = {}
    for field in shape.fields:
        judged = _type(field, field.shape)
        if _empty_passes(field):
            judged = Annotated[judged, WrapValidator(_allow_empty)]
        # pydantic keeps some names for itself, so the member has another name than the property.
        members[f"p_{field.name}"] = (judged, Constraint(... if field.required else None, alias=field.name))
    return create_model(shape.type_name or "Block", __config__=ConfigDict(extra="forbid"), **members)


def _values(judged: BaseModel) -> Values:
    # Not model_dump: it would warn at an unknown value.
    given = [name for name in type(judged).model_fields if name in judged.model_fields_set]
    found = {name.removeprefix("p_"): _value(getattr(judged, name)) for name in given}
    return {name: value for name, value in found.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _values(value)
    return [_value(item) for item in value] if isinstance(value, list) else value
