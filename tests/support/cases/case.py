"""What a case is: a resource, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.api import Api

ABSENT = object()
Program = dict[str, Any]
"""What is declared, under the names of the state."""


@dataclass(frozen=True)
class Edit:
    """A change of one property, and where it must arrive."""

    value: Any
    """The new value in the program; ABSENT removes the property."""
    record: Callable[[Any], Any]
    """Reads it from the record in the store."""
    expected: Any
    writes: int = 1
    reads: int = 0
    """Requests that it may cost."""

    def applied(self, program: Program, name: str) -> Program:
        rest = {key: value for key, value in program.items() if key != name}
        return rest if self.value is ABSENT else {**rest, name: self.value}


@dataclass(frozen=True)
class Place:
    """Where the store holds the records of a kind."""

    find: Callable[[Any, str, Program], Any]
    """(store, id, program) to the record; None where there is none."""
    remove: Callable[[Any, str, Program], None]


def collection(name: str, key: Callable[[str, Program], Any] = lambda id_, _: id_) -> Place:
    """A collection of the store, by id or another key."""
    return Place(
        lambda store, id_, program: getattr(store, name).get(key(id_, program)),
        lambda store, id_, program: getattr(store, name).pop(key(id_, program)),
    )


def secrets_of(name: str, owner: str) -> Place:
    """The secrets inside the records of a collection; `owner` is the property that names the record."""

    def held(store: Any, program: Program) -> list[Any]:
        return (getattr(store, name).get(program[owner]) or {}).get("secrets", [])

    def remove(store: Any, id_: str, program: Program) -> None:
        held(store, program)[:] = [one for one in held(store, program) if one["id"] != id_]

    return Place(
        lambda store, id_, program: next((one for one in held(store, program) if one["id"] == id_), None), remove
    )


@dataclass(frozen=True)
class Case:
    """How one resource is taken through its life."""

    name: str
    token: str
    program: Callable[[Api], Program]
    place: Place
    edits: dict[str, Edit] = field(default_factory=dict)
    """By property: another value for it."""
    removals: dict[str, Edit] = field(default_factory=dict)
    """By property: what its removal clears."""
    kept: tuple[str, ...] = ()
    """Properties whose removal is refused with advice."""
    replacing: dict[str, Callable[[Api], Program]] = field(default_factory=dict)
    """By property: what to declare instead, so that it makes a new object."""
    respelled: dict[str, Any] = field(default_factory=dict)
    """By property: another spelling of what the program declares."""
    drift: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    """By the path that must be reported: a change behind our back, made to the record."""
    impossible: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By variant of the API, `switch=value`: the properties whose edit it accepts and does not do, which must be an error."""
    unclearable: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The same for removals."""
    unmoved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By variant of the API, `switch=value`: the properties whose removal it accepts and does not do, which is said once and then left."""
    pins: dict[str, Any] = field(default_factory=dict)
    """Switches that stay as they are: with another value there would be nothing to test."""
    one_of_these: tuple[str, ...] = ()
    """Properties of which none is required in general, but one of them is, or is where there is nothing else yet."""
    secret_inputs: frozenset[str] = frozenset()
    secret_outputs: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    """Properties that a read may not bring back, or as if they had never been set, so that an import is without them."""
    others_too: frozenset[str] = frozenset()
    """Properties of what is somebody else's too: it is joined if they are as declared, and refused if not."""
    nothing: str = "nothing_like_it"
    """An id that no object has, and that the API takes for one."""
    of_environment: bool = False
    """It belongs to no organization, although its kind may."""
    setting: bool = False
    """A setting of something else: it is there before us, and a destroy leaves it."""
    stays: bool = False
    """A destroy leaves it."""

    def __str__(self) -> str:
        return self.name


def under(variants: dict[str, tuple[str, ...]], switches: Any) -> set[str]:
    """The properties that these switches make an error of."""
    found: set[str] = set()
    for variant, names in variants.items():
        switch, _, value = variant.partition("=")
        if str(getattr(switches, switch)) == value:
            found |= set(names)
    return found


def at(*path: str) -> Callable[[Any], Any]:
    """Reads a value of a record."""

    def read(record: Any) -> Any:
        for part in path:
            record = (record or {}).get(part)
        return record

    return read


def sorted_at(*path: str) -> Callable[[Any], Any]:
    """Reads a list of a record that is a set."""
    return lambda record: sorted(at(*path)(record) or ())


def put(value: Any, *path: str) -> Callable[[Any], None]:
    """Changes a record."""

    def write(record: Any) -> None:
        for part in path[:-1]:
            record = record[part]
        record[path[-1]] = value

    return write
