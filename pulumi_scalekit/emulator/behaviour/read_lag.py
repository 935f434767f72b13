"""Reads that lag behind writes, as where they are answered by a copy of the database.

A write reaches the copy after a number of reads, so that a test can say which answer is old; in a real one it is time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.behaviour.store import Store


@dataclass
class _Past:
    """The store as it was before a write, and how many reads do not know of the write yet."""

    store: Store
    reads: int


class ReadLag:
    def __init__(self) -> None:
        self._pasts: list[_Past] = []

    def before_write(self, store: Store, reads: int) -> None:
        """Keep the store as it is, for that many reads to come."""
        self._pasts.append(_Past(store.copied(), reads))

    def for_read(self, store: Store) -> Store:
        """The store as the next read sees it: before the earliest write that has not reached it."""
        seen = self._pasts[0].store if self._pasts else store
        for past in self._pasts:
            past.reads -= 1
        self._pasts = [past for past in self._pasts if past.reads > 0]
        return seen
