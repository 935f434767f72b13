"""Waiting for other processes: on a busy machine what was ended is there for a moment more."""

import os
import time
from collections.abc import Callable


def eventually(happened: Callable[[], bool]) -> None:
    for _ in range(300):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen in 30 seconds")


def gone(pid: int) -> bool:
    """Whether no process has the id any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
