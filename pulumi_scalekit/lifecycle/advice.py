"""What to do next, where a kind knows more about it than a status does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from pulumi_scalekit.api.errors import ApiError, Forbidden, Invalid, NotFound, NotSupported, ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects

P = ParamSpec("P")
R = TypeVar("R")

_UNPUBLISHED = (
    "Scalekit has not published this endpoint: this environment or these credentials may not use it, or it was withdrawn. "
    "Ask Scalekit's support, or leave the resource out"
)
_METHOD_NOT_ALLOWED = 405
_OFF = ("feature", "not enabled")


def advised(operation: Callable[Concatenate[Objects, P], R]) -> Callable[Concatenate[Objects, P], R]:
    """Put what the kind knows in place of the general advice of the status."""

    @wraps(operation)
    def call(objects: Objects, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return operation(objects, *args, **kwargs)
        except ScalekitError as error:
            advise(objects.kind, error)
            raise

    return call


def advise(kind: Kind, error: ScalekitError) -> None:
    """Put what the kind knows in place of the general advice of the status."""
    if not isinstance(error, ApiError):
        return
    # The status for a feature that is off is not documented, and a 400 may mean anything.
    if says_off(error):
        error.advice = kind.api.needs or error.advice
    elif not isinstance(error, Forbidden | NotFound | NotSupported) and error.status != _METHOD_NOT_ALLOWED:
        return
    elif kind.api.is_unpublished(error.method, error.path):
        above = declared_above(kind) if isinstance(error, NotFound) else ""
        error.advice = f"Check {above}. If it is right: {_UNPUBLISHED}" if above else _UNPUBLISHED
    elif not isinstance(error, NotFound):
        error.advice = kind.api.needs or error.advice


def declared_above(kind: Kind) -> str:
    """The properties that say below what an object is made, which a 404 may mean."""
    create = kind.api.create
    names = dict.fromkeys((*kind.api.parameters, *(create.parameters if create else ())))
    return " and ".join(name for name in names if name in kind.by_name and not kind.by_name[name].output)


def says_off(error: ScalekitError) -> bool:
    """Whether the API says that a feature is off."""
    if not isinstance(error, Forbidden | NotSupported | Invalid):
        return False
    return any(word in error.message.lower() for word in _OFF)


def ways(kind: Kind, inputs: Values) -> str:
    """What to do with an object that no state holds, as the beginning of a sentence."""
    if any(field.create_only for field in kind.outputs):
        return "Delete it in the dashboard, since nobody has its secret,"
    ways = ["Delete it in the dashboard"]
    if kind.has_unique(inputs):
        ways.append("take it over with `pulumi config set scalekit:adopt identical`")
    return ", or ".join([*ways, f"import it with `pulumi import {kind.token} NAME ID` (provider plugin)"])
