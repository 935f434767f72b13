"""When two values of a property are the same, and what a read makes of a declared one.

| Question | Function |
|---|---|
| Do two values mean the same to the API? Unset is empty, spelling and a set's order do not count, unknown equals nothing | `same` |
| Does a change in the program have to be written? "Off" over nothing has to; what is handed back has not | `changed`, `changed_part` |
| Does what is there differ from what is declared? Only declared keys count, and no secret that no read shows | `differences` |
| What would the program say if it said what is there? For drift: the declared keys with the live values | `observed` |
| Does a value say "nothing is set"? "Off" says something | `is_empty` |
| May Scalekit have filled a value in by itself? | `has_server_default` |
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.model.field import RELEASE, SEND_NULL, UNKNOWN, Field, Shape, Values

if TYPE_CHECKING:
    from pulumi_scalekit.model.kind import Kind


def same(field: Field, one: Any, other: Any) -> bool:
    """Whether two values mean the same to the API. Unset and empty are the same; an unknown value equals nothing."""
    if holds_unknown(one) or holds_unknown(other):
        return False
    return bool(_canonical(field, one) == _canonical(field, other))


def holds_unknown(value: Any) -> bool:
    """Whether the value, or anything in it, is not known yet."""
    if isinstance(value, Mapping):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(holds_unknown(item) for item in value)
    return value is UNKNOWN


def _canonical(field: Field, value: Any) -> Any:
    match field.shape.name:
        case "text" if field.normal and isinstance(value, str):
            return field.normal(value) or None
        case "list":
            spell = field.normal or (lambda item: item)
            items = [_spelled(field.shape.item, spell(item) if isinstance(item, str) else item) for item in value or ()]
            return (sorted(items, key=repr) if field.unordered else items) or None
        case "map":
            return dict(value or {}) or None
        case "block":
            return _spelled(field.shape, value)
        case "number":
            return value
        case _:
            return value or None


def _spelled(shape: Shape | None, value: Any) -> Any:
    """A block without what is unset in it; anything else as it is."""
    if not shape or shape.name != "block":
        return value
    parts = {part.name: _canonical(part, (value or {}).get(part.name)) for part in shape.fields}
    return {name: part for name, part in parts.items() if part not in (None, False)} or None


def in_order_of(old: list[Any], new: list[Any]) -> list[Any]:
    """A set, each of its elements once and in its old place; what is new comes where an old element went, then at the end.

    Sorting would not do: an element that is not known at a preview has no place among the others, and had one afterwards.
    """
    elements = [item for at, item in enumerate(new) if item is UNKNOWN or item not in new[:at]]
    fresh = [item for item in elements if item not in old]
    placed = [item if item in elements else fresh.pop(0) for item in old if item in elements or fresh]
    return placed + fresh


def only_in(items: list[Any] | None, others: list[Any] | None) -> list[Any]:
    """The items of a list that another one does not have."""
    return [item for item in items or () if item not in (others or ())]


def changed(kind: Kind, old: Values, new: Values) -> list[str]:
    """The inputs that have to be written, in the order of the declaration. What is handed back is not."""
    return [field.name for field in kind.inputs if _must_write(field, old.get(field.name), new.get(field.name))]


def _must_write(field: Field, old: Any, new: Any) -> bool:
    if new is None:
        return field.clear is SEND_NULL and old is not None
    if old is None and new is False:
        # Nothing is known of a switch that was not declared: "off" has to be said.
        return True
    if same(field, old, new):
        return False
    if not isinstance(new, Mapping) or not isinstance(old, Mapping) or holds_unknown(new):
        return True
    if field.shape.name == "block":
        return any(_must_write(part, old.get(part.name), new.get(part.name)) for part in field.shape.fields)
    if field.by_key and field.clear is RELEASE:
        return any(old.get(key) != value for key, value in new.items())
    return True


def changed_part(field: Field, old: Any, new: Any) -> Any:
    """What of a changed value has to be sent: of a block only the keys that changed."""
    if field.shape.name != "block" or not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    return {
        part.name: changed_part(part, old.get(part.name), new[part.name])
        for part in field.shape.fields
        if part.name in new and _must_write(part, old.get(part.name), new[part.name])
    }


def changed_secrets(kind: Kind, old: Values, new: Values, names: Collection[str]) -> frozenset[str]:
    """The paths of the changed secrets in some properties that no read shows."""
    return frozenset(
        f"{name}.{part.name}"
        for name in names
        for part in kind.by_name[name].shape.fields
        if part.write_only and part.name in (changed_part(kind.by_name[name], old.get(name) or {}, new.get(name)) or {})
    )


def is_empty(value: Any) -> bool:
    """Whether a value says "nothing is set". A switch that is off says something."""
    return value is None or value in ("", [], {})


def has_server_default(field: Field, beside: Values | None, resource: Values | None = None) -> bool:
    """Whether Scalekit may have filled a value in.

    Args:
        field: The property or key.
        beside: What stands beside it.
        resource: The properties of the resource that it is in.

    """
    if field.given_with and (resource or {}).get(field.given_with[0]) == field.given_with[1]:
        return False
    if isinstance(field.server_default, bool):
        return field.server_default
    return any((beside or {}).get(name) for name in field.server_default)


def differences(field: Field, declared: Any, live: Any, beside: Values | None = None) -> Iterator[str]:
    """The paths below a field at which what was declared is not what is there. Only what is declared is looked at.

    What is empty in the program and filled in by Scalekit is no difference.
    """
    if field.write_only or declared is None or (field.sparse and live is None):
        return
    if is_empty(declared) and has_server_default(field, beside):
        return
    if field.shape.name == "block":
        for part in field.shape.fields:
            if part.name in declared:
                for path in differences(part, declared[part.name], (live or {}).get(part.name), live):
                    yield f"{field.name}.{path}"
    elif field.by_key:
        for key, value in declared.items():
            found = (live or {}).get(key)
            # A feature that the API does not name is off.
            if found != value and not (found is None and value is False):
                yield f"{field.name}.{key}"
    elif field.by_item:
        if not set(declared) <= set(live or ()):
            yield field.name
    elif not same(field, declared, live):
        yield field.name


def readable(field: Field, value: Any) -> Any:
    """A declared value without what no answer shows."""
    if field.write_only:
        return None
    if field.shape.name == "block" and isinstance(value, Mapping):
        return {part.name: readable(part, value[part.name]) for part in field.shape.fields if part.name in value}
    return value


_EMPTY: dict[str, Any] = {"text": "", "list": [], "map": {}, "flag": False}


def observed(kind: Kind, declared: Values, live: Values, stays: Collection[str] = ()) -> Values:
    """What the inputs of a resource are now: the declared keys, with what is there.

    Where what is there equals what was declared, the declared spelling stays, so that a read never shows a difference of
    form. Where the API holds nothing, a text, list or map becomes empty, and so stays declared. What is empty in the program
    stays empty where Scalekit fills it in, and where it is known that Scalekit keeps what was there (`stays`).
    """
    return {
        field.name: value
        for field in kind.inputs
        if field.name in declared and (value := _observed(field, declared, live, stays, field.name)) is not None
    }


def _observed(field: Field, declared_beside: Values, beside: Values, stays: Collection[str], path: str) -> Any:
    declared, live = declared_beside[field.name], beside.get(field.name)
    if field.provider_only or field.write_only or declared is None or (field.sparse and live is None):
        return declared
    if is_empty(declared) and (path in stays or has_server_default(field, beside)):
        return declared
    if field.shape.name == "block":
        block = {
            part.name: _observed(part, declared, live or {}, stays, f"{path}.{part.name}")
            for part in field.shape.fields
            if part.name in declared
        }
        return {name: value for name, value in block.items() if value is not None}
    if field.by_key:
        live = live or {}
        return {key: live.get(key, value) for key, value in declared.items() if key in live or value is False}
    if field.by_item:
        return [item for item in declared if item in (live or ())]
    if same(field, declared, live):
        return declared
    if live is None:
        return _EMPTY.get(field.shape.name)
    return in_order_of(declared, live) if field.unordered and isinstance(declared, list) else live


def secrets_in(shape: Shape, value: Any) -> Iterator[str]:
    """The texts in a value that are secret, or about a person: no message repeats them."""
    if shape.name == "block" and isinstance(value, Mapping):
        for field in shape.fields:
            inner = value.get(field.name)
            if (field.secret or field.personal) and isinstance(inner, str):
                yield inner
            elif field.shape.fields or field.shape.item:
                yield from secrets_in(field.shape, inner)
    elif shape.name == "list" and shape.item and isinstance(value, list):
        for item in value:
            yield from secrets_in(shape.item, item)
