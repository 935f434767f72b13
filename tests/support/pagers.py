"""What the pager does beside the reads, for tests that have to know when it is done, or that let it come step by step."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.remote.page_cache import PageCache

NAME = "pager of "
_PATIENCE = 60.0


def running() -> list[threading.Thread]:
    """The pagers of this process."""
    return [thread for thread in threading.enumerate() if thread.name.startswith(NAME)]


def wait_for_rest() -> None:
    """Wait until every page that was paid for has come."""
    for thread in running():
        thread.join(_PATIENCE)
        assert not thread.is_alive()


class List:
    """A list whose pages are on their way until the test lets them come.

    Attributes:
        ids: What is in it.
        asked: How many pages were asked for.

    """

    path = "/things"

    def __init__(self, count: int, page_size: int = 100) -> None:
        self.ids = [f"thing_{n}" for n in range(count)]
        self.asked = 0
        self._came = 0
        self._size = page_size
        self._let_through = threading.Semaphore(0)

    def __len__(self) -> int:
        return math.ceil(len(self.ids) / self._size)

    def pages(self) -> Iterator[list[Values]]:
        for begin in range(0, len(self.ids), self._size):
            self.asked += 1
            assert self._let_through.acquire(timeout=_PATIENCE)
            yield [{"id": id_, "asked": self.asked} for id_ in self.ids[begin : begin + self._size]]

    def look(self, cache: PageCache, id: str) -> Values | None:
        return cache.look(self.path, "id", id, self.pages)

    def is_on_its_way(self) -> bool:
        """Whether a page is, as soon as the pager has made up its mind."""
        began = time.monotonic()
        while running() and self.asked == self._came:
            time.sleep(0.0005)
            assert time.monotonic() - began < _PATIENCE
        return self.asked > self._came

    def come(self) -> None:
        """Let the page come that is on its way, and wait until what follows from it is on its way or nothing is."""
        assert self.is_on_its_way()
        self._came += 1
        self._let_through.release()
        self.is_on_its_way()

    def come_all(self) -> None:
        """Let every page come that the reads so far have paid for."""
        while self.is_on_its_way():
            self.come()


@dataclass
class Refresh:
    """What a refresh took, in which a read and a page take one round trip each.

    Attributes:
        reads: Reads that were sent.
        trips: Round trips until the last of them was answered.

    """

    reads: int = 0
    trips: int = 0


def refresh(cache: PageCache, listing: List, ids: Iterable[str], threads: int) -> Refresh:
    """Refresh objects with so many threads, in step: of each round trip, every thread sends a read, and one page comes."""
    taken, waiting = Refresh(), deque(ids)
    while waiting:
        sent = 0
        while waiting and sent < threads:
            sent += listing.look(cache, waiting.popleft()) is None
        taken.reads += sent
        taken.trips += bool(sent)
        if listing.is_on_its_way():
            listing.come()
    listing.come_all()
    return taken
