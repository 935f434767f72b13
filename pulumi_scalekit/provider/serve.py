"""The plugin's process: prints its port, serves until the engine is done with it, and never outlives the engine."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import engine_pb2, provider_pb2_grpc

from pulumi_scalekit import __version__
from pulumi_scalekit.provider.engine_log import engine_log
from pulumi_scalekit.provider.engine_watch import when_gone
from pulumi_scalekit.provider.plugin import Plugin
from pulumi_scalekit.provider.processes import EngineProcesses
from pulumi_scalekit.provider.wording import of_python
from pulumi_scalekit.remote.configuration import trace
from pulumi_scalekit.remote.run import Run

WORKERS = 32
"""Requests in flight."""
_USAGE = """\
Usage: pulumi-resource-scalekit [ADDRESS]

The Scalekit provider for Pulumi, {version}. Pulumi starts it by itself where a program needs it.

It prints the port of loopback on which it serves Pulumi's provider protocol, and ends at a signal, or once the engine
at ADDRESS is gone. The stack configures it: {homepage}

  --help     print this
  --version  print the version"""
_HOMEPAGE = "https://github.com/pulumi-scalekit/pulumi-scalekit"
_ENDED = b"\0"
_GRACE = 90.0
"""Seconds in which a write in flight may finish after the engine has gone."""


def main() -> None:
    """Serve the provider protocol on a free port of loopback, or say what this is."""
    if told := _told(sys.argv[1:]):
        print(told)  # noqa: T201 - asked for
        return
    engine = _address(sys.argv[1:])
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


def _told(words: Sequence[str]) -> str:
    """The answer to a person's question; nothing where there is none, and the engine asks none."""
    if "--version" in words:
        return __version__
    if "--help" in words or "-h" in words:
        return _USAGE.format(version=__version__, homepage=_HOMEPAGE)
    return ""


def _address(words: Sequence[str]) -> str:
    """The engine's address: the last argument, because an option before it, as `--tracing`, may have a value."""
    return next((word for word in reversed(words) if not word.startswith("-")), "")
