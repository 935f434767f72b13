"""The plugin's process: prints its port, serves until the engine is done with it, and never outlives the engine."""

from __future__ import annotations

import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import engine_pb2, provider_pb2_grpc

from pulumi_scalekit.provider.engine_log import engine_log
from pulumi_scalekit.provider.engine_watch import when_gone
from pulumi_scalekit.provider.plugin import Plugin
from pulumi_scalekit.provider.processes import EngineProcesses
from pulumi_scalekit.provider.wording import of_python
from pulumi_scalekit.remote.configuration import trace
from pulumi_scalekit.remote.run import Run

WORKERS = 32
"""Requests in flight."""
_ENDED = b"\0"
_GRACE = 90.0
"""Seconds in which a write in flight may finish after the engine has gone."""


def main() -> None:
    """Serve the provider protocol on a free port of loopback. The engine's address is the first argument."""
    engine = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    log = engine_log(engine)
    trace(lambda text: log(engine_pb2.INFO, "", text))
    run = Run(EngineProcesses.of(engine))
    plugin = Plugin(partial(log, engine_pb2.WARNING), of_python, run, partial(log, engine_pb2.INFO))
    server = grpc.server(ThreadPoolExecutor(WORKERS), options=_GRPC_CHANNEL_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(plugin, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    # A handler written in Python could meet the lock that the waiting thread holds, or come while it is about to wait. The byte
    # that the interpreter itself writes when a signal arrives can do neither.
    end, ended = socket.socketpair()
    end.settimeout(0)
    signal.set_wakeup_fd(end.fileno())
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: None)
    print(port, flush=True)  # noqa: T201 - the protocol's first line
    if engine:
        when_gone(engine, lambda: end.send(_ENDED))
    ended.recv(len(_ENDED))
    # Nothing more is begun, and a create in flight is not cut off: it would leave an object that no state records.
    plugin.Cancel(None, None)  # pyright: ignore[reportArgumentType] - neither is read
    server.stop(_GRACE).wait(_GRACE)
    sys.stdout.flush()
    sys.stderr.flush()
    # The engine ends its plugins after each other and gives all of them 5 s together. The interpreter's own
    # ending takes 0.2 s on a quiet machine, and `pulumi convert` has eight of them.
    os._exit(0)
