"""The words that say where the objects of a kind live: Api, Endpoint, Listing. Frozen records; no HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from pulumi_scalekit.model.field import Body, Field, Values

NAME = re.compile(r"{(\w+)(?::([^}]*))?}")
"""A field in a path: `{name}`, or `{name:-}` where `-` stands for it as long as it is not declared."""

Happened: TypeAlias = Literal["created", "updated", "deleted", "enabled", "disabled"]
"""What Scalekit's events tell of an object."""


@dataclass(frozen=True)
class Endpoint:
    """One request that writes, and the fields it writes. `{name}` in the path is a field of the resource, `{id}` its id; see NAME."""

    verb: str
    path: str
    owns: tuple[str, ...] = ()
    """The fields it writes. A create that names none writes every input that is sent and not in its path."""
    carries: tuple[str, ...] = ()
    """Fields that every call of it must hold. One that it owns and that did not change is sent as it was read before."""
    fixed: tuple[tuple[str, str], ...] = ()
    """What its body holds beside them and is always the same: the type by which the API tells this kind from others."""
    query: tuple[str, ...] = ()
    """Of the fields it writes, those that stand in the query and not in the body."""
    otherwise: tuple[tuple[str, str], ...] = ()
    """Query parameters of every call, where no field says another value: what the API would do by itself is more than is declared."""
    flags: Callable[[Values], Mapping[str, str]] | None = None
    """A create: what its query says beside, by what is declared."""
    left_out: Literal["kept", "unknown", "reset"] = "kept"
    """What the API does with what a call leaves out. Reset: all that did not change is read before and sent as it is, and a
    secret of a block as it is declared."""
    secrets_stay: bool = False
    """With reset: a secret that a call leaves out stays all the same, so that a declared one is sent only where it changed."""
    keeps: tuple[str, ...] = ()
    """Fields that it could write and leaves to others. They are sent only where a call dropped them, as they were read before."""
    merges: bool = False
    """Of a by-key map only the changed keys are sent. Otherwise it is sent as it was read, with the changes in it."""
    action: Mapping[bool, str] | None = None
    """The value is the verb behind the path, not a body: `{True: ":enable", False: ":disable"}`. It is all that is answered."""
    moves: Mapping[str, tuple[str, ...]] | None = None
    """With an action: the outputs that may change with it, and the values that switching on leaves as they are."""
    clears: bool = False
    """Called only to take the owned field away."""
    each: bool = False
    """Called once per item that goes: `{item}` in the path."""
    adds: bool = False
    """Adds the items of a list to those that are there, and is sent the new ones alone. To send it again does no harm."""
    unpublished: bool = False
    """Scalekit has not published it: a 404 may mean that the endpoint is gone, and not the object."""

    @property
    def may_be_sent_again(self) -> bool:
        """Whether a create of which nobody knows whether it took effect makes nothing twice."""
        return self.adds or self.verb == "PUT"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in its path."""
        return tuple(match[1] for match in NAME.finditer(self.path))

    def is_called_by(self, verb: str, path: str) -> bool:
        """Whether a request went to this endpoint."""
        pattern = NAME.sub("[^/]+", self.path)
        return verb == self.verb and bool(re.fullmatch(pattern + (":[a-z]+" if self.action else ""), path))


@dataclass(frozen=True)
class Listing:
    """How the objects of a kind are listed, to look before a second try, to name candidates, for functions and for `pulumi do … list`."""

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
    only: tuple[str, tuple[Any, ...]] | None = None
    """The key and the values of the items that count. None: all count."""
    without: tuple[str, ...] = ()
    """Flags: an item with one of them on does not count."""
    of: Literal["", "organizations", "environment"] = ""
    """Of a list that holds both: whether what belongs to an organization counts, or what belongs to none. Empty: all counts."""
    published: bool = False
    """Scalekit has published it, though not the endpoint that reads one of them."""
    further: Listing | None = None
    """Beside a list that is not paged: another one that may hold more of them. What both hold counts once."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The fields in its path and its query: whose objects it holds."""
        texts = (self.path, *(value for _, value in self.query))
        return tuple(dict.fromkeys(match[1] for text in texts for match in NAME.finditer(text)))

    @property
    def needed(self) -> frozenset[str]:
        """Those of them that it cannot be asked for without."""
        return frozenset(self.parameters) - _optional(self.path)


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
class Inventory:
    """How everything of a kind is found that may be brought under code, where its `listing` does not say it."""

    listing: Listing | None = None
    """None: a setting, which is read."""
    each: str = ""
    """The key of a listed item that holds ids: an object each."""
    feature: str = ""
    """The feature of an organization without which it has none."""
    only: tuple[str, Any] | None = None
    """A setting: the property and the value with which it says more than that nothing is set."""


@dataclass(frozen=True)
class Join:
    """How an object is made at something that is there already, where its create makes both: the membership of a user."""

    listing: Listing
    """Finds what it is made at. May hold others too."""
    key: str
    """The field by which that is recognised: no two of them have the same."""
    endpoint: Endpoint
    """Makes the object; `{id}` is the id of what is there."""
    shared: tuple[str, ...] = ()
    """Fields of what is there, which others have too: they are never overwritten by a create, and have to be as declared."""


@dataclass(frozen=True)
class Api:
    """Where the objects of a kind live."""

    item: str
    envelope: str
    """The key of an answer that holds the object. Empty: the answer as a whole, out of which `from_wire` picks it."""
    read_path: str = ""
    """Where it is read, if that is another path than its own."""
    read_verb: Literal["GET", "POST"] = "GET"
    """POST: a call that changes nothing answers with it, and takes no more than the path."""
    create: Endpoint | None = None
    """None: a setting of something else, which is there before us and stays after us."""
    joins: Join | None = None
    """What a create that was refused may have met: it is then made at that, and found by it."""
    update: tuple[Endpoint, ...] = ()
    delete: Endpoint | None = None
    id: str = "id"
    """The key of the answer that is the id."""
    setting_of: str = ""
    """A setting: the field that is its id; or the id itself, where an environment has a single such setting. With a create it is
    the id of the only one that an environment may have (`is_only`). `environment_id` need not be declared: it is learnt from an
    answer that carries it."""
    makes: Endpoint | None = None
    """A setting that may not be there before us: what makes it, with all that is declared of it, where a read finds none."""
    inherits: tuple[str, str] | None = None
    """A setting of an organization: the environment's setting and the property of both in which it falls back to it,
    `("DefaultRoles", "default_member_role")`. A read does not tell whose value it is: a create writes also what is read already,
    and one that equals the environment's is not brought under code."""
    repeats: tuple[str, str] | None = None
    """A setting of an organization: a property of the organization that stands in it too, and where,
    `("logo_url", "portal_customization.logo_url")`. It is brought under code once, at the organization."""
    beside: tuple[Field, ...] = ()
    """What an object has beside the properties of the resource, for an endpoint that `keeps` it: in no program and no state."""
    read_query: tuple[tuple[str, str], ...] = ()
    read_list: Listing | None = None
    """Where no endpoint reads one object: the list it is picked from."""
    owners: Listing | None = None
    """Where what it lives in is listed, or what else stands beside it: with an unpublished read, its answer shows that a 404 is not
    the endpoint's own."""
    listing: Listing | None = None
    inventory: Inventory | None = None
    """How everything of it is found. None: by `listing`."""
    lookups: Mapping[str, str] | None = None
    """Import id prefix to the path that finds one object by another key: `{"external": "/…/{value}"}`."""
    identity: tuple[str, ...] = ()
    """Fields that identify an object without its id. When a create is in doubt, one that equals it in these is looked for."""
    delete_before_replace: bool = False
    """Two objects that are equal in `identity` cannot stand beside each other: a replacement deletes first."""
    events: Mapping[Happened, str] = field(default_factory=dict)
    """The types of Scalekit's events about one of them, by what happened; empty where it keeps none."""
    leads_to: tuple[str, ...] = ()
    """Paths that name what is outside Scalekit: with `adopt identical` no second object is made that leads to the same."""
    unique: str = ""
    """A field that no two objects share. Where it is the id, it needs no lookup."""
    lookup: str = ""
    """The lookup that finds an object by its unique value."""
    before_delete: Endpoint | None = None
    """Switches off, as what it owns says, what may have to be off to be deleted: called when a delete is refused, before it is
    tried again. Where this was seen once in a run, it is called first for what the state has switched on."""
    delete_advice: str = ""
    """What to do when a delete is refused or does not exist, said to a person. A sentence without its full stop."""
    needs: str = ""
    """What to do where the API says that a feature is off, said to a person. A sentence without its full stop."""
    cascades_to: str = ""
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
        join = self.joins.endpoint if self.joins else None
        known = (self.create, self.makes, join, *self.update, self.delete, self.before_delete)
        return tuple(endpoint for endpoint in known if endpoint)

    @property
    def reads(self) -> str:
        """The path at which one object is read, where it is not picked from a list."""
        return self.read_path or self.item

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The lists of the kind. The first finds what may be brought under code, wherever it is."""
        own = self.inventory.listing if self.inventory else None
        return tuple(listing for listing in (own, self.listing, self.read_list) if listing)

    @property
    def is_only(self) -> bool:
        """Whether an environment has one of it or none. A create, which would write over one that is there, looks first."""
        return bool(self.setting_of and self.create)

    @property
    def unpublished(self) -> bool:
        """Rests on endpoints that Scalekit has not published."""
        return self.read_unpublished or any(
            endpoint.unpublished
            for endpoint in (self.create, self.makes, self.delete, *self.update)
            if endpoint and not endpoint.clears
        )

    def is_unpublished(self, verb: str, path: str) -> bool:
        """Whether a request went to an endpoint that Scalekit has not published."""
        lists = [each for one in self.listings for each in (one, one.further) if each and not each.published]
        reads = [Endpoint("GET", listing.path) for listing in lists]
        reads += [] if self.read_list else [Endpoint(self.read_verb, self.reads)]
        called = [endpoint for endpoint in self.endpoints if endpoint.unpublished]
        called += reads if self.read_unpublished else []
        return any(endpoint.is_called_by(verb, path) for endpoint in called)

    @property
    def is_of_environment(self) -> bool:
        """A setting below the environment's id, which need not be declared."""
        return self.setting_of == "environment_id"

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The fields in the path, outermost first; the id is not among them."""
        return tuple(match[1] for match in NAME.finditer(self.item) if match[1] not in ("id", "item"))

    @cached_property
    def optional(self) -> frozenset[str]:
        """Those of them that may be left out: then it belongs to the environment."""
        return _optional(self.item)

    @property
    def parent(self) -> str | None:
        """The organization's path, for what lives below an organization."""
        return "/organizations/{organization_id}" if "organization_id" in self.parameters else None


def _optional(path: str) -> frozenset[str]:
    """The names in a path that something stands for where they are not declared."""
    return frozenset(match[1] for match in NAME.finditer(path) if match[2])
