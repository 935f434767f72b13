"""List pages that come beside the reads of a refresh of many objects, and save the reads that come after.

Time counts before requests: a read never waits for a page. It looks at what has come so far, and where its object is not in
that, it is sent at once. Beside the reads one thread, the pager, asks for one page of a list after the other.

How many is the decision between renting and buying: each read that a page could have saved pays for one page. So N objects
among M cost at most twice the cheaper of N reads and all pages, whatever N and M are, and nobody has to know them; on top
comes what is sent while a page is on its way. The pager also stops where nobody looks any more.

A page is only believed where it says that nothing changed. Any difference is read again from the object itself, and absence
from a list says nothing: what is written to the state was never out of date for longer than the refresh itself.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values

_FREE = 2
"""Reads that no page is bought for: a stack of a few resources asks for nothing but them."""
_FRESH = 10.0
"""Seconds for which a page counts, from when it was asked for."""

Pages = Callable[[], Iterator[list[Values]]]


class _Listed(NamedTuple):
    asked: float
    values: Values


@dataclass
class _Pass:
    """One way through a list, from its first page on.

    Attributes:
        key: Where the objects of the list have their id.
        writes: How many writes there were when it began.
        since: When that was.
        pages: The pages that are still to come. Only the pager touches it.
        objects: What has come, by id, the oldest first.
        looked: When a read last looked.
        wanted: A read has looked since the last page was asked for.
        reads: How many did not find their object. Each pays for a page.
        saved: How many did.
        bought: Pages that were asked for.
        ended: No page is to come any more.
        whole: The last one has come.

    """

    key: str
    writes: int
    since: float
    pages: Iterator[list[Values]]
    objects: dict[str, _Listed] = field(default_factory=dict)
    looked: float = 0.0
    wanted: bool = False
    reads: int = 0
    saved: int = 0
    bought: int = 0
    ended: bool = False
    whole: bool = False

    def may_buy(self) -> bool:
        return self.wanted and not self.ended and self.reads - _FREE > self.bought

    def is_worth_repeating(self, now: float) -> bool:
        """Whether pages that have become too old saved more than they cost, so that the same ones would again."""
        return self.whole and now - self.since > _FRESH and self.saved > self.bought

    def find(self, id: str, now: float) -> Values | None:
        listed = self.objects.get(id)
        return listed.values if listed is not None and now - listed.asked <= _FRESH else None

    def take(self, page: list[Values] | None, asked: float, now: float) -> None:
        """Keep a page; None: there are no more."""
        if page is None or now - asked > _FRESH:
            # A list that answers so slowly is of no use.
            self.ended, self.whole = True, page is None
            return
        for old in [*takewhile(lambda id_: now - self.objects[id_].asked > _FRESH, self.objects)]:
            del self.objects[old]
        for values in page:
            id_ = str(values.get(self.key, ""))
            # Taken out first, so that it moves to the end.
            self.objects.pop(id_, None)
            self.objects[id_] = _Listed(asked, values)


class PageCache:
    """The list pages of the last seconds, shared by all threads.

    Args:
        writes: Counts when a write of this process begins and when it ends. Pages from before are forgotten.
        clock: Seconds, from any origin.

    """

    def __init__(self, writes: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._writes = writes
        self._clock = clock
        self.begin_anew()
        _caches.add(self)

    def begin_anew(self) -> None:
        """Forget everything, even that a pager runs: in a forked child none does, and the lock may be held for ever."""
        self._lock = threading.Lock()
        self._passes: dict[str, _Pass] = {}
        self._pagers: set[str] = set()

    def look(self, list_name: str, key: str, id: str, pages: Pages) -> Values | None:
        """Return an object as a page had it, or None to read it. Sends nothing, and waits for nothing that is sent.

        Args:
            list_name: Tells one list from another.
            key: Where the objects of the list have their id.
            id: The object's id.
            pages: Begins the list anew; every page is requested when it is wanted, in the pager's thread.

        """
        with self._lock:
            now, writes = self._clock(), self._writes()
            current = self._passes.get(list_name)
            # A pause ends a refresh: what looks after it is another one.
            if current is None or current.writes != writes or now - current.looked > _FRESH:
                current = self._passes[list_name] = _Pass(key, writes, now, pages())
            found = current.find(id, now)
            if found is None and current.is_worth_repeating(now):
                current = self._passes[list_name] = _Pass(key, writes, now, pages(), current.objects)
            current.looked, current.wanted = now, True
            if found is not None:
                current.saved += 1
                return found
            current.reads += 1
            if list_name in self._pagers or not current.may_buy():
                return None
            self._pagers.add(list_name)
        # Where no thread is to be had, the reads do without.
        with contextlib.suppress(RuntimeError):
            threading.Thread(target=self._page, args=(list_name,), name=f"pager of {list_name}", daemon=True).start()
        return None

    def _page(self, list_name: str) -> None:
        """Be the pager of a list, until the reads that have looked have paid for no more."""
        while (current := self._bought(list_name)) is not None:
            asked = self._clock()
            try:
                page = next(current.pages, None)
            except ScalekitError:
                # A list that may not be read must not fail a refresh that can do without.
                current.ended = True
                continue
            with self._lock:
                current.take(page, asked, self._clock())

    def _bought(self, list_name: str) -> _Pass | None:
        """The pass to ask for a page of, or None: then this pager is none any more."""
        with self._lock:
            current = self._passes[list_name]
            if current.may_buy() and current.writes == self._writes():
                current.bought += 1
                current.wanted = False
                return current
            self._pagers.discard(list_name)
            return None


_caches: weakref.WeakSet[PageCache] = weakref.WeakSet()


def _begin_anew() -> None:
    for cache in _caches:
        cache.begin_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
