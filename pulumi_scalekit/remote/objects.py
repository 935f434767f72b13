"""The objects of one kind in one environment: the one thing that the lifecycle speaks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from pulumi_scalekit.api.errors import Forbidden, Invalid, NotFound, ScalekitError
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.model.compare import secrets_in
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import absence, wire
from pulumi_scalekit.remote.environment import Client, Environment, WrongEnvironment
from pulumi_scalekit.remote.run import Object, Run

LOOKS = (0.0, 1.0, 2.0, 4.0)
"""Seconds before each look for what a read may not show yet: nobody knows whether reads lag behind writes."""

Candidate: TypeAlias = tuple[str, Values]
"""An object that may be the one that is looked for: (id, what is there)."""


@dataclass(frozen=True)
class Objects:
    """The objects of a kind, read and looked up with the client of an environment.

    Attributes:
        kind: What they are.
        environment: Where they live.

    """

    kind: Kind
    environment: Environment

    @property
    def client(self) -> Client:
        return self.environment.client

    @property
    def run(self) -> Run:
        return self.environment.run

    def hiding(self, *known: Values) -> Objects:
        """The same objects, whose errors show none of the secrets in these values, even where an answer repeats them."""
        secrets = {secret for values in known for secret in secrets_in(self.kind.shape, values)}
        return replace(self, environment=self.environment.hiding(secrets))

    def key(self, values: Values, id: str) -> Object:
        """How a run knows an object."""
        return self.environment.url, self.kind.token, self.kind.import_id(values, id)

    def guard(self, state: Values, doing: str) -> None:
        """Refuse to touch what lives elsewhere: from the wrong environment every object looks deleted.

        Raises:
            WrongEnvironment: The state names another environment.

        """
        here, home = self.environment, state.get("environment_url")
        if home and home not in (here.url, here.previous_url):
            here.run.elsewhere = (
                f"{doing} {self.kind.label(state)}: it lives in {home}, and the configured environment is {here.url}. Set "
                f"scalekit:environmentUrl back: Scalekit cannot move objects from one environment to another. If this "
                f"environment only changed its URL, run `pulumi config set scalekit:previousEnvironmentUrl {home}`, then "
                f"`pulumi up`. `pulumi refresh` and `pulumi destroy` use the settings of the last `pulumi up`; with "
                f"`--run-program` they use those of today."
            )
            raise WrongEnvironment(here.run.elsewhere)

    def arrive(self, id: str, state: Values, doing: str) -> None:
        """Make sure that an environment with a new URL is the same one: the object has to be there under its id.

        Raises:
            WrongEnvironment: It is not there.

        """
        here = self.environment
        if here.moves(state) and self.read(id, state, doing) is None:
            raise WrongEnvironment(
                f"{doing}: {id} is not in {here.url}. Either that is another environment than {state['environment_url']}: set "
                f"scalekit:environmentUrl back. Or the {self.kind.words} was deleted: remove it from the state with "
                f"`pulumi state delete`."
            )

    def read(self, id: str, values: Values, doing: str) -> Values | None:
        """Read one object.

        Args:
            id: The API's id.
            values: Holds the path parameters, and what is declared.
            doing: For the error's text.

        Returns:
            What is there, unset properties left out; None if it is gone.

        Raises:
            ApiError: The API refused, and neither the object nor its organization is gone.

        """
        api = self.kind.api
        try:
            if api.read_list:
                return next(
                    (listed for listed in self.listed(values, doing, api.read_list) if listed.get(api.id) == id), None
                )
            reply = self.client.request(
                api.read_verb,
                wire.path(api.reads, values, id),
                body={} if api.read_verb == "POST" else None,
                query=dict(api.read_query),
                doing=doing,
                reads=True,
            )
        except NotFound as error:
            if absence.is_gone(self.kind, self.environment, id, values, doing):
                return None
            raise absence.endpoint_missing(self.kind, error, unpublished=api.read_unpublished) from None
        except (Forbidden, Invalid):
            if self.parent_gone(values):
                return None
            raise
        found = self.answer(reply, values, doing)
        if found is None and api.envelope and not reply.get(api.envelope):
            raise ScalekitError(
                f"{doing}: the answer does not hold the {self.kind.words}. Check scalekit:environmentUrl."
            )
        if api.is_of_environment:
            self.client.environment_id.note(id)
        return found

    def read_until(
        self, is_enough: Callable[[Values | None], bool], id: str, values: Values, doing: str
    ) -> Values | None:
        """Read one object, and again where the answer may be older than a write of a moment ago.

        Args:
            is_enough: Whether an answer needs no other look. After the last one it is what counts.
            id: The API's id.
            values: As for `read`.
            doing: As for `read`.

        """
        live = None
        for seconds in LOOKS:
            if seconds:
                self.client.pause(seconds, doing)
            try:
                live = self.read(id, values, doing)
            except absence.EndpointMissing:
                # What it belongs to may be there already, and it itself not yet.
                if seconds == LOOKS[-1] or is_enough(None):
                    raise
                continue
            if is_enough(live):
                break
        return live

    def answer(self, reply: Body, declared: Values, doing: str) -> Values | None:
        """The object in an answer as values; None where the answer does not carry the object.

        Raises:
            ScalekitError: The answer has another form than the API's documents say.

        """
        with wire.readable(doing):
            found = wire.answer(self.kind, reply, declared)
        self._learn(found)
        return found

    def setting_id(self, declared: Values, doing: str) -> str:
        """The id of a setting: that of what it is a setting of.

        Raises:
            ScalekitError: It is the environment's, which is not declared, and nothing carries it.

        """
        name = self.kind.api.setting_of
        if self.kind.api.is_of_environment and not declared.get(name):
            return self.client.environment_id.get(self.client.request, doing)
        return str(declared.get(name, name))

    def _learn(self, found: Values | None) -> None:
        """Note the environment's id, where an object carries it."""
        if found and any(field.name == "environment_id" for field in self.kind.outputs):
            self.client.environment_id.note(found.get("environment_id"))

    def parent_gone(self, values: Values) -> bool:
        """Whether the organization is known to be gone."""
        return absence.parent_gone(self.kind, self.environment, values)

    def listed(self, values: Values, doing: str, listing: Listing) -> Iterator[Values]:
        """Every object of a list, as values that also hold the id under the API's own key."""
        for page in self._pages(values, doing, listing):
            yield from page

    def _pages(self, values: Values, doing: str, listing: Listing) -> Iterator[list[Values]]:
        key = self.kind.api.id
        for page in self.environment.pages(listing, values, doing):
            with wire.readable(doing):
                listed = [
                    {**wire.values_of(self.kind, found, values), key: str(found.get(key, ""))} for found in page.items
                ]
            self._learn(listed[0] if listed else None)
            yield listed

    def cached(self, id: str, values: Values) -> Values | None:
        """One object as a list page of the last seconds had it, or None: then it has to be read. Nothing is waited for."""
        api = self.kind.api
        listing = api.listing
        if listing is None or not listing.whole:
            return None
        # What is declared of one object says nothing of the others in the list.
        above = {name: values[name] for name in api.parameters if name in values}
        path, doing = wire.path(listing.path, values), f"listing every {self.kind.words}"
        return self.environment.page_cache.look(path, api.id, id, lambda: self._pages(above, doing, listing))

    def find_unique(self, inputs: Values, doing: str) -> Candidate | None:
        """The object with the declared unique value: (id, what is there)."""
        api = self.kind.api
        if api.joins:
            there = self.find_joined(inputs, doing)
            live = self.answer({api.envelope: there}, inputs, doing) if there else None
            return (str((there or {}).get(api.id)), live) if live else None
        if api.unique == api.id:
            id_ = str(inputs[api.unique])
            live = self.read(id_, inputs, doing)
            return (id_, live) if live else None
        path = wire.path((api.lookups or {})[api.lookup], {"value": inputs[api.unique]})
        try:
            reply = self.client.request("GET", path, doing=doing)
        except NotFound:
            if not api.listing or not set("/:") & set(inputs[api.unique]):
                return None
            # A value with a slash or a colon may not route as a part of a path.
            query = ((api.unique, f"{{{api.unique}}}"),)
            listed = self.listed(inputs, doing, replace(api.listing, query=query))
            found = next((candidate for candidate in listed if candidate.get(api.unique) == inputs[api.unique]), None)
            return (str(found[api.id]), found) if found else None
        live = self.answer(reply, inputs, doing)
        found_id = (reply.get(api.envelope) or {}).get(api.id)
        return (str(found_id), live) if found_id and live else None

    def find_joined(self, inputs: Values, doing: str) -> Body | None:
        """What is there already of which the object would be made, as the API has it; None where there is none."""
        join = self.kind.api.joins
        if not join:
            return None
        field = self.kind.by_name[join.key]
        found = (body for page in self.environment.pages(join.listing, inputs, doing) for body in page.items)
        return next((body for body in found if compare.same(field, inputs.get(join.key), body.get(field.wire))), None)
