"""What Pulumi's SDK says of a registration to `pulumi up --debug`: many lines in one call of the engine.

The SDK says four lines of each resource, and each is a call that the program waits for: half of what it computes, and in nearly
every run nobody reads them. Neither SDK nor engine has a switch, and a program cannot see whether somebody asked for them. So
they are all said, a tenth of a second's together.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakSet

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc
from pulumi.runtime.settings import SETTINGS

_SECONDS = 0.1
_OF_A_FAILURE = ("exception", "Traceback")
_PROCESS = os.getpid()


class DebugLines:
    """An engine as a registration sees it.

    Args:
        engine: The engine.

    """

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self._lines: list[str] = []
        self._turn = threading.Lock()
        _unsaid.add(self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def Log(self, request: Any) -> Any:  # noqa: N802 - as it is called
        """Say it at once, or soon where it is a line of debugging, of no resource and no failure."""
        if (
            request.severity != engine_pb2.DEBUG
            or request.urn
            or any(word in request.message for word in _OF_A_FAILURE)
        ):
            self.say()
            return self.engine.Log(request)
        with self._turn:
            self._lines.append(request.message)
            first = len(self._lines) == 1
        if first:
            soon = threading.Timer(_SECONDS, self.say)
            soon.daemon = True
            try:
                soon.start()
            except RuntimeError:  # there may be no more threads
                self.say()
        return None

    def say(self) -> None:
        """Say what has not been said."""
        with self._turn:
            lines, self._lines = self._lines, []
            if lines:
                with contextlib.suppress(grpc.RpcError):  # an engine that is gone reads nothing
                    self.engine.Log(engine_pb2.LogRequest(severity=engine_pb2.DEBUG, message="\ndebug: ".join(lines)))


_unsaid: WeakSet[DebugLines] = WeakSet()


@atexit.register
def _say_all() -> None:
    # What a child has of its parent's lines its parent says.
    for lines in [*_unsaid] if os.getpid() == _PROCESS else ():
        lines.say()


_known: ContextVar[DebugLines | None] = ContextVar("debug_lines", default=None)
"""That of this program: the Automation API may run several in one process."""


@contextmanager
def together() -> Iterator[None]:
    """Around the SDK's constructor of a resource: what the SDK says of its registration, also later, goes together."""
    settings: Any = SETTINGS  # whose properties no type checker can read
    engine = settings.engine
    if not isinstance(engine, engine_pb2_grpc.EngineStub):  # that of a user's test
        yield
        return
    lines = _known.get()
    if lines is None or lines.engine is not engine:
        lines = DebugLines(engine)
        _known.set(lines)
    # The SDK keeps the engine for each context, and the task that registers has a copy of this one.
    # Twice, for what is the first in a context would become that of every thread.
    settings.engine = engine
    settings.engine = lines
    try:
        yield
    finally:
        settings.engine = engine
