"""The memory of a command and of all that it starts."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

PAUSE = 0.1
"""Seconds between two looks."""


@dataclass
class Peak:
    """The most that was seen.

    Attributes:
        resident: Bytes of all processes together; what several share counts for each.

    """

    resident: int = 0


@contextlib.contextmanager
def peak() -> Iterator[Peak]:
    """Look at the processes that this one has started, as long as the block runs."""
    seen, ended = Peak(), threading.Event()
    looking = threading.Thread(target=_look, args=(seen, ended), daemon=True)
    looking.start()
    try:
        yield seen
    finally:
        ended.set()
        looking.join()


def _look(seen: Peak, ended: threading.Event) -> None:
    here = psutil.Process(os.getpid())
    while not ended.wait(PAUSE):
        resident = 0
        for process in here.children(recursive=True):
            # It may have ended since it was listed.
            with contextlib.suppress(psutil.NoSuchProcess):
                resident += process.memory_info().rss
        seen.resident = max(seen.resident, resident)
