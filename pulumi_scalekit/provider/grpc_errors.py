"""Errors as the engine wants them: a status code that says what is known of the resource, and one line for the user."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar, cast

import grpc
from google.protobuf.any_pb2 import Any as Packed
from google.protobuf.message import Message
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.errors import (
    Cancelled,
    ConfigurationError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotSupported,
    RateLimited,
    ScalekitError,
    Unauthorized,
    Unreachable,
)

C = TypeVar("C", bound=Callable[..., Any])

# Internal, DataLoss and Unknown tell the engine that nobody knows the state of the resource; all others that it is known.
_CODES: tuple[tuple[type[ScalekitError], grpc.StatusCode], ...] = (
    (lifecycle.InDoubt, grpc.StatusCode.UNKNOWN),
    (lifecycle.AlreadyExists, grpc.StatusCode.ALREADY_EXISTS),
    (ConfigurationError, grpc.StatusCode.INVALID_ARGUMENT),
    (Invalid, grpc.StatusCode.INVALID_ARGUMENT),
    (Unauthorized, grpc.StatusCode.UNAUTHENTICATED),
    (Forbidden, grpc.StatusCode.PERMISSION_DENIED),
    (NotFound, grpc.StatusCode.NOT_FOUND),
    (Conflict, grpc.StatusCode.ALREADY_EXISTS),
    (RateLimited, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (NotSupported, grpc.StatusCode.FAILED_PRECONDITION),
    (Cancelled, grpc.StatusCode.CANCELLED),
    (Unreachable, grpc.StatusCode.UNAVAILABLE),
    (ScalekitError, grpc.StatusCode.FAILED_PRECONDITION),
)


class _Status(grpc.Status):  # type: ignore[misc] # grpc is not typed
    def __init__(self, code: grpc.StatusCode, message: str, detail: Message) -> None:
        self.code = code
        self.details = message
        packed = Packed()
        packed.Pack(detail)
        status = status_pb2.Status(code=code.value[0], message=message, details=[packed])
        self.trailing_metadata = (("grpc-status-details-bin", status.SerializeToString()),)


def code_of(error: ScalekitError) -> grpc.StatusCode:
    """The status code of an error. One that may have taken effect says that nobody knows."""
    if error.uncertain:
        return grpc.StatusCode.UNKNOWN
    return next(code for kind, code in _CODES if isinstance(error, kind))


def as_grpc_error(call: C) -> C:
    """Answer an expected error with its message alone, in the words of the servicer's `say`, and a bug with its traceback."""

    @wraps(call)
    def wrapper(self: Any, request: Any, context: Any) -> Any:
        try:
            return call(self, request, context)
        except ScalekitError as error:
            context.abort(code_of(error), self.say(str(error)))
        except Exception:
            if context.code() is not None:
                raise
            context.abort(
                grpc.StatusCode.INTERNAL,
                f"a bug in pulumi-scalekit, please report it:\n{traceback.format_exc()}",
            )
        raise AssertionError("abort raises")

    return cast("C", wrapper)


def missing_settings(context: grpc.ServicerContext, missing: dict[str, str]) -> NoReturn:
    """Let the CLI say which `pulumi config set` to run."""
    detail = provider_pb2.ConfigureErrorMissingKeys(
        missingKeys=[
            provider_pb2.ConfigureErrorMissingKeys.MissingKey(name=name, description=text)
            for name, text in missing.items()
        ]
    )
    message = f"missing configuration: {', '.join(missing)}"
    context.abort_with_status(_Status(grpc.StatusCode.INVALID_ARGUMENT, message, detail))
    raise AssertionError("abort raises")


def init_failed(context: grpc.ServicerContext, id: str, properties: Any, inputs: Any, reason: str) -> NoReturn:
    """Keep what is there of an object whose create or update failed half way: the next `up` finishes it with an update."""
    detail = provider_pb2.ErrorResourceInitFailed(id=id, properties=properties, inputs=inputs, reasons=[reason])
    context.abort_with_status(_Status(grpc.StatusCode.UNKNOWN, reason, detail))
    raise AssertionError("abort raises")
