"""The words a resource is described with: Kind, Field, Shape, Api, Endpoint. Frozen records; no Pulumi, no HTTP.

A `Kind` is made from a resource's class body by `declare`, and all else is derived from it: validation, requests, comparison,
schema, both providers. Never declared: a path parameter replaces, and so does a field that no update endpoint owns.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

Values: TypeAlias = dict[str, Any]
"""A resource's properties by their Python names, nested blocks likewise. May hold `UNKNOWN` during a preview."""

Body: TypeAlias = dict[str, Any]
"""JSON as the API has it."""

Rule: TypeAlias = Callable[[Values], list[tuple[str, str]]]
"""What is wrong with values: (property path in Python's names, reason)."""

ShapeName: TypeAlias = Literal["text", "flag", "number", "enum", "list", "map", "block"]


class Mark(enum.Enum):
    """Values that are not values."""

    UNKNOWN = "unknown"
    """The output of a resource that does not exist yet. Passes every rule, and differs from everything."""
    REFUSE = "refuse"
    """`Field.clear`: the API cannot clear it, so removing it from the program is an error with advice."""
    HAND_BACK = "hand back"
    """`Field.clear`: removing it from the program means that it is no longer managed. Nothing is sent."""
    NULL = "null"
    """`Field.clear`: the API takes null for "not set". There is no value that says the same in a program."""

    def __repr__(self) -> str:
        return self.name


UNKNOWN = Mark.UNKNOWN
REFUSE = Mark.REFUSE
HAND_BACK = Mark.HAND_BACK
NULL = Mark.NULL


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
    local: bool = False
    """An input that steers the provider and is never sent."""
    replaces: bool = False
    """A local input whose change makes a new object. What is sent needs no such word: it replaces where no update owns it."""
    secret: bool = False
    """Encrypted in the state, never shown."""
    write_only: bool = False
    """Accepted and never answered in clear: compared declaration against declaration, never imported."""
    hidden: bool = False
    """An answer may leave it out altogether: its absence says nothing, only an empty value does."""
    computed: bool | tuple[str, ...] = False
    """Left out, Scalekit fills it in: always, or where one of these beside it is set. An answer does not say who gave it."""
    given_with: tuple[str, str] | None = None
    """Never computed where this property of the resource has this value."""
    incomplete: tuple[str, ...] = ()
    """An output: the values that say that a setting is missing."""
    kept: bool = False
    """An output that only the answer to the create holds: kept from the state afterwards."""
    stable: bool = False
    """An output that no update changes, so a preview of one may still show it."""
    unordered: bool = False
    """A list that is a set: sorted in check."""
    by_key: bool = False
    """A map of which only the declared keys are managed."""
    clear: Any = HAND_BACK
    """What is sent when it is removed from the program, or REFUSE, HAND_BACK or NULL."""
    clear_advice: str = ""
    """REFUSE: what to do instead."""
    falls_with: tuple[str, str] | None = None
    """REFUSE: unless this other field has this value, with which the API drops it."""
    length: tuple[int, int | None] | None = None
    """Of a text, or of each item or value of a list or map: smallest and largest, in characters. None: as long as it likes."""
    pattern: str | None = None
    pattern_words: str = ""
    keys: tuple[int, int] | None = None
    """Length of a map's keys, in characters."""
    items: tuple[int, int] | None = None
    between: tuple[int, int] | None = None
    normal: Callable[[str], str] | None = None
    """The one spelling in which a text is sent; texts with the same one are equal. What has none it returns as it is."""
    rule: Callable[[Any], str | None] | None = None
    """A further rule on the value, or on each text of a list: what is wrong, to be said after the name; or None."""

    @cached_property
    def state(self) -> str:
        """Its name in the state and in every language but Python."""
        head, *tail = self.name.split("_")
        return head + "".join(part.title() for part in tail)


@dataclass(frozen=True)
class Endpoint:
    """One request that writes, and the fields it writes. `{name}` in the path is a field of the resource, `{id}` its id."""

    verb: str
    path: str
    owns: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    """Fields that every call of it must hold, changed or not."""
    left_out: Literal["kept", "unknown", "reset"] = "kept"
    """What the API does with what a call leaves out. Reset: all that did not change is read before and sent as it is."""
    merges: bool = False
    """Of a by-key map only the changed keys are sent. Otherwise it is sent as it was read, with the changes in it."""
    action: Mapping[bool, str] | None = None
    """The value is the verb behind the path, not a body: `{True: ":enable", False: ":disable"}`."""
    clears: bool = False
    """Called only to take the owned field away."""
    each: bool = False
    """Called once per item that goes: `{item}` in the path."""
    unpublished: bool = False
    """Scalekit has not published it: a 404 may mean that the endpoint is gone, and not the object."""

    def is_called_by(self, verb: str, path: str) -> bool:
        """Whether a request went to this endpoint."""
        pattern = re.sub(r"{\w+}", "[^/]+", self.path)
        return verb == self.verb and bool(re.fullmatch(pattern + (":[a-z]+" if self.action else ""), path))


@dataclass(frozen=True)
class Listing:
    """How the objects of a kind are listed, to look before a second try, to name candidates, and for functions."""

    path: str
    items: str
    """The key that holds them; `client.secrets` where they stand inside another object."""
    query: tuple[tuple[str, str], ...] = ()
    """Query parameters, with `{field}` filled in."""
    paged: Literal["token", "number", "no"] = "token"
    """By a token, by a number counted from 0 until a page is short, or not at all."""
    page_size: int = 100
    newest_first: bool = False
    whole: bool = False
    """Its items are whole objects, so that a refresh may look at a page instead of reading each."""


@dataclass(frozen=True)
class Counted:
    """Something that lives below an object, and how to learn how many of it there are. `{id}` is the object's id."""

    words: str
    listing: Listing
    total: str = ""
    """The key of an answer that tells their number."""
    only: tuple[str, Any] | None = None
    """Without a total: the key and the value of those that count."""


@dataclass(frozen=True)
class Api:
    """Where the objects of a kind live."""

    item: str
    envelope: str
    """The key of an answer that holds the object. Empty: the answer as a whole, out of which `from_wire` picks it."""
    create: Endpoint | None = None
    """None: a setting of something else, which is there before us and stays after us."""
    update: tuple[Endpoint, ...] = ()
    delete: Endpoint | None = None
    id: str = "id"
    """The key of the answer that is the id."""
    setting_of: str = ""
    """A setting: the field that is its id; or the id itself, where there is only one in an environment."""
    read_query: tuple[tuple[str, str], ...] = ()
    read_list: Listing | None = None
    """Where no endpoint reads one object: the list it is picked from."""
    listing: Listing | None = None
    lookups: Mapping[str, str] | None = None
    """Import id prefix to the path that finds one object by another key: `{"external": "/…/{value}"}`."""
    twin: tuple[str, ...] = ()
    """Fields that identify an object without its id. When a create is in doubt, one that equals it in these is looked for."""
    exclusive: bool = False
    """Two objects that are equal in `twin` cannot stand beside each other: a replacement deletes first."""
    unique: str = ""
    """A field that no two objects share. Where it is the id, it needs no lookup."""
    lookup: str = ""
    """The lookup that finds an object by its unique value."""
    unlock: Endpoint | None = None
    """Called once when a delete is refused, before the delete is tried again."""
    delete_advice: str = ""
    """What to do when a delete is refused or does not exist, said to a person. A sentence without its full stop."""
    needs: str = ""
    """What to do where the API says that a feature is off, said to a person. A sentence without its full stop."""
    protects: str = ""
    """What a delete takes along, said to a person. The kind then has `deletion_protection`."""
    counted: tuple[Counted, ...] = ()
    """To say what a delete would take along."""
    to_wire: Callable[[Body], Body] | None = None
    """The last word on a request's body."""
    from_wire: Callable[[Body, Values], Body] | None = None
    """The first word on an answered object; the second argument is what is declared. Empty: the answer does not hold it."""
    read_unpublished: bool = False
    """Scalekit has not published the endpoint that reads it."""

    @cached_property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All that it is written with."""
        return tuple(one for one in (self.create, *self.update, self.delete, self.unlock) if one)

    @property
    def unpublished(self) -> bool:
        """Rests on endpoints that Scalekit has not published."""
        return self.read_unpublished or any(
            one.unpublished for one in (self.create, self.delete, *self.update) if one and not one.clears
        )

    def is_unpublished(self, verb: str, path: str) -> bool:
        """Whether a request went to an endpoint that Scalekit has not published."""
        if verb == "GET":
            read = Endpoint("GET", self.read_list.path if self.read_list else self.item)
            return self.read_unpublished and read.is_called_by(verb, path)
        return any(one.unpublished and one.is_called_by(verb, path) for one in self.endpoints)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The fields in the path, outermost first; the id is not one."""
        return tuple(name for name in re.findall(r"{(\w+)}", self.item) if name not in ("id", "item"))

    @property
    def parent(self) -> str | None:
        """The organization's path, for what lives below one."""
        return "/organizations/{organization_id}" if "organization_id" in self.parameters else None


@dataclass(frozen=True, eq=False)
class Kind:
    """Everything that is known of one resource, `Organization` and so on."""

    name: str
    description: str
    fields: tuple[Field, ...]
    api: Api
    rule: Rule | None = None
    rule_of_new: Rule | None = None
    doubts: Rule | None = None
    """Rules between fields: for what is refused, for that of a new object only, and for what may be a mistake: a warning."""

    @property
    def token(self) -> str:
        return f"scalekit:index:{self.name}"

    @property
    def dynamic_token(self) -> str:
        return f"pulumi-python:dynamic/scalekit:{self.name}"

    @cached_property
    def words(self) -> str:
        """Its name in a sentence: `organization client`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).lower()

    @cached_property
    def shape(self) -> Shape:
        return Shape("block", fields=self.fields, type_name=self.name)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return self.shape.by_name

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.output)

    @cached_property
    def outputs(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.output)

    @cached_property
    def replacing(self) -> frozenset[str]:
        """Inputs whose change makes a new object."""
        updated = {name for endpoint in self.api.update for name in endpoint.owns}
        return frozenset(
            field.name
            for field in self.inputs
            if (field.replaces if field.local else field.name in self.api.parameters or field.name not in updated)
        )

    @cached_property
    def above(self) -> tuple[str, ...]:
        """The fields that stand before the id in an import id, outermost first."""
        return tuple(name for name in self.api.parameters if name != self.api.setting_of)

    def import_id(self, values: Values, id: str) -> str:
        """What `get` and import find an object by: its id below those that it lives in, `org_1/conn_1`."""
        return "/".join([*(str(values.get(name)) for name in self.above), id])

    def split_import_id(self, import_id: str) -> tuple[Values, str]:
        """The fields above an object, and its id. An import id of another form comes back whole, without fields."""
        *above, own = import_id.split("/") if self.above else [import_id]
        if len(above) != len(self.above) or not all(above) or not own:
            return {}, import_id
        return dict(zip(self.above, above, strict=True)), own

    def label(self, values: Values) -> str:
        """How a message calls one of them: `organization "Acme Inc"`."""
        for name in ("display_name", "name", "domain", "redirect_uri", "key", "provider"):
            field, value = self.by_name.get(name), values.get(name)
            if field and not field.output and isinstance(value, str) and value:
                return f'{self.words} "{value}"'
        return self.words
