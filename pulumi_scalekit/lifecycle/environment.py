"""The Scalekit environment that an operation runs in: its client, and what the user configured for it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Literal, Protocol

from pulumi_scalekit.api.errors import Forbidden, Invalid, NotFound, ScalekitError
from pulumi_scalekit.lifecycle.absence import endpoint_missing, is_gone
from pulumi_scalekit.lifecycle.creates import Creates
from pulumi_scalekit.lifecycle.glance import Glance
from pulumi_scalekit.lifecycle.pages import pages
from pulumi_scalekit.lifecycle.run import Object, Run
from pulumi_scalekit.model import wire
from pulumi_scalekit.model.api import Counted, Listing
from pulumi_scalekit.model.equal import secrets_in
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.kind import Kind


class Client(Protocol):
    """What the lifecycle needs of the API's client."""

    @property
    def environment_url(self) -> str: ...

    @property
    def client_id(self) -> str: ...

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        query: Mapping[str, Any] | None = None,
        doing: str = "",
    ) -> Body: ...

    def pages(
        self,
        path: str,
        *,
        items: str,
        query: Mapping[str, Any] | None = None,
        page_size: int = 100,
        doing: str = "",
    ) -> Iterator[list[Body]]: ...

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
        warn: Shows the user a warning.
        resource: Tells the resource of one call from every other resource of the stack. Empty: it is not known.
        run: What this run holds.

    """

    client: Client
    adopt: Literal["no", "identical"] = "no"
    previous_url: str = ""
    warn: Callable[[str], None] = field(default=print)
    resource: str = ""
    run: Run = field(default_factory=Run)
    glance: Glance = field(init=False)
    creates: Creates = field(init=False, default_factory=Creates)

    def __post_init__(self) -> None:
        self.glance = Glance(lambda: self.client.writes)

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

    @property
    def url(self) -> str:
        return self.client.environment_url

    @property
    def client_id(self) -> str:
        return self.client.client_id

    def hiding(self, kind: Kind, *known: Values) -> Environment:
        """This environment, whose errors show none of a resource's secrets, even where an answer repeats them."""
        secrets = {secret for values in known for secret in secrets_in(kind.shape, values)}
        discreet = copy.copy(self)
        discreet.client = self.client.hiding(secrets)
        return discreet

    def object(self, kind: Kind, values: Values, id: str) -> Object:
        """How a run knows an object."""
        return kind.token, kind.import_id(values, id)

    def guard(self, kind: Kind, state: Values, doing: str) -> None:
        """Refuse to touch what lives elsewhere: seen from the wrong environment every object looks deleted.

        Raises:
            WrongEnvironment: The state names another environment.

        """
        home = state.get("environment_url")
        if home and home not in (self.url, self.previous_url):
            self.run.elsewhere = (
                f"{doing} {kind.label(state)}: it lives in {home}, and the configured environment is {self.url}. Set "
                f"scalekit:environmentUrl back: Scalekit cannot move objects from one environment to another. If this "
                f"environment only changed its URL, run `pulumi config set scalekit:previousEnvironmentUrl {home}`, then "
                f"`pulumi up`. `pulumi refresh` and `pulumi destroy` use the settings of the last `pulumi up`; with "
                f"`--run-program` they use those of today."
            )
            raise WrongEnvironment(self.run.elsewhere)

    def moves(self, state: Values) -> bool:
        """Whether a state still names the previous URL of this environment."""
        home = state.get("environment_url")
        return bool(home and home != self.url and home == self.previous_url)

    def arrive(self, kind: Kind, id: str, state: Values, doing: str) -> None:
        """Make sure that an environment with a new URL is the same one: the object has to be there under its id.

        Raises:
            WrongEnvironment: It is not there.

        """
        if self.moves(state) and self.fetch(kind, id, state, doing) is None:
            raise WrongEnvironment(
                f"{doing}: {id} is not in {self.url}. Either that is another environment than {state['environment_url']}: set "
                f"scalekit:environmentUrl back. Or the {kind.words} was deleted: remove it from the state with "
                f"`pulumi state delete`."
            )

    def fetch(self, kind: Kind, id: str, values: Values, doing: str) -> Values | None:
        """Read one object.

        Args:
            kind: The resource's description.
            id: The API's id.
            values: Holds the path parameters, and what is declared.
            doing: For the error's text.

        Returns:
            What is there, unset properties left out; None if it is gone.

        Raises:
            ApiError: The API refused, and neither the object nor its organization is gone.

        """
        api = kind.api
        try:
            if api.read_list:
                return next(
                    (one for one in self.listed(kind, api.read_list, values, doing) if one.get(api.id) == id), None
                )
            reply = self.client.request("GET", wire.path(api.item, values, id), query=dict(api.read_query), doing=doing)
        except NotFound as error:
            if is_gone(kind, self, values, doing):
                return None
            raise endpoint_missing(kind, error, unpublished=api.read_unpublished) from None
        except (Forbidden, Invalid):
            if self.parent_gone(kind, values):
                return None
            raise
        found = self.answer(kind, reply, values, doing)
        if found is None and api.envelope:
            raise ScalekitError(f"{doing}: the answer does not hold the {kind.words}. Check scalekit:environmentUrl.")
        return found

    def answer(self, kind: Kind, reply: Body, declared: Values, doing: str) -> Values | None:
        """The object in an answer as values; None where the answer does not carry the object.

        Raises:
            ScalekitError: The answer has another form than the API's documents say.

        """
        with _readable(doing):
            return wire.answer(kind, reply, declared)

    def parent_gone(self, kind: Kind, values: Values) -> bool:
        """Whether the organization is known to be gone. Below a deleted one the API may answer 400 or 403 instead of 404.

        An organization that cannot be asked for is not gone: what was refused in the first place is what the user has
        to hear of.
        """
        if not kind.api.parent:
            return False
        path = wire.path(kind.api.parent, values)
        try:
            self.client.request("GET", path, doing=f"looking for the organization of the {kind.words}")
        except NotFound:
            return True
        except ScalekitError:
            return False
        return False

    def listed(self, kind: Kind, listing: Listing, values: Values, doing: str) -> Iterator[Values]:
        """Every object of a list, as values that also hold the id under the API's own key."""
        for page in self._listed(kind, listing, values, doing):
            yield from page

    def _listed(self, kind: Kind, listing: Listing, values: Values, doing: str) -> Iterator[list[Values]]:
        for page in self.pages(listing, values, doing):
            with _readable(doing):
                listed = [
                    {**wire.values_of(kind, found, values), kind.api.id: str(found.get(kind.api.id, ""))}
                    for found in page
                ]
            yield listed

    def bodies(self, listing: Listing, values: Values, doing: str) -> Iterator[Body]:
        """Every object of a list as the API has it."""
        for page in self.pages(listing, values, doing):
            yield from page

    def pages(self, listing: Listing, values: Values, doing: str) -> Iterator[list[Body]]:
        """The pages of a list, each asked for when it is wanted."""
        return pages(self.client, listing, values, doing)

    def number_of(self, counted: Counted, id: str, doing: str) -> int:
        """How many there are of something below an object.

        Raises:
            ScalekitError: The environment does not tell.

        """
        if not counted.total:
            key, value = counted.only or ("", None)
            return sum(found.get(key) == value for found in self.bodies(counted.listing, {"id": id}, doing))
        path = wire.path(counted.listing.path, {}, id)
        told = self.client.request("GET", path, query={"page_size": counted.listing.page_size}, doing=doing)
        if not str(told.get(counted.total, "")).isdigit():
            raise ScalekitError(f"{doing}: the answer does not say how many {counted.words} there are.")
        return int(told[counted.total])

    def seen(self, kind: Kind, id: str, values: Values, doing: str) -> Values | None:
        """One object as a list page of the last seconds had it, or None: then it has to be read."""
        listing = kind.api.listing
        if listing is None or not listing.whole:
            return None
        # What is declared of one object says nothing of the others in the list.
        above = {name: values[name] for name in kind.api.parameters}
        pages = partial(self._listed, kind, listing, above, doing)
        return self.glance.look(wire.path(listing.path, values), kind.api.id, id, pages)


@contextmanager
def _readable(doing: str) -> Iterator[None]:
    try:
        yield
    except wire.Unreadable as error:
        raise ScalekitError(
            f"{doing}: Scalekit's answer cannot be read: {error}. Look for a newer version of pulumi-scalekit, or report it."
        ) from error
