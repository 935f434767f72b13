"""Making an object at something that exists already: a membership of a user whom the environment knows."""

from __future__ import annotations

from pulumi_scalekit.api.errors import Conflict, ScalekitError
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.api import Join
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.objects import LOOKS, Candidate, Objects


def join(objects: Objects, inputs: Values, doing: str, refusal: ScalekitError) -> Candidate | None:
    """Make it at what is there, after a create that would have made both was refused.

    Args:
        objects: The objects of its kind, where it would live.
        inputs: What was to be created.
        doing: For errors.
        refusal: How that create was refused.

    Returns:
        (id, what is there), made by this call; None where there is nothing to make it at, or it is made there already.

    Raises:
        ScalekitError: What others have too is not as declared; or Scalekit refused.

    """
    api = objects.kind.api
    there = _there(objects, inputs, doing, refusal)
    if not api.joins or not there or objects.answer({api.envelope: there}, inputs, doing):
        return None
    id_ = str(there[api.id])
    if paths := _differing(objects, api.joins, there, inputs):
        raise ScalekitError(
            f"{doing}: {id_} has this {api.joins.key} already, with another {', '.join(paths)}. Others rely on that too, so it is "
            f"not overwritten, and nothing was created. Declare what is there, or leave it out."
        )
    endpoint = api.joins.endpoint
    names = [name for name in endpoint.owns if inputs.get(name) not in (None, "", [], {})]
    try:
        reply = objects.client.request(
            endpoint.verb,
            wire.path(endpoint.path, inputs, id_),
            body=wire.body(objects.kind, endpoint, inputs, names),
            query=wire.query(objects.kind, endpoint, inputs, names),
            doing=doing,
        )
    except ScalekitError as error:
        # It was not there a moment ago.
        if error.uncertain and (live := objects.read(id_, inputs, doing)):
            return id_, live
        raise
    return id_, objects.answer(reply, inputs, doing) or {}


def _there(objects: Objects, inputs: Values, doing: str, refusal: ScalekitError) -> Body | None:
    """What it would be made at. A conflict says that there is something, which a search may not show yet."""
    for seconds in LOOKS if isinstance(refusal, Conflict) else LOOKS[:1]:
        if seconds:
            objects.client.pause(seconds, doing)
        if there := objects.find_joined(inputs, doing):
            return there
    return None


def _differing(objects: Objects, join: Join, there: Values, inputs: Values) -> list[str]:
    """The paths at which what others have too is not as declared."""
    fields = [objects.kind.by_name[name] for name in join.shared]
    return [
        path
        for field in fields
        for path in compare.differences(field, inputs.get(field.name), wire.decode(field.shape, there.get(field.wire)))
    ]
