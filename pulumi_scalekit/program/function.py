"""How a function is declared: one def, whose signature and docstring are the whole declaration.

    @function(Role.kind)
    def get_role(environment: Environment, *, name: str) -> RoleResult:
        ...

Its name and its arguments are the signature's, what they mean stands in the docstring, in Google's form, and the keys of its
answer are those of the class that it returns. `functions/calls/`, which `make generated` writes, holds the two forms that a
program calls: `get_role(name=…)`, and `get_role_output(name=…)`, which takes outputs.
"""

import dataclasses
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pulumi_scalekit.api.errors import NotFound
from pulumi_scalekit.model.field import RELEASE, Field, Shape, Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.program.annotations import field_of
from pulumi_scalekit.program.docstring import section, summary

R = TypeVar("R")

_ID = Field("id", Shape("text"), "The API's id.", wire="id", required=True, output=True)


def words(**words: Any) -> dict[str, Any]:
    """More words of `Field` for an argument or a key.

    As in `redirect_uri: Annotated[str, words(rule=address.target)]`.
    """
    return words


def function(
    kind: Kind | None = None,
    *,
    rule: Callable[[Values], list[tuple[str, str]]] | None = None,
    writes: bool = False,
    local: bool = False,
) -> Callable[[Callable[..., R]], Function[R]]:
    """Declare a function.

    Args:
        kind: The resource whose objects it answers with: a key of the same name has the same shape and description.
        rule: A rule between arguments: (path in Python's names, reason).
        writes: It makes something in Scalekit: a preview does not call it.
        local: It is computed from its arguments alone: its first parameter is not the environment, but `warn`, which shows
            the user a text.

    """

    def declare(call: Callable[..., R]) -> Function[R]:
        signature = inspect.signature(call)
        described = section(call, "Args")
        _, *arguments = signature.parameters.values()
        result = signature.return_annotation
        head, *tail = call.__name__.split("_")
        item = _item(result)
        return Function(
            head + "".join(word.title() for word in tail),
            summary(call),
            tuple(_argument(argument, described[argument.name]) for argument in arguments),
            (_list(result, item, kind),) if item else _keys(result, kind),
            _advised(call),
            result,
            item,
            rule,
            writes,
            local,
        )

    return declare


def _advised(call: Callable[..., R]) -> Callable[..., R]:
    """The call, whose 404 speaks of its arguments: there is no state that a refresh could bring up to date."""

    @wraps(call)
    def advised(*given: Any, **arguments: Any) -> R:
        try:
            return call(*given, **arguments)
        except NotFound as error:
            if error.advice == NotFound.advice:
                error.advice = (
                    "Check what is asked for: it is not there, or in another environment than scalekit:environmentUrl"
                )
            raise

    return advised


def _argument(parameter: inspect.Parameter, description: str) -> Field:
    """An argument. A text that is empty is refused: it is a variable that nobody set."""
    annotation, more = _annotated(parameter.annotation)
    required = parameter.default is inspect.Parameter.empty
    field = field_of(parameter.name, annotation, description, required=required, **more)
    return dataclasses.replace(field, length=(1, None), clear=RELEASE) if field.shape.name == "text" else field


def _item(result: type) -> type | None:
    """The class of one object, where an answer is a list of them."""
    listed = next((base for base in getattr(result, "__orig_bases__", ()) if get_origin(base) is list), None)
    return get_args(listed)[0] if listed else None


def _list(result: type, item: type, kind: Kind | None) -> Field:
    """The one key of an answer that is a list, by the name of the property that gives it."""
    name = next(name for name, value in vars(result).items() if isinstance(value, property))
    shape = Shape("block", fields=_keys(item, kind), type_name=item.__name__, description=summary(item))
    return Field(name, Shape("list", item=shape), f"The {name}.", wire=name, required=True, output=True)


def _keys(result: type, kind: Kind | None) -> tuple[Field, ...]:
    """The keys of an answer, from the annotations of its class and, where the kind does not say it or says less, its docstring."""
    described, found = section(result, "Attributes"), []
    for name, annotated in inspect.get_annotations(result).items():
        annotation, more = _annotated(annotated)
        always = type(None) not in get_args(annotation)
        if kind and name in kind.by_name and name not in described:
            found.append(dataclasses.replace(kind.by_name[name], required=always, output=True))
        elif name == "id":
            found.append(_ID)
        else:
            found.append(field_of(name, annotation, described[name], required=always, output=True, **more))
    return tuple(found)


def _annotated(annotation: Any) -> tuple[Any, dict[str, Any]]:
    if get_origin(annotation) is not Annotated:
        return annotation, {}
    plain, more = get_args(annotation)
    return plain, more
