"""What one run of the engine is known to hold, so that a delete never removes an object that another resource has.

A state can name one object twice: a renamed resource was taken over by its new name, or one tenant is declared twice. The
engine compares, creates, updates or reads every resource of the program before it asks for deletes, so each of them says
here what it holds. What only a later run deletes is protected too, since the surviving resource is compared again in it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Protocol, TypeAlias

from pulumi_scalekit.model.declarations import Declarations

Object: TypeAlias = tuple[str, str, str]
"""One object: the URL of its environment, the type of its resource, and its import id."""

_ANY = "*"
"""In place of a resource: nobody may delete the object in this run, not even the resource that holds it."""


class OtherProcesses(Protocol):
    """What the other processes of the same run hold: each provider of a stack may be served by a process of its own."""

    def tell(self, thing: Object, resource: str) -> None: ...

    def release(self, thing: Object, resource: str) -> None: ...

    def holders(self, thing: Object) -> set[str]: ...


class Run:
    """One run of the engine, for all threads and kinds of this process.

    Args:
        others: The other processes of this run; None where there are none.

    Attributes:
        elsewhere: What was said of a resource of the program that lives in another environment. After it nothing is
            created, or the stack would be in two environments.
        declarations: What the resources of the program share that they should not.

    """

    def __init__(self, others: OtherProcesses | None = None) -> None:
        self._others = others
        self._lock = threading.Lock()
        self._holders: defaultdict[Object, set[str]] = defaultdict(set)
        self._stored: defaultdict[Object, set[str]] = defaultdict(set)
        self._declared: set[tuple[str, str]] = set()
        self._created: set[str] = set()
        self._protection: dict[str, bool] = {}
        self.elsewhere = ""
        self.declarations = Declarations()

    def hold(self, thing: Object, resource: str) -> None:
        """Note that a resource of the program has this object."""
        with self._lock:
            if resource in self._holders[thing]:
                return
            self._holders[thing].add(resource)
        if self._others:
            self._others.tell(thing, resource)

    def keep(self, thing: Object) -> None:
        """Note an object that no resource may delete in this run: it was taken over, or is read by `get`."""
        self.hold(thing, _ANY)

    def create(self, thing: Object, id: str, resource: str) -> None:
        """Note an object that this run made."""
        self.hold(thing, resource)
        with self._lock:
            self._created.add(id)

    def is_new(self, id: str) -> bool:
        """Whether this run made the object with this id, so that nothing of before can be in it."""
        with self._lock:
            return id in self._created

    def protect(self, id: str, *, on: bool) -> None:
        """Note whether an object that may have deletion protection, and so everything in it, has it."""
        with self._lock:
            self._protection[id] = on

    def protection(self, id: str) -> bool | None:
        """Whether the program declares deletion protection for the object with this id; None where it has no such object."""
        with self._lock:
            return self._protection.get(id)

    def store(self, thing: Object, resource: str) -> None:
        """Note that the state has this object: a refresh in the same run has read it."""
        with self._lock:
            self._stored[thing].add(resource)

    def declare(self, token: str, unique: str) -> None:
        """Note the unique value of a resource that has both a state and a declaration."""
        with self._lock:
            self._declared.add((token, unique))

    def is_declared(self, token: str, unique: str) -> bool:
        """Whether a resource of the program that is in the state has this unique value."""
        with self._lock:
            return (token, unique) in self._declared

    def holder_besides(self, thing: Object, resource: str) -> bool:
        """Whether another resource of the program has this object."""
        with self._lock:
            return bool((self._holders[thing] | self._in_other_processes(thing)) - {resource})

    def is_stored(self, thing: Object, resource: str) -> bool:
        """Whether the state is known to have this object under another resource."""
        with self._lock:
            return bool(self._stored[thing] - {resource})

    def may_delete(self, thing: Object, resource: str) -> bool:
        """Whether a resource may delete this object. From then on the resource does not hold it any more."""
        with self._lock:
            self._holders[thing].discard(resource)
            if self._others:
                self._others.release(thing, resource)
            return not (self._holders[thing] | self._in_other_processes(thing)) - {resource}

    def _in_other_processes(self, thing: Object) -> set[str]:
        return self._others.holders(thing) if self._others else set()
