"""The engine's log: what a provider shows to the user beside its results."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import TypeAlias

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

Log: TypeAlias = Callable[[engine_pb2.LogSeverity.ValueType, str, str], None]
"""Shows a text: (severity, URN of the resource or empty for the stack, text)."""


def engine_log(address: str) -> Log:
    """The log of an engine, or stderr where there is none.

    Args:
        address: Where the engine serves, `127.0.0.1:4711`; empty for none.

    """
    if not address:
        return lambda _severity, _urn, text: print(text, file=sys.stderr)  # noqa: T201
    stub = engine_pb2_grpc.EngineStub(grpc.insecure_channel(address, options=_GRPC_CHANNEL_OPTIONS))

    def log(severity: engine_pb2.LogSeverity.ValueType, urn: str, text: str) -> None:
        with contextlib.suppress(grpc.RpcError):  # an engine that is gone reads nothing
            stub.Log(engine_pb2.LogRequest(severity=severity, urn=urn, message=text))

    return log
