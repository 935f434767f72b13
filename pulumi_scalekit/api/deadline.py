"""Until when one request may be tried."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Deadline"]

_LAST = 0.1  # the part that is kept for the last try: a write that is cut off before its answer is in doubt


class Deadline:
    """The time that one request has for everything: its turn, signing in, and all tries.

    Args:
        seconds: How long from now on.
        clock: Seconds, from any origin.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def allows(self, wait: float) -> bool:
        """Whether a try that begins after so many seconds would have time enough for its answer."""
        return self._clock() + wait <= self._end - self.seconds * _LAST

    def left(self) -> float:
        """Return the seconds that a try may take which begins now, always at least a tenth of the whole."""
        return max(self._end - self._clock(), self.seconds * _LAST)
