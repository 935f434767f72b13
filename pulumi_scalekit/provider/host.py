"""The SDK's process that serves dynamic providers. After a killed CLI it would live on, and its retries with it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pulumi_scalekit.provider.engine import when_gone

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
    main = getattr(sys.modules["__main__"], "__spec__", None)
    if _watched or main is None or main.name != "pulumi.dynamic.__main__" or not sys.argv[1:]:
        return
    _watched = True

    def leave() -> None:
        cancel()
        with _idle:
            _idle.wait_for(lambda: _calls == 0, _GRACE)
        os._exit(0)

    when_gone(sys.argv[1], leave)
