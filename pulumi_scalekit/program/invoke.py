"""How a Python program calls a function: through the engine with the plugin and in unit tests, else in the program's process."""

import asyncio
import copy
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import pulumi
from pulumi import CustomResource, InvokeOptions, InvokeOutputOptions, Output
from pulumi.output import UNKNOWN
from pulumi.runtime import is_dry_run

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.setting import OF_A_PROVIDER
from pulumi_scalekit.model.walk import fold, whole
from pulumi_scalekit.program import mocks
from pulumi_scalekit.program.configuration import judge_configuration, uses_plugin
from pulumi_scalekit.program.errors import message_alone
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.program.values import to_input
from pulumi_scalekit.remote.configuration import environment

R = TypeVar("R")

_AROUND_THE_REASON = re.compile(r"^invoke of \S+ failed: (invocation of \S+ returned an error: )?")
"""The engine's words before a provider's."""


def invoke(function: Function[R], opts: InvokeOptions | None, /, **arguments: Any) -> R:
    """Call a function now.

    Raises:
        ScalekitError: An argument is wrong or an output, or Scalekit refused.

    """
    try:
        _refuse_late(function, arguments, "its arguments", "give it plain values")
        judged = _judged(function, arguments)
        settings = _settings(function, opts)
        _refuse_late(function, settings, "the settings of its provider", "give the provider plain values")
        if _through_engine(function):
            with _reason_alone():
                answer = pulumi.runtime.invoke(function.token, _in_state(function, judged), copy.copy(opts)).value
            return _answer_of(function, answer)
        return _answer(function, settings, judged)
    except ScalekitError as error:
        raise message_alone(error) from None


def invoke_output(
    function: Function[R], opts: InvokeOptions | InvokeOutputOptions | None, /, **arguments: Any
) -> Output[R]:
    """Call a function once its arguments, its provider's settings and what `opts` depends on are known.

    One that makes something is called by an update only.

    The answer is secret if an argument or a part of the answer is.

    Raises:
        ScalekitError: The provider is none of ours.

    """

    async def call(known: dict[str, Any]) -> R:
        try:
            judged = _judged(function, known["arguments"])
            if _through_engine(function):
                with _reason_alone():
                    answer = await pulumi.runtime.invoke_async(function.token, _in_state(function, judged), options)
                return _answer_of(function, answer)
            # In a thread, so that the program goes on, and several are called at the same time.
            return await asyncio.to_thread(_answer, function, known["settings"], judged)
        except ScalekitError as error:
            raise message_alone(error) from None

    options = copy.copy(opts)
    waits = {
        "arguments": arguments,
        # Also for the engine: it answers with nothing where the settings of a provider are not known yet.
        "settings": _settings_without_mark(function, opts),
        "after": _after(opts.depends_on) if isinstance(opts, InvokeOutputOptions) else None,
        "held_back": UNKNOWN if function.writes and is_dry_run() else None,
    }
    answer: Output[R] = Output.all(**waits).apply(call)
    return Output.secret(answer) if any(field.secret for field in function.outputs) else answer


def _settings_without_mark(function: Function[Any], opts: InvokeOptions | None) -> dict[str, Any]:
    """The settings, none of them marked as secret: no answer holds one, so none is a secret because of them."""
    hidden = {f"scalekit:{setting.key}" for setting in OF_A_PROVIDER if setting.secret}
    return {
        key: Output.unsecret(Output.from_input(value)) if key in hidden else value
        for key, value in _settings(function, opts).items()
    }


def _through_engine(function: Function[Any]) -> bool:
    """Whether the engine calls the function: it knows the plugin, and in a unit test the mocks."""
    return not function.local and (uses_plugin() or mocks.current() is not None)


@contextmanager
def _reason_alone() -> Iterator[None]:
    """Raise what the engine answers to a refused call as its reason, without the words around it.

    Raises:
        ScalekitError: The provider refused, or the engine has none.

    """
    try:
        yield
    except pulumi.RunError:
        raise
    except Exception as error:
        # The SDK raises nothing narrower; any other error of its own is a bug, and keeps its traceback.
        if not _AROUND_THE_REASON.match(str(error)):
            raise
        raise ScalekitError(_AROUND_THE_REASON.sub("", str(error))) from None


def _in_state(function: Function[Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments with the names that every language has."""
    fields = function.arguments.by_name
    return {fields[name].state: to_input(fields[name], value) for name, value in arguments.items() if value is not None}


def _answer_of(function: Function[R], answer: Mapping[str, Any]) -> R:
    values = fold(function.answer.shape, from_state(function.answer, answer), leaf=whole)
    return function.of_values(values)


def _refuse_late(function: Function[Any], given: Mapping[str, Any], what: str, otherwise: str) -> None:
    late = [name for name, value in given.items() if isinstance(value, Output) or inspect.isawaitable(value)]
    if late:
        raise ScalekitError(
            f"{function.name} needs {what} at once, and {', '.join(late)} is an output. Call "
            f"{function.python_name}_output, which waits for it, or {otherwise}."
        )


def _after(depends_on: Any) -> Output[Any]:
    """Known when each of the resources is there: during a preview, what is not created yet has no id."""

    def there(resources: Any) -> Output[Any]:
        listed = resources if isinstance(resources, Sequence) else [resources]
        return Output.all(
            *(resource.id if isinstance(resource, CustomResource) else resource.urn for resource in listed)
        )

    return Output.from_input(depends_on).apply(lambda known: there(known) if known is not None else None)


def _judged(function: Function[Any], arguments: Mapping[str, Any]) -> Values:
    """The arguments as they are sent.

    Raises:
        ScalekitError: One of them is wrong.

    """
    given = {name: value for name, value in arguments.items() if value is not None}
    judged, failures = lifecycle.check(function.arguments, {}, given)
    if failures:
        raise ScalekitError(
            f"{function.name}: " + "; ".join(f"{failure.reason} ({failure.path})" for failure in failures)
        )
    return judged


def _answer(function: Function[R], settings: Mapping[str, Any], judged: Values) -> R:
    if function.local:
        return function.call(pulumi.log.warn, **judged)
    config = {key: str(value) for key, value in settings.items() if value is not None}
    return function.call(environment(config), **judged)


def _settings(function: Function[Any], opts: InvokeOptions | None) -> dict[str, Any]:
    """The settings of the environment, by their full keys. A unit test has none, and a local function needs none."""
    if function.local or mocks.current() is not None:
        return {}
    chosen = _provider(function, opts)
    if chosen is not None:
        return {f"scalekit:{key}": value for key, value in chosen.settings.items()}
    judge_configuration()
    config = pulumi.Config("scalekit")
    keys = (setting.key for setting in OF_A_PROVIDER)
    return {f"scalekit:{key}": value for key in keys if (value := config.get(key)) is not None}


def _provider(function: Function[Any], opts: InvokeOptions | None) -> Provider | None:
    """The provider that the options name, or that the parent in them would hand on to a resource."""
    found: Any = opts.provider if opts else None
    for token in (function.token, f"pulumi-python:dynamic:{function.name}"):
        found = found or (opts.parent.get_provider(token) if opts and opts.parent else None)
    if found is not None and not isinstance(found, Provider):
        raise ScalekitError(f"{function.name}: the provider must be a scalekit.Provider, and {found!r} is none.")
    return found
