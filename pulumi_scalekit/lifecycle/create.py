"""Create: never two objects, and nothing half there without a word."""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.api.errors import Conflict, Invalid, NotFound, ScalekitError
from pulumi_scalekit.lifecycle import adoption, joining, lost_create
from pulumi_scalekit.lifecycle.advice import advise, advised, declared_above
from pulumi_scalekit.lifecycle.errors import Created, InitFailed, NotTaken
from pulumi_scalekit.lifecycle.state import compose
from pulumi_scalekit.lifecycle.write import not_taken, pending, write
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.api import Endpoint
from pulumi_scalekit.model.compare import observed, readable
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import WrongEnvironment
from pulumi_scalekit.remote.objects import Objects


@advised
def create(objects: Objects, inputs: Values) -> Created:
    """Create an object with everything declared of it.

    Only the endpoints that own something which the answer does not already show are called.

    Raises:
        InitFailed: It was created, and a later step failed.
        AlreadyExists: There is one like it, and it is not taken over.
        WrongEnvironment: The stack has resources in another environment.
        ScalekitError: Nothing was created; or it is not known whether it was, and the message lists the candidates.

    """
    kind = objects.kind
    objects = objects.hiding(inputs)
    doing = f"creating {kind.label(inputs)}"
    if objects.run.elsewhere:
        raise WrongEnvironment(f"{doing}: nothing is created in {objects.environment.url} now. {objects.run.elsewhere}")
    id_, live, ours = _start(objects, inputs, doing)
    if ours:
        objects.run.create(objects.key(inputs, id_), id_, objects.environment.resource)
    if kind.api.cascades_to:
        objects.run.protect(id_, on=bool(inputs.get("deletion_protection")))
    # What is known to be there: an answer holds it, or it was sent and no answer ever holds it.
    done = set(kind.api.create.owns if kind.api.create else ())
    first = live
    # What our own create sent is not sent again, also where no answer shows it.
    sent = frozenset(done if ours else ())
    try:
        if ours:
            live = _whole(objects, id_, inputs, live, doing)
        for endpoint in kind.api.update:
            names = [name for name in pending(kind, endpoint, inputs, live) if name not in sent]
            if endpoint.clears or not names:
                continue
            what = f"{doing} ({', '.join(names)} of {id_})"
            found = write(objects, endpoint, id_, {}, inputs, names, what, live)
            done |= set(names)
            live = found or _shown(objects, endpoint, id_, inputs, what) or live
    except ScalekitError as error:
        if not kind.api.create:
            raise
        advise(kind, error)
        if isinstance(error, NotTaken):
            # Sent, answered with success, and not there: to take it for done would hide it from the next `up`.
            live = error.live
            done = {name for name in done if kind.by_name[name].write_only}
        there = {name: value for name, value in inputs.items() if name in done}
        there |= observed(
            kind, {name: readable(kind.by_name[name], inputs[name]) for name in inputs if name not in done}, live
        )
        raise InitFailed(str(error), Created(id_, compose(objects, there, live, first), ours)) from error
    return Created(id_, compose(objects, inputs, live, first), ours)


def _made(objects: Objects, endpoint: Endpoint, id_: str, inputs: Values, doing: str) -> Values | None:
    """A setting that was not there, made with what is declared; None where its environment is not there either."""
    kind = objects.kind
    owned = [name for update in kind.api.update for name in update.owns]
    names = [name for name in owned if inputs.get(name) not in (None, "", [], {})]
    body = wire.body(kind, endpoint, inputs, names)
    try:
        reply = objects.client.request(endpoint.verb, wire.path(endpoint.path, inputs, id_), body=body, doing=doing)
    except NotFound:
        return None
    except Conflict:
        # Somebody else has made it meanwhile.
        reply = {}
    return objects.answer(reply, inputs, doing) or objects.read(id_, inputs, doing)


def _whole(objects: Objects, id_: str, inputs: Values, live: Values, doing: str) -> Values:
    """What the create's answer shows, read again where it does not show what was sent."""
    kind = objects.kind

    def missing(there: Values | None) -> list[str]:
        names, there = kind.api.create.owns if kind.api.create else (), there or {}
        return [
            path
            for name in names
            if not kind.by_name[name].provider_only
            for path in compare.differences(kind.by_name[name], inputs.get(name), there.get(name))
        ]

    if not live or missing(live):
        live = objects.read_until(lambda there: bool(there) and not missing(there), id_, inputs, doing) or live
    if paths := missing(live):
        raise not_taken(kind, doing, paths, inputs, live)
    return live


def _shown(objects: Objects, endpoint: Endpoint, id_: str, inputs: Values, doing: str) -> Values | None:
    """What is there after a write whose answer does not say it."""

    def shows(live: Values | None) -> bool:
        return live is not None and not pending(objects.kind, endpoint, inputs, live)

    return objects.read_until(shows, id_, inputs, doing)


def _start(objects: Objects, inputs: Values, doing: str) -> tuple[str, Values, bool]:
    """The object before its further steps: (id, what is there, whether our own answer brought it)."""
    kind = objects.kind
    api = kind.api
    if not api.create:
        id_ = objects.setting_id(inputs, doing)
        if api.makes:
            live = objects.read(id_, inputs, doing)
            # One of which nothing is set is there too.
            live = _made(objects, api.makes, id_, inputs, doing) if live is None else live
        else:
            # What it belongs to may have been made a moment ago.
            live = objects.read_until(lambda there: there is not None, id_, inputs, doing)
        if live is None:
            raise ScalekitError(
                f"{doing}: there is no {id_} in {objects.environment.url}. Check the id it is declared with."
            )
        # An inherited value is not set, though a read shows it.
        own = {name: value for name, value in live.items() if not api.inherits or name != api.inherits[1]}
        return id_, own, False
    if there := adoption.existing(objects, inputs, doing):
        adoption.take_over(objects, there[0], inputs)
        return *there, False
    names = [name for name in api.create.owns if inputs.get(name) not in (None, "", [], {})]
    request: dict[str, Any] = {
        "method": api.create.verb,
        "path": wire.path(api.create.path, inputs),
        "body": wire.body(kind, api.create, inputs, names),
        "query": wire.query(kind, api.create, inputs, names) or None,
        "doing": doing,
    }
    try:
        reply, found = lost_create.post(objects, inputs, request)
    except (Invalid, Conflict) as error:
        if api.joins and (joined := joining.join(objects, inputs, doing, error)):
            return *joined, True
        there = adoption.refused(objects, inputs, doing, error)
        adoption.take_over(objects, there[0], inputs)
        return *there, False
    except NotFound as error:
        if objects.parent_gone(inputs):
            raise ScalekitError(
                f"{doing}: there is no organization {inputs['organization_id']} in {objects.environment.url}. Use the id of an "
                f"organization that is there; if it was deleted, run `pulumi refresh`."
            ) from error
        if above := declared_above(kind):
            error.advice = f"Check {above}: there is nothing by that name in {objects.environment.url}"
        raise
    if found:
        objects.run.keep(objects.key(inputs, found[0]))
        return *found, False
    id_ = lost_create.created_id(kind, reply) or str(inputs.get(api.id) or api.setting_of)
    if not id_:
        raise ScalekitError(f"{doing}: the answer holds no id. Look in the dashboard whether it was created.")
    try:
        return id_, objects.answer(reply, inputs, doing) or {}, True
    except ScalekitError as error:
        raise InitFailed(str(error), Created(id_, compose(objects, inputs, {}, {}), ours=True)) from error
