"""Tables of properties: what each is called, what it may be, and what else is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulumi_scalekit.model.field import Field, Shape
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.sentences import described

_PLAIN: dict[str, str] = {"text": "str", "flag": "bool", "number": "int", "any": "any type"}

LEGEND = """\
Types are those of Python.
Where a property has two names, the first is Python's, and the second that of the other languages and of the state.
Under the type stands what else is known of the property:

- **required**: it has to be declared.
- replaces: changing it replaces the resource.
- secret: it is encrypted in the state.
- not returned: the API does not return it, so a change that is made elsewhere is not detected, and an import leaves it out.
- shown once: only the answer to the create has it; it is kept in the state, and absent after an import.
- not imported: `pulumi import` leaves it out of the program, because Scalekit may have filled it in.
- not sent: it steers the provider, or a single create or delete, and is nothing of the object."""


def inputs(fields: Sequence[Field], kind: Kind | None = None) -> str:
    """What may be declared: the inputs of a kind, or the keys of a block."""
    return _table([(_names(field), _type(field, kind), described(field, kind)) for field in fields])


def outputs(fields: Sequence[Field]) -> str:
    """What Scalekit adds."""
    return _table([(_names(field), _type(field), field.description) for field in fields])


def arguments(fields: Sequence[Field]) -> str:
    """What a function is asked with."""
    return outputs(fields)


def answer(fields: Sequence[Field]) -> str:
    """The keys of an answer, of which it says nothing how a resource would treat them."""
    rows = [(_names(one), _marked(one.shape, ["secret"] if one.secret else []), one.description) for one in fields]
    return _table(rows)


def blocks(fields: Sequence[Field]) -> Iterator[Shape]:
    """Every block that the fields hold, each once."""
    known: set[str] = set()

    def walk(shape: Shape | None) -> Iterator[Shape]:
        if shape is None or shape.type_name in known:
            return
        if shape.name == "block":
            known.add(shape.type_name)
            yield shape
        for field in shape.fields:
            yield from walk(field.shape)
        yield from walk(shape.item)

    for field in fields:
        yield from walk(field.shape)


def _table(rows: Sequence[tuple[str, str, str]]) -> str:
    lines = ["| " + " | ".join(" ".join(cell.split()).replace("|", r"\|") for cell in row) + " |" for row in rows]
    return "\n".join(["| Property | Type | What it is |", "|---|---|---|", *lines])


def _names(field: Field) -> str:
    """Its name in Python, and in the other languages where that differs."""
    return f"`{field.name}`" if field.state == field.name else f"`{field.name}`<br>`{field.state}`"


def _type(field: Field, kind: Kind | None = None) -> str:
    marks = {
        "**required**": field.required and not field.output,
        "replaces": bool(kind and field.name in kind.replacing),
        "secret": field.secret,
        "not returned": field.write_only,
        "shown once": field.create_only,
        "not sent": field.provider_only,
        "not imported": field.server_default is True,
    }
    told = [mark for mark, holds in marks.items() if holds]
    if isinstance(field.server_default, tuple) and field.server_default:
        told.append(f"not imported if {' or '.join(f'`{name}`' for name in field.server_default)} is set")
    return _marked(field.shape, told)


def _marked(shape: Shape, marks: Sequence[str]) -> str:
    return f"{_shape(shape)}<br>{', '.join(marks)}" if marks else _shape(shape)


def _shape(shape: Shape) -> str:
    match shape.name:
        case "enum":
            return "one of " + ", ".join(f"`{value}`" for value in shape.values)
        case "list":
            return f"list of {_shape(shape.item or Shape('text'))}"
        case "map":
            return f"dict of str to {_shape(shape.item or Shape('text'))}"
        case "block":
            return f"[{shape.type_name}](#{shape.type_name.lower()})"
        case name:
            return _PLAIN[name]
