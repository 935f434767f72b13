"""The words a property is described with: Field, Shape, and the values that are not values. Frozen records."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

Values: TypeAlias = dict[str, Any]
"""A resource's properties by their Python names, nested blocks likewise. May hold `UNKNOWN` during a preview."""

Body: TypeAlias = dict[str, Any]
"""JSON as the API has it."""

Constraint: TypeAlias = Callable[[Values], list[tuple[str, str]]]
"""What is wrong with values: (property path in Python's names, reason)."""

ShapeName: TypeAlias = Literal["text", "flag", "number", "enum", "list", "map", "block"]


class _Unknown(enum.Enum):
    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return self.name


UNKNOWN = _Unknown.UNKNOWN
"""The output of a resource that does not exist yet. Passes every rule, and differs from everything."""


class OnRemoval(enum.Enum):
    """`Field.clear` where no value clears a property: what its removal from the program means."""

    REFUSE = "refuse"
    """The API cannot clear it: an error with advice."""
    RELEASE = "release"
    """It is no longer managed. Nothing is sent."""
    SEND_NULL = "send null"
    """The API takes null for "not set". There is no value that says the same in a program."""

    def __repr__(self) -> str:
        return self.name


REFUSE, RELEASE, SEND_NULL = OnRemoval.REFUSE, OnRemoval.RELEASE, OnRemoval.SEND_NULL


@dataclass(frozen=True)
class Shape:
    """What a value looks like: one of seven shapes, lists and maps with the shape of their items."""

    name: ShapeName
    values: tuple[str, ...] = ()
    """enum: what may be declared, in the API's order. A number in an answer is the position, counted from 1."""
    item: Shape | None = None
    fields: tuple[Field, ...] = ()
    """block: its keys."""
    type_name: str = ""
    """block, enum: the name of the type in Python and in the schema."""
    description: str = ""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def by_state(self) -> dict[str, Field]:
        return {field.state: field for field in self.fields}


@dataclass(frozen=True)
class Field:
    """One property of a resource or one key of a block."""

    name: str
    """In Python: snake_case, the API's own word."""
    shape: Shape
    description: str
    wire: str
    """Its name in the API's JSON."""
    required: bool = False
    output: bool = False
    """Only the API writes it."""
    provider_only: bool = False
    """An input that steers the provider. It is nothing of the object: no body holds it and no answer."""
    replaces: bool = False
    """A local input whose change makes a new object. What is sent needs no such word: it replaces where no update owns it."""
    secret: bool = False
    """Encrypted in the state, never shown."""
    personal: bool = False
    """Is about a person: no message repeats it."""
    write_only: bool = False
    """Accepted and never returned in plaintext: compared declaration against declaration, never imported."""
    masked: bool = False
    """Write-only, and an answer shows a mask of it where it is set: without one it is not set."""
    sparse: bool = False
    """An answer may leave it out altogether: its absence says nothing, only an empty value does."""
    server_default: bool | tuple[str, ...] = False
    """Left out, Scalekit fills it in: always, or where one of these beside it is set. An answer does not say who gave it."""
    given_with: tuple[str, str] | None = None
    """Never computed where this property of the resource has this value."""
    incomplete: tuple[str, ...] = ()
    """An output: the values that say that a setting is missing."""
    verbatim: bool = False
    """A text that is code: what stands around it is a part of it."""
    sent_whole: bool = False
    """A block of which Scalekit takes no part: a change of a key sends all of it, what did not change as it was read before."""
    create_only: bool = False
    """An output that only the answer to the create holds: kept from the state afterwards."""
    stable: bool = False
    """An output that no update changes, so a preview of one may still show it."""
    unordered: bool = False
    """A list that is a set: check keeps each element once, in the order of the state."""
    by_key: bool = False
    """A map of which only the declared keys are managed."""
    by_item: bool = False
    """A set of which only the declared elements are managed."""
    clear: Any = RELEASE
    """What is sent when it is removed from the program, or REFUSE, RELEASE or SEND_NULL. None: it goes with its list."""
    clear_advice: str = ""
    """REFUSE: what to do instead."""
    settled: bool = False
    """Once it is set, it stays: nobody knows what another value would do. Declared otherwise, it is refused."""
    falls_with: tuple[str, str] | None = None
    """REFUSE: unless this other field has this value, with which the API drops it."""
    length: tuple[int, int | None] | None = None
    """Of a text, or of each item or value of a list or map: smallest and largest, in characters. None: as long as it likes."""
    pattern: str | None = None
    pattern_words: str = ""
    keys: tuple[int, int] | None = None
    """Length of a map's keys, in characters."""
    items: tuple[int, int | None] | None = None
    between: tuple[int, int] | None = None
    refers_to: tuple[str, ...] = ()
    """The outputs of other resources that its value is, or each item of a list: `("Domain.id",)`, the likeliest first."""
    untyped: bool = False
    """An answer: the schema says nothing of its type, for a language that could not hand it on otherwise."""
    normal: Callable[[str], str] | None = None
    """The one spelling in which a text is sent; texts with the same one are equal. What has none it returns as it is."""
    rule: Callable[[Any], str | None] | None = None
    """A further rule on the value, or on each text of a list: what is wrong, to be said after the name; or None."""

    @cached_property
    def state(self) -> str:
        """Its name in the state and in every language but Python."""
        head, *tail = self.name.split("_")
        return head + "".join(part.title() for part in tail)


def value_at(values: Any, path: str) -> Any:
    """The value at a path; None where there is none."""
    for part in path.split("."):
        values = values.get(part) if isinstance(values, Mapping) else None
    return values
