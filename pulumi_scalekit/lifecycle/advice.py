"""What to do next, where a kind knows more about it than a status does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from pulumi_scalekit.api.errors import Forbidden, Invalid, NotSupported, ScalekitError
from pulumi_scalekit.lifecycle.lookup import has_unique
from pulumi_scalekit.model.kind import Kind, Values

P = ParamSpec("P")
R = TypeVar("R")


def advised(operation: Callable[Concatenate[Kind, P], R]) -> Callable[Concatenate[Kind, P], R]:
    """Where the API says that a feature is off, say how it is switched on."""

    @wraps(operation)
    def call(kind: Kind, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return operation(kind, *args, **kwargs)
        except ScalekitError as error:
            advise(kind, error)
            raise

    return call


def advise(kind: Kind, error: ScalekitError) -> None:
    """Put what the kind knows in place of the general advice of the status."""
    # The status for it is not documented, and a 400 may mean anything.
    if isinstance(error, Forbidden | NotSupported) or (
        isinstance(error, Invalid) and "feature" in error.message.lower()
    ):
        error.advice = kind.api.needs or error.advice


def ways(kind: Kind, inputs: Values) -> str:
    """What to do with an object that no state holds, as the beginning of a sentence."""
    if any(field.kept for field in kind.outputs):
        return "Delete it in the dashboard, since nobody has its secret,"
    ways = ["Delete it in the dashboard"]
    if has_unique(kind, inputs):
        ways.append("take it over with `pulumi config set scalekit:adopt identical`")
    return ", or ".join([*ways, f"import it with `pulumi import {kind.token} NAME ID` (provider plugin)"])
