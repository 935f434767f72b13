"""The reference pages: one a resource, one for all functions, in Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pulumi_scalekit.model.field import Field, Shape
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.sentences import described

_PLAIN: dict[str, str] = {"text": "str", "flag": "bool", "number": "int", "any": "any type"}
_HEAD = "<!-- Generated from the resources by `make generated`. Do not edit. -->\n\n"
_HOW_TO_READ = """\
Types are those of Python.
Where a property has two names, the first is Python's, and the second that of the other languages and of the state.
Behind the type stands what else is known of the property:

- **required**: it has to be declared.
- replaces: changing it replaces the resource.
- secret: it is encrypted in the state.
- not imported: `pulumi import` leaves it out of the program, because Scalekit may have filled it in."""


def file_of(kind: Kind) -> str:
    """The file of a resource's page."""
    return kind.words.replace(" ", "-") + ".md"


def table(kinds: Sequence[Kind]) -> str:
    """The resources in one table, for the README."""
    rows = [f"| [{kind.name}](docs/reference/{file_of(kind)}) | {_first(kind.description)} |" for kind in kinds]
    return "| Resource | What it is |\n|---|---|\n" + "\n".join(rows) + "\n"


def index(kinds: Sequence[Kind], functions: Sequence[Function[Any]]) -> str:
    """The reference's first page."""
    rows = "\n".join(f"- [{kind.name}]({file_of(kind)}): {_first(kind.description)}" for kind in kinds)
    listed = "\n".join(
        f"- [{function.name}](functions.md#{function.name.lower()}): {_first(function.description)}"
        for function in functions
    )
    return f"{_HEAD}# Reference\n\n{_HOW_TO_READ}\n\n## Resources\n\n{rows}\n\n## Functions\n\n{listed}\n"


def page(kind: Kind) -> str:
    """The page of a resource."""
    parts = [f"# {kind.name}", kind.description]
    if kind.api.unpublished:
        parts.append("> Rests on endpoints that Scalekit has not published.")
    parts.append(f"Type: `{kind.token}`; with the dynamic provider `{kind.dynamic_token}`.")
    parts += ["## Inputs", _inputs(kind.inputs, kind)]
    parts += ["## Outputs", _properties(kind.outputs)]
    for shape in (given := list(_blocks(kind.inputs))):
        parts += [f"## {shape.type_name}", shape.description, _inputs(shape.fields)]
    for shape in _blocks(kind.outputs):
        if shape not in given:
            parts += [f"## {shape.type_name}", shape.description, _properties(shape.fields)]
    parts += ["## Import and get", _importing(kind)]
    return _HEAD + "\n\n".join(part for part in parts if part) + "\n"


def functions(functions: Sequence[Function[Any]]) -> str:
    """The page of all functions."""
    parts, answered = ["# Functions"], dict[str, Shape]()
    for function in functions:
        parts += [f"## {function.name}", function.description, _in_python(function)]
        if function.inputs:
            parts.append("Arguments:\n\n" + _properties(function.inputs))
        parts.append("Answer:\n\n" + _keys(function.outputs))
        answered |= {shape.type_name: shape for shape in _blocks(function.outputs)}
    for name, shape in sorted(answered.items()):
        parts += [f"## {name}", shape.description, _keys(shape.fields)]
    return _HEAD + "\n\n".join(parts) + "\n"


def _in_python(function: Function[Any]) -> str:
    name = f"scalekit.{function.python_name}"
    return f"In Python: `{name}(…)`, or `{name}_output(…)`, which takes outputs as arguments and gives an output."


def _inputs(fields: Sequence[Field], kind: Kind | None = None) -> str:
    return "\n".join(f"- {_names(field)} ({_traits(field, kind)}): {described(field, kind)}" for field in fields)


def _properties(fields: Sequence[Field]) -> str:
    return "\n".join(f"- {_names(field)} ({_traits(field, None)}): {field.description}" for field in fields)


def _keys(fields: Sequence[Field]) -> str:
    """The keys of an answer, of which it says nothing how a resource would treat them."""
    return _properties([replace(field, server_default=False) for field in fields])


def _names(field: Field) -> str:
    """Its name in Python, and in the other languages where that differs."""
    return f"`{field.name}`" if field.state == field.name else f"`{field.name}` / `{field.state}`"


def _traits(field: Field, kind: Kind | None) -> str:
    traits = [_shape(field.shape)]
    if field.required and not field.output:
        traits.append("**required**")
    if field.secret:
        traits.append("secret")
    if kind and field.name in kind.replacing:
        traits.append("replaces")
    if field.server_default is True:
        traits.append("not imported")
    elif field.server_default:
        traits.append(f"not imported if {' or '.join(f'`{name}`' for name in field.server_default)} is set")
    return ", ".join(traits)


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


def _blocks(fields: Sequence[Field]) -> Iterator[Shape]:
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


def _importing(kind: Kind) -> str:
    above = [f"<{name}>" for name in kind.api.parameters if name != kind.api.setting_of]
    forms = ["/".join([*above, f"<{kind.api.setting_of or 'id'}>" if kind.api.setting_of in kind.by_name else "<id>"])]
    forms += [f"{prefix}:<{kind.api.unique}>" for prefix in kind.api.lookups or ()]
    text = " or ".join(f"`{form}`" for form in forms)
    command = f"pulumi import {kind.token} NAME ID"
    once = [field.name for field in kind.outputs if field.create_only]
    note = f" {', '.join(f'`{name}`' for name in once)} is shown once and is absent after an import." if once else ""
    return (
        f"The id is {text}: `{command}`, or `scalekit.{kind.name}.get({json.dumps('name')}, id)`.{note}{_listing(kind)}"
    )


def _listing(kind: Kind) -> str:
    if not kind.is_listable:
        return ""
    flags = [(f"--{name.replace('_', '-')} …", needed) for name, needed in kind.list_inputs.items()]
    command = " ".join([kind.token, "list", *(flag if needed else f"[{flag}]" for flag, needed in flags)])
    # Without the path, the engine looks for a published package.
    return f"\n\n`pulumi do --package .venv/bin/pulumi-resource-scalekit {command}` lists the ids."


def _first(text: str) -> str:
    return text.replace("\n", " ").split(". ")[0].rstrip(".") + "."
