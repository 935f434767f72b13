"""A create whose answer never came: look before trying again.

The API has no idempotency key. An organization is found by its `external_id`, and the API refuses a second one. Anything
else is looked for among its like, more than once, since it may appear late: it is only sent again where it is not there
and the server has ended what it was at.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from pulumi_scalekit.api.errors import Conflict, Invalid, ScalekitError
from pulumi_scalekit.lifecycle.advice import ways
from pulumi_scalekit.lifecycle.errors import InDoubt
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.in_flight import Create
from pulumi_scalekit.remote.objects import Candidate, Objects

_TRIES = 3
_LOOKS = (0.0, 1.0, 2.0, 4.0)
"""Seconds before each look for what the API would let be doubled."""
_SKEW = timedelta(minutes=1)
"""How far the clock that dates an object may be behind the one that dates an answer."""


def post(objects: Objects, inputs: Values, request: dict[str, Any]) -> tuple[Body, Candidate | None]:
    """Send the create; after an answer that never came, find what it made or send it again.

    Returns:
        The answer, or `({}, (id, what is there))` for an object that was found to be the one this call made.

    Raises:
        InDoubt: It may have been made, and cannot be told from others. The message lists the candidates.

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
                taken = doubt is not None and isinstance(error, Invalid | Conflict)
                if not error.uncertain and not taken:
                    raise
                doubt = error if doubt is None or error.uncertain else doubt
                if found := _look(objects, inputs, request["doing"], since, doubt, mine):
                    mine.id = found[0]
                    return {}, found
                if taken:
                    raise
                if doubt.unfinished and not kind.has_unique(inputs):
                    seconds = f"{sum(_LOOKS):g} seconds later it was not there"
                    raise InDoubt(f"{doubt} {seconds}, and may still come. {_where(kind, inputs)}") from doubt
            else:
                mine.id = created_id(kind, reply)
                return reply, None
        assert doubt is not None  # noqa: S101 - nothing else gets here
        # Looked for after each try, and never there.
        raise doubt.known(uncertain=False) from doubt.__cause__


def created_id(kind: Kind, reply: Body) -> str:
    """The id in the answer to a create."""
    return str((reply.get(kind.api.envelope) or reply).get(kind.api.id) or "")


def _scope(kind: Kind, inputs: Values, path: str) -> str:
    """Within it, objects could be taken for each other."""
    return repr((path, [inputs.get(name) for name in (kind.api.identity or (kind.api.unique,))]))


def _look(
    objects: Objects,
    inputs: Values,
    doing: str,
    since: datetime | None,
    doubt: ScalekitError,
    mine: Create,
) -> Candidate | None:
    """The object that the request in doubt made; None if it made none, so that it may be sent again."""
    kind = objects.kind
    for seconds in _LOOKS[:1] if kind.has_unique(inputs) else _LOOKS:
        try:
            if seconds:
                objects.client.pause(seconds, doing)
            candidates = _candidates(objects, inputs, doing, since)
        except ScalekitError as error:
            raise InDoubt(f"{doubt} Looking for it failed too ({error}). {_where(kind, inputs)}") from error
        if found := _made(objects, inputs, candidates, since, doubt, mine):
            return found
    return None


def _candidates(objects: Objects, inputs: Values, doing: str, since: datetime | None) -> list[Candidate]:
    kind = objects.kind
    if kind.has_unique(inputs):
        return [found] if (found := objects.find_unique(inputs, doing)) else []
    return objects.find_alike(inputs, doing, lambda listed: _may_be_new(listed, since))


def _made(
    objects: Objects,
    inputs: Values,
    candidates: list[Candidate],
    since: datetime | None,
    doubt: ScalekitError,
    mine: Create,
) -> Candidate | None:
    """The candidate that the request in doubt made; None where none may be it."""
    kind = objects.kind
    # Where the API refuses a second one, an older one is simply in the way: sending again does no harm, and says so.
    skew = timedelta() if kind.has_unique(inputs) else _SKEW
    new = [(id_, live) for id_, live in candidates if id_ not in mine.others and _may_be_new(live, since, skew)]
    if not new:
        return None
    names = [name for name in (kind.api.create.owns if kind.api.create else ()) if not kind.by_name[name].write_only]
    equal_ones = [
        (id_, live)
        for id_, live in new
        if not any(any(compare.differences(kind.by_name[name], inputs.get(name), live.get(name))) for name in names)
    ]
    identified = kind.has_unique(inputs) or (bool(kind.api.identity) and mine.alone)
    # Without a time at which it was made, or with one before the request, it may have been there before.
    dated = all(_is_new(live, since) for _, live in equal_ones)
    may_take = dated or (kind.has_unique(inputs) and objects.environment.adopt == "identical")
    shows_once = any(field.create_only for field in kind.outputs)
    if identified and may_take and len(new) == len(equal_ones) == 1 and not shows_once:
        return equal_ones[0]
    listed = ", ".join(kind.import_id(inputs, id_) for id_, _ in new)
    raise InDoubt(
        f"{doubt} The answer was lost, and {listed} may be what it created: nothing tells for sure. "
        f"{ways(kind, inputs)} before you run `pulumi up` again."
    ) from doubt


def _where(kind: Kind, inputs: Values) -> str:
    """What to do where not even the candidates are known."""
    if kind.has_unique(inputs):
        return "The next `pulumi up` creates it, or says that it is there and how to take it over."
    return f"Look in the dashboard whether the {kind.words} is there before you run `pulumi up` again, which would create another."


def _is_new(live: Values, since: datetime | None) -> bool:
    """Whether an object is known to be younger than the request, by the server's own clock."""
    made = _made_at(live)
    # To the second: the clock of an answer's Date has no finer hand.
    return made is not None and since is not None and made >= since.replace(microsecond=0)


def _may_be_new(live: Values, since: datetime | None, skew: timedelta = _SKEW) -> bool:
    """Whether an object may be younger than the request: without a clock, or with two that differ a little, it may."""
    made = _made_at(live)
    return made is None or since is None or made >= since.replace(microsecond=0) - skew


def _made_at(live: Values) -> datetime | None:
    made = str(live.get("create_time"))[:19]  # Python 3.10 reads no nanoseconds
    try:
        return datetime.strptime(made, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
