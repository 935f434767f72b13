"""What a kind itself knows about a refusal, in place of the general advice of the status."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from pulumi_scalekit.api.errors import Forbidden, Invalid, NotSupported
from pulumi_scalekit.model.kind import Kind

P = ParamSpec("P")
R = TypeVar("R")


def advised(operation: Callable[Concatenate[Kind, P], R]) -> Callable[Concatenate[Kind, P], R]:
    """Where the API says that a feature is off, say how it is switched on."""

    @wraps(operation)
    def call(kind: Kind, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return operation(kind, *args, **kwargs)
        except (Forbidden, Invalid, NotSupported) as error:
            # The status for it is not documented, and a 400 may mean anything.
            if kind.api.needs and (not isinstance(error, Invalid) or "feature" in error.message.lower()):
                error.advice = kind.api.needs
            raise

    return call
