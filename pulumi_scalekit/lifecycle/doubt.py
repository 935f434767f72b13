"""A create whose answer never came: look before trying again.

The API has no idempotency key. An organization is found by its `external_id`; a connection among the organization's
connections; what nothing identifies is never created a second time.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from pulumi_scalekit.api.errors import NotFound, ScalekitError
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.model import equal, wire
from pulumi_scalekit.model.kind import Body, Kind, Values

_TRIES = 3

_running: Counter[str] = Counter()
_running_lock = threading.Lock()


class InDoubt(ScalekitError):
    """It is not known whether a create took effect, and nothing tells its object from others."""


@contextmanager
def _create_in(scope: str) -> Iterator[None]:
    with _running_lock:
        _running[scope] += 1
    try:
        yield
    finally:
        with _running_lock:
            _running[scope] -= 1


def post(
    kind: Kind, environment: Environment, inputs: Values, request: dict[str, Any]
) -> tuple[Body, tuple[str, Values] | None]:
    """Send the create; after an answer that never came, find what it made or send it again.

    Returns:
        The answer, or `({}, (id, what is there))` for an object that was found to be the one this call made.

    Raises:
        InDoubt: It may have been made, and cannot be told from others. The message lists the candidates.

    """
    scope = environment.url + request["path"]
    with _create_in(scope):
        for attempt in range(1, _TRIES + 1):
            since = environment.client.server_time()
            try:
                return environment.client.request(**request), None
            except ScalekitError as error:
                if not error.uncertain:
                    raise
                found = _made(kind, environment, inputs, request, since, error, alone=_running[scope] == 1)
                if found:
                    return {}, found
                if attempt == _TRIES:
                    raise
    raise AssertionError("unreachable")


def _made(  # noqa: PLR0913
    kind: Kind,
    environment: Environment,
    inputs: Values,
    request: dict[str, Any],
    since: datetime | None,
    error: ScalekitError,
    *,
    alone: bool,
) -> tuple[str, Values] | None:
    """The object that the request in doubt made; None if it made none, so that it may be sent again."""
    doing = request["doing"]
    names = kind.api.create.owns if kind.api.create else ()
    if kind.api.unique and inputs.get(kind.api.unique):
        candidates = [found] if (found := look_up(kind, environment, inputs, doing)) else []
    elif kind.api.listing and kind.api.twin:
        candidates = _twins(kind, environment, inputs, since, doing)
    elif kind.api.listing is None:
        raise InDoubt(f"{error} Look in the dashboard whether it was created before you run `pulumi up` again.") from error
    else:
        candidates = _twins(kind, environment, inputs, since, doing)
    new = [(id_, live) for id_, live in candidates if _is_new(live, since)]
    if not new:
        return None
    equal_ones = [
        (id_, live)
        for id_, live in new
        if not any(
            any(equal.differences(kind.by_name[name], inputs.get(name), live.get(name)))
            for name in names
            if not kind.by_name[name].write_only
        )
    ]
    identified = bool(kind.api.unique and inputs.get(kind.api.unique)) or (bool(kind.api.twin) and alone)
    # Without a time at which it was made, it may have been there before.
    dated = all(live.get("create_time") for _, live in equal_ones)
    if identified and since is not None and dated and len(new) == len(equal_ones) == 1 and not _shows_once(kind):
        return equal_ones[0]
    listed = ", ".join(id_ for id_, _ in new)
    raise InDoubt(
        f"{error} The answer was lost, and {listed} may be what it created: nothing tells for sure. "
        f"Delete it in the dashboard, or take it over with `pulumi import {kind.token} NAME ID` "
        f"(provider plugin), before you run `pulumi up` again."
    ) from error


def _shows_once(kind: Kind) -> bool:
    """Whether the lost answer held something that no read brings back."""
    return any(field.kept for field in kind.outputs)


def _is_new(live: Values, since: datetime | None) -> bool:
    """Whether an object may be younger than the request, by the server's own clock. Without a clock it may."""
    made = live.get("create_time")
    if since is None or not isinstance(made, str):
        return True
    # To the second: the clock of an answer's Date has no finer hand, and Python 3.10 reads no nanoseconds.
    return datetime.strptime(made[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc) >= since.replace(microsecond=0)


def _twins(
    kind: Kind, environment: Environment, inputs: Values, since: datetime | None, doing: str
) -> list[tuple[str, Values]]:
    """The objects that equal the declaration in the fields that identify one, read in full."""
    if not kind.api.listing:
        return []
    twins = []
    names = kind.api.twin or tuple(
        name for name in ("display_name", "name") if name in kind.by_name and inputs.get(name)
    )
    for listed in environment.listed(kind, kind.api.listing, inputs, doing):
        if kind.api.listing.newest_first and not _is_new(listed, since):
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
