"""A create whose answer never came: look before trying again.

The API has no idempotency key. An organization is found by its `external_id`; a connection among the organization's
connections; what nothing identifies is never created a second time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from pulumi_scalekit.api.errors import Conflict, Invalid, NotFound, ScalekitError
from pulumi_scalekit.lifecycle.creates import Create
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.model import equal, wire
from pulumi_scalekit.model.kind import Body, Kind, Values

_TRIES = 3


class InDoubt(ScalekitError):
    """It is not known whether a create took effect, and nothing tells its object from others."""

    uncertain = True


def post(
    kind: Kind, environment: Environment, inputs: Values, request: dict[str, Any]
) -> tuple[Body, tuple[str, Values] | None]:
    """Send the create; after an answer that never came, find what it made or send it again.

    Returns:
        The answer, or `({}, (id, what is there))` for an object that was found to be the one this call made.

    Raises:
        InDoubt: It may have been made, and cannot be told from others. The message lists the candidates.

    """
    with environment.creates.begin(_scope(kind, inputs, request["path"])) as mine:
        # One moment for all tries: the first may take effect while the second is sent.
        since = environment.client.server_time()
        doubt: ScalekitError | None = None
        for _ in range(_TRIES):
            try:
                reply = environment.client.request(**request)
            except ScalekitError as error:
                taken = doubt is not None and isinstance(error, Invalid | Conflict)
                if not error.uncertain and not taken:
                    raise
                doubt = error if doubt is None or error.uncertain else doubt
                if found := _made(kind, environment, inputs, request["doing"], since, doubt, mine):
                    mine.id = found[0]
                    return {}, found
                if taken:
                    raise
            else:
                mine.id = created_id(kind, reply)
                return reply, None
        assert doubt is not None  # noqa: S101 - nothing else gets here
        # Looked for after each try, and never there.
        doubt.uncertain = False
        raise doubt


def created_id(kind: Kind, reply: Body) -> str:
    """The id in the answer to a create."""
    return str((reply.get(kind.api.envelope) or reply).get(kind.api.id) or "")


def _scope(kind: Kind, inputs: Values, path: str) -> str:
    """Within it, objects could be taken for each other."""
    return repr((path, [inputs.get(name) for name in (kind.api.twin or (kind.api.unique,))]))


def _is_unique(kind: Kind, inputs: Values) -> bool:
    return bool(kind.api.unique and inputs.get(kind.api.unique))


def _made(
    kind: Kind,
    environment: Environment,
    inputs: Values,
    doing: str,
    since: datetime | None,
    doubt: ScalekitError,
    mine: Create,
) -> tuple[str, Values] | None:
    """The object that the request in doubt made; None if it made none, so that it may be sent again."""
    try:
        if _is_unique(kind, inputs):
            candidates = [found] if (found := look_up(kind, environment, inputs, doing)) else []
        else:
            candidates = _twins(kind, environment, inputs, since, doing)
    except ScalekitError as error:
        raise InDoubt(f"{doubt} Looking for it failed too ({error}). {_where(kind, inputs)}") from error
    new = [(id_, live) for id_, live in candidates if id_ not in mine.others and _is_new(live, since)]
    if not new:
        return None
    names = [name for name in (kind.api.create.owns if kind.api.create else ()) if not kind.by_name[name].write_only]
    equal_ones = [
        (id_, live)
        for id_, live in new
        if not any(any(equal.differences(kind.by_name[name], inputs.get(name), live.get(name))) for name in names)
    ]
    identified = _is_unique(kind, inputs) or (bool(kind.api.twin) and mine.alone)
    # Without a time at which it was made, it may have been there before.
    dated = since is not None and all(live.get("create_time") for _, live in equal_ones)
    may_take = dated or (_is_unique(kind, inputs) and environment.adopt == "identical")
    shows_once = any(field.kept for field in kind.outputs)
    if identified and may_take and len(new) == len(equal_ones) == 1 and not shows_once:
        return equal_ones[0]
    listed = ", ".join(kind.import_id(inputs, id_) for id_, _ in new)
    raise InDoubt(
        f"{doubt} The answer was lost, and {listed} may be what it created: nothing tells for sure. "
        f"{ways(kind, inputs)} before you run `pulumi up` again."
    ) from doubt


def _where(kind: Kind, inputs: Values) -> str:
    """What to do where not even the candidates are known."""
    if _is_unique(kind, inputs):
        return "The next `pulumi up` creates it, or says that it is there and how to take it over."
    return f"Look in the dashboard whether the {kind.words} is there before you run `pulumi up` again, which would create another."


def ways(kind: Kind, inputs: Values) -> str:
    """What to do with an object that no state holds, as the beginning of a sentence."""
    if any(field.kept for field in kind.outputs):
        return "Delete it in the dashboard, since nobody has its secret,"
    ways = ["Delete it in the dashboard"]
    if _is_unique(kind, inputs):
        ways.append("take it over with `pulumi config set scalekit:adopt identical`")
    return ", or ".join([*ways, f"import it with `pulumi import {kind.token} NAME ID` (provider plugin)"])


def _is_new(live: Values, since: datetime | None) -> bool:
    """Whether an object may be younger than the request, by the server's own clock. Without a clock it may."""
    made = live.get("create_time")
    if since is None or not isinstance(made, str):
        return True
    # To the second: the clock of an answer's Date has no finer hand, and Python 3.10 reads no nanoseconds.
    return datetime.strptime(made[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc) >= since.replace(
        microsecond=0
    )


def _twins(
    kind: Kind, environment: Environment, inputs: Values, since: datetime | None, doing: str
) -> list[tuple[str, Values]]:
    """The objects that equal the declaration in the fields that identify one, read in full."""
    listing = kind.api.listing or kind.api.read_list
    if not listing:
        raise ScalekitError(f"{doing}: there is no list of them")
    twins = []
    names = kind.api.twin or tuple(
        name for name in ("display_name", "name") if name in kind.by_name and inputs.get(name)
    )
    for listed in environment.listed(kind, listing, inputs, doing):
        if listing.newest_first and not _is_new(listed, since):
            break
        if all(equal.same(kind.by_name[name], inputs.get(name), listed.get(name)) for name in names):
            id_ = listed[kind.api.id]
            live = environment.fetch(kind, id_, inputs, doing)
            if live is not None:
                twins.append((id_, {**live, "create_time": live.get("create_time") or listed.get("create_time")}))
    return twins


def look_up(kind: Kind, environment: Environment, inputs: Values, doing: str) -> tuple[str, Values] | None:
    """The object with the declared unique value: (id, what is there)."""
    api = kind.api
    if api.unique == api.id:
        id_ = str(inputs[api.unique])
        live = environment.fetch(kind, id_, inputs, doing)
        return (id_, live) if live else None
    path = wire.path((api.lookups or {})[api.lookup], {"value": inputs[api.unique]})
    try:
        reply = environment.client.request("GET", path, doing=doing)
    except NotFound:
        if not api.listing or not set("/:") & set(inputs[api.unique]):
            return None
        # A value with a slash or a colon may not route as a part of a path.
        query = ((api.unique, f"{{{api.unique}}}"),)
        listed = environment.listed(kind, replace(api.listing, query=query), inputs, doing)
        found = next((one for one in listed if one.get(api.unique) == inputs[api.unique]), None)
        return (str(found[api.id]), found) if found else None
    live = wire.answer(kind, reply, inputs)
    found_id = (reply.get(api.envelope) or {}).get(api.id)
    return (str(found_id), live) if found_id and live else None
