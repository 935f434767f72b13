"""Scalekit's REST API for all threads of a process: signing in, errors, repeats, pace. No Pulumi.

`client.client_for(settings)` is the way in. It is not imported here: it brings HTTP, and a program and a preview send nothing.
"""

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

__all__ = [
    "ApiError",
    "Cancelled",
    "ConfigurationError",
    "Conflict",
    "Forbidden",
    "Invalid",
    "Malformed",
    "NotFound",
    "NotSupported",
    "RateLimited",
    "Redirected",
    "ScalekitError",
    "ServerError",
    "Unauthorized",
    "Unreachable",
    "Violation",
]
