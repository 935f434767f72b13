"""How a function is declared from a result class, and called from a Python program."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import pulumi

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.declare import field_of
from pulumi_scalekit.lifecycle import Environment
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import HAND_BACK, Field, Kind, Shape, Values
from pulumi_scalekit.model.setting import OF_A_PROVIDER
from pulumi_scalekit.provider.configuration import environment
from pulumi_scalekit.provider.program_error import message_alone
from pulumi_scalekit.provider.registration import Provider, judge_configuration

R = TypeVar("R")

ID = Field("id", Shape("text"), "The API's id.", wire="id", required=True, output=True)


def argument(name: str, annotation: Any, description: str, *, required: bool = False, **words: Any) -> Field:
    """An argument of a function. A text that is empty is refused: it is a variable that nobody set."""
    field = field_of(name, annotation, description, required=required, **words)
    return dataclasses.replace(field, length=(1, None), clear=HAND_BACK) if field.shape.name == "text" else field


def keys(result: type, kind: Kind | None = None, **described: str) -> tuple[Field, ...]:
    """The keys of an answer, from the annotations of its result class.

    Args:
        result: A dataclass.
        kind: The resource whose object it shows: a property of the same name has the same shape and description.
        **described: Descriptions of the other keys.

    """
    found = []
    for name, annotation in inspect.get_annotations(result).items():
        always = type(None) not in get_args(annotation)
        if kind and name in kind.by_name:
            found.append(dataclasses.replace(kind.by_name[name], required=always, output=True))
        elif name == "id":
            found.append(ID)
        else:
            found.append(field_of(name, annotation, described[name], required=always, output=True))
    return tuple(found)


def items(name: str, description: str, result: type, fields: tuple[Field, ...]) -> Field:
    """A key that holds a list of results."""
    words = inspect.cleandoc(result.__doc__ or "")
    item = Shape("block", fields=fields, type_name=result.__name__, description=words)
    return Field(name, Shape("list", item=item), description, wire=name, required=True, output=True)


def ask(function: Function, provider: Provider | None, /, **arguments: Any) -> Values:
    """Call a function from a program, with the stack's configuration or that of an explicit provider.

    Raises:
        ScalekitError: An argument is wrong, or Scalekit refused.

    """
    given = {name: value for name, value in arguments.items() if value is not None}
    if late := [name for name, value in given.items() if _is_late(value)]:
        raise message_alone(
            ScalekitError(
                f"{function.name}: {', '.join(late)} is an output, and a function of the dynamic provider answers at once. "
                f"Give it a plain value, or call it where the value is known: `output.apply(lambda known: …)`."
            )
        )
    try:
        return answer(function, _environment(provider), given)
    except ScalekitError as error:
        raise message_alone(error) from None


def _is_late(value: Any) -> bool:
    return isinstance(value, pulumi.Output) or inspect.isawaitable(value)


def answer(function: Function, environment: Environment, arguments: Values) -> Values:
    """Judge the arguments and ask.

    Raises:
        ScalekitError: An argument is wrong, or Scalekit refused.

    """
    judged, failures = lifecycle.check(function.arguments, {}, arguments)
    if failures:
        raise ScalekitError(f"{function.name}: " + "; ".join(f"{one.reason} ({one.path})" for one in failures))
    return function.run(environment, judged)


def _environment(provider: Provider | None) -> Environment:
    if provider is None:
        judge_configuration()
        config = pulumi.Config("scalekit")
        keys = (one.key for one in OF_A_PROVIDER)
        return environment({f"scalekit:{key}": value for key in keys if (value := config.get(key)) is not None})
    if late := [key for key, value in provider.settings.items() if _is_late(value)]:
        raise ScalekitError(
            f"a function needs the settings of its provider at once, and {', '.join(late)} is an output. "
            f"Give the provider plain values, or leave it out."
        )
    return environment({f"scalekit:{key}": str(value) for key, value in provider.settings.items()})


def shown(build: Callable[..., R], fields: tuple[Field, ...], found: Mapping[str, Any]) -> R:
    """A result object: what the answer does not hold is None."""
    return build(**{field.name: found.get(field.name) for field in fields})
