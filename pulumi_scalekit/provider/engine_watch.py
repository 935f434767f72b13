"""Learning that the engine is gone: a killed CLI tells nobody, and its plugins would live on."""

from __future__ import annotations

import os
import socket
import stat
import sys
import threading
from collections.abc import Callable

_LOOK = 2.0
"""Seconds between two looks at the engine's address."""
_MISSES = 2
"""Looks in a row that must fail: one may fail on a busy machine."""


def when_gone(address: str, act: Callable[[], object]) -> None:
    """Call `act` once, in a thread of its own, when the engine is gone.

    Args:
        address: Where the engine serves, `127.0.0.1:4711`.
        act: What to do then.

    """
    gone = threading.Event()

    def wait() -> None:
        gone.wait()
        act()

    threading.Thread(target=wait, daemon=True).start()
    threading.Thread(target=_look, args=(address, gone), daemon=True).start()
    if _held_open():
        threading.Thread(target=_read_to_the_end, args=(gone,), daemon=True).start()


def _held_open() -> bool:
    """Whether stdin is a pipe. The engine holds its end open as long as it lives, and writes nothing."""
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode)
    except (AttributeError, OSError, ValueError):
        return False


def _read_to_the_end(gone: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    gone.set()


def _look(address: str, gone: threading.Event) -> None:
    host, _, port = address.rpartition(":")
    misses = 0
    while not gone.wait(_LOOK):
        try:
            socket.create_connection((host or "127.0.0.1", int(port)), timeout=_LOOK).close()
            misses = 0
        except OSError:
            misses += 1
            if misses >= _MISSES:
                gone.set()
