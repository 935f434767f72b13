"""Real threads on a virtual clock: they take turns, so a run is the same each time and takes no time."""

import heapq
import itertools
import threading
from collections.abc import Callable


class VirtualTime:
    """Lets exactly one of its threads run; sleeping hands on to whichever wakes first."""

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
