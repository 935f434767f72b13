"""The Scalekit environment that an operation runs in: its client, and what the user configured for it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from pulumi_scalekit.api.environment_id import EnvironmentId
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.api import Counted, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.finding import Policy
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.asked_once import AskedOnce
from pulumi_scalekit.remote.in_flight import InFlight
from pulumi_scalekit.remote.page_cache import PageCache
from pulumi_scalekit.remote.pages import Page, pages
from pulumi_scalekit.remote.run import Run


class Client(Protocol):
    """What the lifecycle needs of the API's client."""

    @property
    def environment_url(self) -> str: ...

    @property
    def client_id(self) -> str: ...

    @property
    def environment_id(self) -> EnvironmentId: ...

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        query: Mapping[str, Any] | None = None,
        doing: str = "",
        reads: bool = False,
    ) -> Body: ...

    def server_time(self) -> datetime | None: ...

    def pause(self, seconds: float, doing: str) -> None: ...

    def within(self, seconds: float) -> Client: ...

    def hiding(self, secrets: Iterable[str]) -> Client: ...

    def cancel(self) -> None: ...

    @property
    def writes(self) -> int: ...


class WrongEnvironment(ScalekitError):
    """The resource lives in another environment than the one that is configured."""


@dataclass(eq=False)
class Environment:
    """Where resources live.

    Attributes:
        client: Talks to the API.
        adopt: `identical`: a create takes over the object that equals its declaration, and makes none beside it; `no` never
            takes anything over.
        previous_url: The URL that this same environment had before, while its resources move to the new one.
        policy: Which rules of findings are errors, and which say nothing.
        warn: Shows the user a warning.
        resource: Tells the resource of one call from every other resource of the stack. Empty: it is not known.
        run: What this run holds.
        deletes_only_off: The types of which it has refused in this run to delete what was switched on.

    """

    client: Client
    adopt: Literal["no", "identical"] = "no"
    previous_url: str = ""
    policy: Policy = field(default_factory=Policy)
    warn: Callable[[str], None] = field(default=print)
    resource: str = ""
    run: Run = field(default_factory=Run)
    page_cache: PageCache = field(init=False)
    in_flight: InFlight = field(init=False, default_factory=InFlight)
    # The calls of a run are copies that share this set; adding to it needs no lock.
    deletes_only_off: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.page_cache = PageCache(lambda: self.client.writes)

    def for_call(self, *, resource: str, warn: Callable[[str], None] | None = None, seconds: float = 0) -> Environment:
        """This environment for one call of the engine.

        Args:
            resource: Which resource of the stack it is about.
            warn: Shows a warning at that resource.
            seconds: The deadline of each request; 0 leaves it as it is.

        """
        mine = copy.copy(self)
        mine.resource = resource
        mine.warn = warn or self.warn
        mine.client = self.client.within(seconds) if seconds else self.client
        return mine

    def hiding(self, secrets: Iterable[str]) -> Environment:
        """This environment, whose errors do not show these secrets."""
        discreet = copy.copy(self)
        discreet.client = self.client.hiding(secrets)
        return discreet

    def asking_once(self) -> Environment:
        """This environment for one thread that reads much of it in one go: what it asks twice is sent once."""
        sparing = copy.copy(self)
        sparing.client = AskedOnce(self.client)
        return sparing

    @property
    def url(self) -> str:
        return self.client.environment_url

    @property
    def client_id(self) -> str:
        return self.client.client_id

    def moves(self, state: Values) -> bool:
        """Whether a state still names the previous URL of this environment."""
        home = state.get("environment_url")
        return bool(home and home != self.url and home == self.previous_url)

    def bodies(self, listing: Listing, values: Values, doing: str) -> Iterator[Body]:
        """Every object of a list as the API has it."""
        for page in self.pages(listing, values, doing):
            yield from page.items

    def pages(self, listing: Listing, values: Values, doing: str, *, at: str = "", size: int = 0) -> Iterator[Page]:
        """The pages of a list, each requested when it is wanted; see `remote.pages`."""
        return pages(self.client, listing, values, doing, at=at, size=size)

    def number_of(self, counted: Counted, id: str, doing: str) -> int:
        """How many there are of something below an object.

        Raises:
            ScalekitError: The environment does not tell.

        """
        if not counted.total:
            key, value = counted.only or ("", None)
            return sum(found.get(key) == value for found in self.bodies(counted.listing, {"id": id}, doing))
        path = wire.path(counted.listing.path, {}, id)
        answer = self.client.request("GET", path, query={"page_size": counted.listing.page_size}, doing=doing)
        if not str(answer.get(counted.total, "")).isdigit():
            raise ScalekitError(f"{doing}: the answer does not say how many {counted.words} there are.")
        return int(answer[counted.total])
