"""A look at list pages instead of one read each, for a refresh of many objects.

The decision is that between renting and buying: each read that a page could have saved pays for one more page. So N objects
among M cost at most twice the cheaper of N reads and all pages, whatever N and M are, and nobody has to know them. That
holds where paging through them all takes less than `_FRESH`; what is older is bought again.

A page is only believed where it says that nothing changed. Any difference is read again from the object itself, and absence
from a list says nothing: what is written to the state was never out of date for longer than the refresh itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values

_FREE = 2
"""Reads that no page is bought for: a stack of a few resources asks for nothing but them."""
_FRESH = 10.0
"""Seconds for which pages count."""

Pages = Callable[[], Iterator[list[Values]]]


@dataclass
class _Entry:
    writes: int
    since: float
    pages: Iterator[list[Values]]
    objects: dict[str, Values] = field(default_factory=dict)
    reads: int = 0
    bought: int = 0
    whole: bool = False


class PageCache:
    """The list pages of the last seconds, shared by all threads.

    Args:
        writes: How many writes this process has sent. Pages from before the last one are forgotten.
        clock: Seconds, from any origin.

    """

    def __init__(self, writes: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._writes = writes
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}

    def look(self, list_name: str, key: str, id: str, pages: Pages) -> Values | None:
        """Return an object as a page had it, or None to read it.

        Args:
            list_name: Tells one list from another.
            key: Where the objects of the list have their id.
            id: The object's id.
            pages: Begins the list anew; every page is requested when it is wanted.

        """
        with self._lock:
            entry = self._current(list_name, pages)
            if id not in entry.objects:
                entry.reads += 1
                # Others wait meanwhile: the page may hold what they are about to read.
                if not entry.whole and entry.reads - _FREE > entry.bought:
                    self._buy(entry, key)
            return entry.objects.get(id)

    def _current(self, list_name: str, pages: Pages) -> _Entry:
        entry, now, writes = self._entries.get(list_name), self._clock(), self._writes()
        if entry is None or entry.writes != writes or now - entry.since > _FRESH:
            entry = self._entries[list_name] = _Entry(writes, now, pages())
        return entry

    def _buy(self, entry: _Entry, key: str) -> None:
        entry.bought += 1
        try:
            page = next(entry.pages, None)
        except ScalekitError:
            # A list that may not be read must not fail a refresh that can do without.
            page = None
        if page is None:
            entry.whole = True
            return
        entry.objects.update({str(listed.get(key, "")): listed for listed in page})
