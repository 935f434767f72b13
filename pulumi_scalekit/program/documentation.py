"""The docstring and the signature of a resource, from its kind: what `help()` and interactive editors show.

They are written when somebody asks for them, and not at import: no `pulumi up` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import Parameter, Signature
from typing import Protocol

from pulumi_scalekit.model.field import Field
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.sentences import described
from pulumi_scalekit.program.python_types import input_type, read_type


class _Documented(Protocol):
    kind: Kind


class Docstring:
    """Stands in a class as its `__doc__`."""

    def __get__(self, instance: object, owner: type[_Documented]) -> str:
        return docstring(owner.kind)


class ConstructorSignature:
    """Stands in a class as its `__signature__`."""

    def __get__(self, instance: object, owner: type[_Documented]) -> Signature:
        return signature(owner.kind)


def docstring(kind: Kind) -> str:
    """What the resource is, and every property with its type, its description, and what a change and a removal mean."""
    arguments = [
        "resource_name (str, required): Its name in this program.",
        "opts (ResourceOptions, optional): Pulumi's options.",
    ]
    arguments += _inputs(kind.inputs, kind)
    outputs = ["id (Output[str]): Its id."]
    outputs += [f"{field.name} (Output[{read_type(field)}]): {field.description}" for field in kind.outputs]
    again = "Each argument is an output too; its value is None if the argument was left out."
    return f"{kind.description}\n\n{_section('Args', arguments)}\n\n{again}\n\n{_section('Attributes', outputs)}\n"


def _section(title: str, lines: Sequence[str]) -> str:
    return f"{title}:\n" + "\n".join(f"    {line}" for line in lines)


def _inputs(fields: Sequence[Field], kind: Kind | None = None) -> Iterator[str]:
    for field in fields:
        traits = [input_type(field).removesuffix(" | None"), *(["secret"] if field.secret else [])]
        traits.append("required" if field.required else "optional")
        yield f"{field.name} ({', '.join(traits)}): {described(field, kind)}"
        shape = field.shape.item or field.shape
        yield from (f"    {line}" for line in _inputs(shape.fields))


def signature(kind: Kind) -> Signature:
    """The constructor, as `dataclass_transform` makes type checkers see it."""
    parameters = [
        Parameter("resource_name", Parameter.POSITIONAL_OR_KEYWORD, annotation="str"),
        Parameter("opts", Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation="ResourceOptions | None"),
    ]
    parameters += [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.required else None,
            annotation=input_type(field),
        )
        for field in kind.inputs
    ]
    return Signature(parameters)
