"""Scalekit's REST API for all threads of a process: signing in, errors, repeats, pace. No Pulumi.

What needs httpx is imported when it is first asked for: a program, and a preview, send nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.api.errors import (
    ApiError,
    Cancelled,
    ConfigurationError,
    Conflict,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    NotSupported,
    RateLimited,
    Redirected,
    ScalekitError,
    ServerError,
    Unauthorized,
    Unreachable,
    Violation,
)

if TYPE_CHECKING:
    from pulumi_scalekit.api.call import Body
    from pulumi_scalekit.api.client import Client, client_for
    from pulumi_scalekit.api.exchange import Query
    from pulumi_scalekit.api.settings import Settings

__all__ = [
    "ApiError",
    "Body",
    "Cancelled",
    "Client",
    "ConfigurationError",
    "Conflict",
    "Forbidden",
    "Invalid",
    "Malformed",
    "NotFound",
    "NotSupported",
    "Query",
    "RateLimited",
    "Redirected",
    "ScalekitError",
    "ServerError",
    "Settings",
    "Unauthorized",
    "Unreachable",
    "Violation",
    "client_for",
]

_LATE = {"Body": "call", "Client": "client", "client_for": "client", "Query": "exchange", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
