"""A create whose answer never came: look before trying again.

The API has no idempotency key. An organization is found by its `external_id`, and the API refuses a second one. Anything
else is looked for among its like, more than once, since it may appear late: it is only sent again where it is not there
and the server has ended what it was at. What is only added to something is sent again at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pulumi_scalekit.api.errors import Conflict, Invalid, ScalekitError
from pulumi_scalekit.lifecycle.advice import ways
from pulumi_scalekit.lifecycle.age import made_at
from pulumi_scalekit.lifecycle.errors import InDoubt
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import alike
from pulumi_scalekit.remote.in_flight import Create
from pulumi_scalekit.remote.objects import LOOKS, Candidate, Objects

_TRIES = 3
_SKEW = timedelta(minutes=1)
"""How far the clock that dates an object may be behind the one that dates an answer."""


def post(objects: Objects, inputs: Values, request: dict[str, Any]) -> tuple[Body, Candidate | None]:
    """Send the create; after an answer that never came, find what it made or send it again.

    Returns:
        The answer, or `({}, (id, what is there))` for an object that was found to be the one this call made.

    Raises:
        InDoubt: It may have been made, and cannot be distinguished from others. The message lists the candidates.

    """
    kind = objects.kind
    with objects.environment.in_flight.begin(_scope(kind, inputs, request["path"])) as mine:
        # One moment for all tries: the first may take effect while the second is sent.
        since = objects.client.server_time()
        doubt: ScalekitError | None = None
        for _ in range(_TRIES):
            try:
                reply = objects.client.request(**request)
            except ScalekitError as error:
                if error.uncertain and kind.api.create and kind.api.create.may_be_sent_again:
                    doubt = error
                    continue
                refused = doubt is not None and isinstance(error, Invalid | Conflict)
                if not error.uncertain and not refused:
                    raise
                doubt = error if doubt is None or error.uncertain else doubt
                lost = LostCreate(objects, inputs, request["doing"], since, doubt, mine)
                if found := lost.made(LOOKS if refused or not kind.has_unique(inputs) else LOOKS[:1]):
                    mine.id = found[0]
                    return {}, found
                if refused:
                    raise
            else:
                mine.id = created_id(kind, reply)
                return reply, None
        assert doubt is not None  # noqa: S101 - nothing else gets here
        if kind.api.create and kind.api.create.may_be_sent_again:
            raise doubt
        # Looked for after each try, and never there.
        raise doubt.known(uncertain=False) from doubt.__cause__


def created_id(kind: Kind, reply: Body) -> str:
    """The id in the answer to a create."""
    return str((reply.get(kind.api.envelope) or reply).get(kind.api.id) or "")


def _scope(kind: Kind, inputs: Values, path: str) -> str:
    """Within it, objects could be taken for each other."""
    return repr((path, [inputs.get(name) for name in (kind.api.identity or (kind.api.unique,))]))


@dataclass(frozen=True)
class LostCreate:
    """A create that may have taken effect, and what is there that it may have made.

    A candidate is an object like the declared one (with its unique value, or equal in its identity) that is not known to be
    older than the request, by the server's own clock, and that no other create of this process has made.

    | Candidates | Verdict |
    |---|---|
    | looking for them failed | `InDoubt` |
    | none, and the server has ended what it was at | it made nothing: it may be sent again |
    | none, the server may still be at it, and a second one would not be refused | `InDoubt` |
    | one, that equals the declaration in all that a create sends, is known to be younger than the request, and can only be \
      ours: it has the unique value, or an identity in which no other create of ours was in flight | it is ours |
    | the same, and its kind shows a secret once, which nobody has now | `InDoubt`, with its id |
    | any other | `InDoubt`, with the ids of all |

    Attributes:
        objects: The objects of its kind, where it would live.
        inputs: What was to be created.
        doing: For errors.
        since: The server's time before the first try; None where no answer held it.
        doubt: How the last try that may have taken effect ended.
        mine: The create among those in flight.

    """

    objects: Objects
    inputs: Values
    doing: str
    since: datetime | None
    doubt: ScalekitError
    mine: Create

    def made(self, looks: Sequence[float]) -> Candidate | None:
        """The object that the create made; None if it made none, so that it may be sent again.

        Args:
            looks: Seconds before each look. Of what the API would refuse to double one is enough, until it has refused.

        Raises:
            InDoubt: Nothing tells.

        """
        for seconds in looks:
            if found := self._verdict(self._candidates(seconds)):
                return found
        if self.doubt.unfinished and not self._kind.has_unique(self.inputs):
            waited = f"{sum(looks):g} seconds later it was not there"
            raise InDoubt(
                f"{self.doubt} {waited}, and may still come. {_where(self._kind, self.inputs)}"
            ) from self.doubt
        return None

    def _candidates(self, seconds: float) -> list[Candidate]:
        kind = self._kind
        try:
            if seconds:
                self.objects.client.pause(seconds, self.doing)
            if kind.has_unique(self.inputs):
                listed = [found] if (found := self.objects.find_unique(self.inputs, self.doing)) else []
            else:
                listed = alike.find(
                    self.objects, self.inputs, self.doing, lambda listed: _may_be_new(listed, self.since)
                )
        except ScalekitError as error:
            raise InDoubt(f"{self.doubt} Looking for it failed too ({error}). {_where(kind, self.inputs)}") from error
        # Where the API refuses a second one, an older one is simply in the way: sending again does no harm, and says so.
        skew = timedelta() if kind.has_unique(self.inputs) else _SKEW
        return [
            (id_, live) for id_, live in listed if id_ not in self.mine.others and _may_be_new(live, self.since, skew)
        ]

    def _verdict(self, candidates: list[Candidate]) -> Candidate | None:
        if not candidates:
            return None
        kind, unique = self._kind, self._kind.has_unique(self.inputs)
        equal = [(id_, live) for id_, live in candidates if self._equals(live)]
        identified = unique or (bool(kind.api.identity) and self.mine.alone)
        # Without a time at which it was made, or with one before the request, it may have been there before.
        dated = all(_is_new(live, self.since) for _, live in equal)
        may_take = dated or (unique and self.objects.environment.adopt == "identical")
        shows_once = any(field.create_only for field in kind.outputs)
        if identified and may_take and len(candidates) == len(equal) == 1 and not shows_once:
            return equal[0]
        ids = ", ".join(kind.import_id(self.inputs, id_) for id_, _ in candidates)
        raise InDoubt(
            f"{self.doubt} The answer was lost, and {ids} may be what it created: nothing tells for sure. "
            f"{ways(kind, self.inputs)} before you run `pulumi up` again."
        ) from self.doubt

    def _equals(self, live: Values) -> bool:
        """Whether an object equals the declaration in all that a create sends and a read shows."""
        kind = self._kind
        names = (
            name
            for name in (kind.api.create.owns if kind.api.create else ())
            if not (kind.by_name[name].write_only or kind.by_name[name].provider_only)
        )
        return not any(
            path
            for name in names
            for path in compare.differences(kind.by_name[name], self.inputs.get(name), live.get(name))
        )

    @property
    def _kind(self) -> Kind:
        return self.objects.kind


def _where(kind: Kind, inputs: Values) -> str:
    """What to do where not even the candidates are known."""
    if kind.has_unique(inputs):
        return "The next `pulumi up` creates it, or says that it is there and how to take it over."
    return f"Look in the dashboard whether the {kind.words} is there before you run `pulumi up` again, which would create another."


def _is_new(live: Values, since: datetime | None) -> bool:
    """Whether an object is known to be younger than the request, by the server's own clock."""
    made = made_at(live)
    # To the second: the clock of an answer's Date has no finer hand.
    return made is not None and since is not None and made >= since.replace(microsecond=0)


def _may_be_new(live: Values, since: datetime | None, skew: timedelta = _SKEW) -> bool:
    """Whether an object may be younger than the request: without a clock, or with two that differ a little, it may."""
    made = made_at(live)
    return made is None or since is None or made >= since.replace(microsecond=0) - skew
