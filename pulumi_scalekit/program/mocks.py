"""A user's unit test: `pulumi.runtime.set_mocks` answers in place of Scalekit, and nothing is sent."""

from __future__ import annotations

from typing import Any, TypeVar

from pulumi.runtime.mocks import MockCallArgs, MockMonitor, Mocks
from pulumi.runtime.settings import SETTINGS

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.names import from_state, to_state

R = TypeVar("R")


def current() -> Mocks | None:
    """The mocks of the test that runs, if one does."""
    monitor: Any = getattr(SETTINGS, "monitor", None)  # outside a program there is none
    return monitor.mocks if isinstance(monitor, MockMonitor) else None


def call(mocks: Mocks, function: Function[R], arguments: Values) -> R:
    """Answer a function from a test's mocks: token, arguments and answer have the names that every language has.

    Raises:
        ScalekitError: The mock answers with failures.

    """
    named = to_state(function.arguments, arguments, lambda secret: secret)
    answered: Any = mocks.call(MockCallArgs(function.token, named, ""))
    answer, failures = answered if isinstance(answered, tuple) else (answered, None)
    if failures:
        raise ScalekitError(f"{function.name}: " + "; ".join(f"{reason} ({path})" for path, reason in failures))
    lists: Values = {field.name: [] for field in function.outputs if field.required and field.shape.name == "list"}
    return function.result({**lists, **from_state(function.answer, answer)})
