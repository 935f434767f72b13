"""The creates of this process, so that the object of one is never taken for that of another."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Create:
    """One create.

    Attributes:
        alone: No other create, whose object could pass for this one's, ran at any moment of this one.
        others: The objects of earlier creates, which are not this one's.

    """

    alone: bool
    others: frozenset[str]
    id: str = ""


@dataclass
class _Scope:
    running: list[Create] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    doubtful: bool = False
    """A create ended without anybody knowing what it made."""


class InFlight:
    """What was created in which scope, for all threads. Objects of two scopes cannot pass for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scopes: defaultdict[str, _Scope] = defaultdict(_Scope)

    @contextmanager
    def begin(self, scope: str) -> Iterator[Create]:
        """Note a create as long as the block runs, and the id that the block leaves in it."""
        with self._lock:
            here = self._scopes[scope]
            mine = Create(alone=not here.running and not here.doubtful, others=frozenset(here.made))
            for other in here.running:
                other.alone = False
            here.running.append(mine)
        try:
            yield mine
        except BaseException as error:
            with self._lock:
                here.doubtful = here.doubtful or getattr(error, "uncertain", True)
            raise
        finally:
            with self._lock:
                here.running = [create for create in here.running if create is not mine]
                here.made |= {mine.id} - {""}
