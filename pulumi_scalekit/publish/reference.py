"""The reference pages: one a resource and one a function, in Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.sentences import first
from pulumi_scalekit.publish import example, properties

_HEAD = "<!-- Generated from the resources by `make generated`. Do not edit. -->\n\n"


def table(kinds: Sequence[Kind]) -> str:
    """The resources in one table, for the README."""
    rows = [f"| [{kind.name}](docs/reference/{kind.file_name}.md) | {first(kind.description)} |" for kind in kinds]
    return "| Resource | What it is |\n|---|---|\n" + "\n".join(rows) + "\n"


def index(kinds: Sequence[Kind], functions: Sequence[Function[Any]]) -> str:
    """The reference's first page."""
    parts = ["# Reference", "## Resources", _listed(kinds), "## Functions", _listed(functions)]
    parts += ["## How to read the tables", properties.LEGEND]
    return _page(parts)


def page(kind: Kind) -> str:
    """The page of a resource."""
    parts = [f"# {kind.name}", kind.description]
    parts += [example.in_page(kind.file_name), "## Inputs", _HOW_TO_READ, properties.inputs(kind.inputs, kind)]
    parts += ["## Outputs", "Beside the inputs and the `id`:", properties.outputs(kind.outputs)]
    for shape in (given := list(properties.blocks(kind.inputs))):
        parts += [f"## {shape.type_name}", shape.description, properties.inputs(shape.fields)]
    for shape in properties.blocks(kind.outputs):
        if shape not in given:
            parts += [f"## {shape.type_name}", shape.description, properties.outputs(shape.fields)]
    parts += ["## Import", *_importing(kind)]
    parts += ["## Type", f"`{kind.token}`; with the dynamic provider `{kind.dynamic_token}`."]
    return _page(parts)


def function_page(function: Function[Any]) -> str:
    """The page of a function."""
    parts = [f"# {function.name}", function.description, _in_python(function), example.in_page(function.file_name)]
    if function.inputs:
        parts += ["## Arguments", _HOW_TO_READ, properties.arguments(function.inputs)]
    parts += ["## Result", _result(function), properties.answer(function.outputs)]
    for shape in properties.blocks(function.outputs):
        parts += [f"## {shape.type_name}", shape.description, properties.answer(shape.fields)]
    return _page(parts)


_HOW_TO_READ = "[How to read the table](README.md#how-to-read-the-tables)."


def _page(parts: Sequence[str]) -> str:
    return _HEAD + "\n\n".join(part for part in parts if part) + "\n"


def _listed(all_: Sequence[Kind | Function[Any]]) -> str:
    return "\n".join(f"- [{one.name}]({one.file_name}.md): {first(one.description)}" for one in all_)


def _in_python(function: Function[Any]) -> str:
    name = f"scalekit.{function.python_name}"
    return f"In Python: `{name}(…)`, or `{name}_output(…)`, which takes outputs as arguments and gives an output."


def _result(function: Function[Any]) -> str:
    name = f"`scalekit.{function.result.__name__}`"
    return (
        f"In Python {name}, a list of `scalekit.{function.item.__name__}`:" if function.item else f"In Python {name}:"
    )


def _importing(kind: Kind) -> list[str]:
    parts = [f"```sh\n{command}\n```"] if (command := example.examples(kind.file_name).importing) else []
    above = [f"<{name}>" for name in kind.above]
    own = (
        "env_…"
        if kind.api.is_of_environment
        else f"<{kind.api.setting_of or 'id'}>"
        if kind.api.setting_of in kind.by_name
        else "<id>"
    )
    forms = [
        "/".join([*above, own]),
        *([own] if kind.api.optional else ()),
        *(f"{prefix}:<{kind.api.unique}>" for prefix in kind.api.lookups or ()),
    ]
    text = " or ".join(f"`{form}`" for form in forms)
    parts.append(f"The id is {text}. In Python `scalekit.{kind.name}.get({json.dumps('name')}, id)` takes it too.")
    if once := [field.name for field in kind.outputs if field.create_only]:
        parts.append(f"{', '.join(f'`{name}`' for name in once)} is shown once and is absent after an import.")
    if kind.is_listable:
        flags = [(f"--{name.replace('_', '-')} …", needed) for name, needed in kind.list_inputs.items()]
        command = " ".join([kind.token, "list", *(flag if needed else f"[{flag}]" for flag, needed in flags)])
        # Without the path, the engine looks for a published package.
        command = f"pulumi do --package .venv/bin/pulumi-resource-scalekit {command}"
        parts.append(f"This lists the ids:\n\n```sh\n{command}\n```")
    return parts
