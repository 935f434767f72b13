"""How a function is declared from a result class, and called from a Python program."""

import asyncio
import dataclasses
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar, get_args

import pulumi
from pulumi import CustomResource, InvokeOptions, InvokeOutputOptions, Output
from pulumi.output import UNKNOWN
from pulumi.runtime import is_dry_run

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import RELEASE, Field, Shape
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.setting import OF_A_PROVIDER
from pulumi_scalekit.program import mocks
from pulumi_scalekit.program.annotations import field_of
from pulumi_scalekit.program.configuration import judge_configuration
from pulumi_scalekit.program.errors import message_alone
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.remote.configuration import environment

R = TypeVar("R")

ID = Field("id", Shape("text"), "The API's id.", wire="id", required=True, output=True)


def argument(name: str, annotation: Any, description: str, *, required: bool = False, **words: Any) -> Field:
    """An argument of a function. A text that is empty is refused: it is a variable that nobody set."""
    field = field_of(name, annotation, description, required=required, **words)
    return dataclasses.replace(field, length=(1, None), clear=RELEASE) if field.shape.name == "text" else field


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


def invoke(function: Function[R], provider: Provider | None, opts: InvokeOptions | None, /, **arguments: Any) -> R:
    """Call a function from a program, with the stack's configuration or that of an explicit provider.

    In a unit test its mocks answer.

    Raises:
        ScalekitError: An argument is wrong, or Scalekit refused.

    """
    try:
        settings = _settings(function, provider, opts)
        _refuse_late(function, settings, "the settings of its provider", "give the provider plain values")
        _refuse_late(function, arguments, "its arguments", "give it plain values")
        return _answer(function, settings, arguments)
    except ScalekitError as error:
        raise message_alone(error) from None


def _refuse_late(function: Function[Any], given: Mapping[str, Any], what: str, otherwise: str) -> None:
    late = [name for name, value in given.items() if isinstance(value, Output) or inspect.isawaitable(value)]
    if late:
        raise ScalekitError(
            f"{function.name} needs {what} at once, and {', '.join(late)} is an output. Call "
            f"{function.python_name}_output, which waits for it, or {otherwise}."
        )


def invoke_output(
    function: Function[R], provider: Provider | None, opts: InvokeOptions | None, /, **arguments: Any
) -> Output[R]:
    """Call a function once its arguments, its provider's settings and what `opts` depends on are known.

    One that makes something is called by an update only.

    The answer is secret if an argument or a part of the answer is.

    Raises:
        ScalekitError: The provider is none of ours.

    """
    hidden = {f"scalekit:{setting.key}" for setting in OF_A_PROVIDER if setting.secret}
    settings = {
        # The answer holds none of them, so it is no secret because of them.
        key: Output.unsecret(Output.from_input(value)) if key in hidden else value
        for key, value in _settings(function, provider, opts).items()
    }

    def ask_now(known: dict[str, Any]) -> Awaitable[R]:
        # In a thread, so that the program goes on, and several are asked at the same time.
        return asyncio.to_thread(_answer, function, known["settings"], known["arguments"])

    after = _after(opts.depends_on) if isinstance(opts, InvokeOutputOptions) else None
    held_back = UNKNOWN if function.writes and is_dry_run() else None
    waits = {"after": after, "held_back": held_back}
    answer: Output[R] = Output.all(arguments=arguments, settings=settings, **waits).apply(ask_now)
    return Output.secret(answer) if any(field.secret for field in function.outputs) else answer


def _after(depends_on: Any) -> Output[Any]:
    """Known when each of the resources is there: during a preview, what is not created yet has no id."""

    def there(resources: Any) -> Output[Any]:
        listed = resources if isinstance(resources, Sequence) else [resources]
        return Output.all(*(one.id if isinstance(one, CustomResource) else one.urn for one in listed))

    return Output.from_input(depends_on).apply(lambda known: there(known) if known is not None else None)


def _answer(function: Function[R], settings: Mapping[str, Any], arguments: Mapping[str, Any]) -> R:
    """Judge the arguments and ask."""
    given = {name: value for name, value in arguments.items() if value is not None}
    judged, failures = lifecycle.check(function.arguments, {}, given)
    if failures:
        raise ScalekitError(f"{function.name}: " + "; ".join(f"{one.reason} ({one.path})" for one in failures))
    if test := mocks.current():
        return mocks.call(test, function, judged)
    config = {key: str(value) for key, value in settings.items() if value is not None}
    return function.result(function.run(environment(config), judged))


def _settings(function: Function[Any], provider: Provider | None, opts: InvokeOptions | None) -> dict[str, Any]:
    """The settings of the environment that is asked, by their full keys."""
    chosen = provider or _provider(function, opts)
    if chosen is not None:
        return {f"scalekit:{key}": value for key, value in chosen.settings.items()}
    judge_configuration()
    config = pulumi.Config("scalekit")
    keys = (one.key for one in OF_A_PROVIDER)
    return {f"scalekit:{key}": value for key in keys if (value := config.get(key)) is not None}


def _provider(function: Function[Any], opts: InvokeOptions | None) -> Provider | None:
    """The provider that the options name, or that the parent in them would hand on to a resource."""
    found: Any = opts.provider if opts else None
    for token in (function.token, f"pulumi-python:dynamic:{function.name}"):
        found = found or (opts.parent.get_provider(token) if opts and opts.parent else None)
    if found is not None and not isinstance(found, Provider):
        raise ScalekitError(f"{function.name}: the provider must be a scalekit.Provider, and {found!r} is none.")
    return found


def shown(build: Callable[..., R], fields: tuple[Field, ...], found: Mapping[str, Any]) -> R:
    """A result object: what the answer does not hold is None."""
    return build(**{field.name: found.get(field.name) for field in fields})
