"""The SDK's process that serves dynamic providers. After a killed CLI it would live on, and its retries with it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from pulumi.runtime.proto import engine_pb2

from pulumi_scalekit.provider.engine_log import Log, engine_log
from pulumi_scalekit.provider.engine_watch import when_gone
from pulumi_scalekit.provider.processes import EngineProcesses
from pulumi_scalekit.remote.run import Run

_GRACE = 90.0
"""Seconds in which a write in flight may finish."""

_idle = threading.Condition()
_calls = 0
_watched = False


@contextmanager
def a_call() -> Iterator[None]:
    """Count one call of the engine, from its begin to its end."""
    global _calls  # noqa: PLW0603 - the process is what is counted
    with _idle:
        _calls += 1
    try:
        yield
    finally:
        with _idle:
            _calls -= 1
            _idle.notify_all()


def end_with_engine(cancel: Callable[[], None]) -> None:
    """End this process when its engine is gone, after what is in flight. In any other process this does nothing.

    Args:
        cancel: Lets nothing more be begun.

    """
    global _watched  # noqa: PLW0603 - once for each process
    if _watched or not _engine():
        return
    _watched = True

    def leave() -> None:
        cancel()
        with _idle:
            _idle.wait_for(lambda: _calls == 0, _GRACE)
        os._exit(0)

    when_gone(_engine(), leave)


def run() -> Run:
    """What this run holds: all kinds of resources share this process. Any other process has one for each provider."""
    return _run_of(_engine()) if _engine() else Run()


@cache
def _run_of(engine: str) -> Run:
    return Run(EngineProcesses.of(engine))


def warn(text: str) -> None:
    """Show the user a warning. The SDK's host passes no URN, so it stands at the stack."""
    _log()(engine_pb2.WARNING, "", text)


def note(text: str) -> None:
    """Show the user what is no warning, at the stack too."""
    _log()(engine_pb2.INFO, "", text)


@cache
def _log() -> Log:
    return engine_log(_engine())


def _engine() -> str:
    """The address of the engine that this process serves dynamic providers for; empty in any other process."""
    main = getattr(sys.modules["__main__"], "__spec__", None)
    return sys.argv[1] if main and main.name == "pulumi.dynamic.__main__" and sys.argv[1:] else ""
