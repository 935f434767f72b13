"""Three clocks that never wait, each with `clock` and `sleep`: one that stands still, one that leaps, one that threads share."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class StillClock:
    """Stands still until a sleep or a test moves it. For one thread, and a server that is not real."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class LeapingClock:
    """Runs as the real one does, and leaps over every sleep. For a client and an emulator that talk through a socket."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._leapt = 0.0

    def wall(self) -> float:
        return time.time() + self._leapt

    def clock(self) -> float:
        return time.monotonic() + self._leapt

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._leapt += seconds
        time.sleep(0.001)  # the emulator's door, once closed, opens in real time


class TurnClock:
    """Lets exactly one of its threads run; a sleep hands on to whichever wakes first. So each run goes the same way."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, threading.Event]] = []
        self._order = itertools.count()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        wake = self._lie_down(seconds)
        self._wake_next()
        wake.wait()

    def run(self, *programs: Callable[[], object]) -> None:
        """Run the programs in a thread each until all have ended."""
        errors: list[BaseException] = []

        def body(program: Callable[[], object], wake: threading.Event) -> None:
            wake.wait()
            try:
                program()
            except BaseException as error:  # noqa: BLE001 a failure in a thread has to fail the test
                errors.append(error)
            finally:
                self._wake_next()

        threads = [threading.Thread(target=body, args=(program, self._lie_down(0))) for program in programs]
        for thread in threads:
            thread.start()
        self._wake_next()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]

    def _lie_down(self, seconds: float) -> threading.Event:
        wake = threading.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), wake))
        return wake

    def _wake_next(self) -> None:
        if self._sleepers:
            self.now, _, wake = heapq.heappop(self._sleepers)
            wake.set()
