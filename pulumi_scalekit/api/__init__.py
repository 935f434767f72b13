"""Scalekit's REST API for all threads of a process: signing in, errors, repeats, pace. No Pulumi."""

from pulumi_scalekit.api.call import Body
from pulumi_scalekit.api.client import Client, client_for
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
