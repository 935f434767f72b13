"""When a 404 means that an object is gone.

A gateway answers a path that it does not route with the very JSON of a missing object. So a 404 is believed where Scalekit
publishes the endpoint and the path is one object's. A list that answers 404 is never taken for an empty one, and behind an
endpoint that is not published something beside the object has to answer first.

| The read | What proves that the object is gone |
|---|---|
| one object, published; a setting that may have to be made first | its 404 |
| one object, or the only one of an environment, not published | its list answers, or that of what it lives in; or the organization above it is gone |
| one object, not published, of which the list is published | that list answers, without it; or the organization above it is gone |
| a setting of an organization | the organization is gone |
| a list, or a setting of the environment | nothing, unless the organization above it is gone |
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pulumi_scalekit.api.errors import ApiError, NotFound, ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment


class EndpointMissing(ScalekitError):
    """An endpoint answered 404 where that does not say that an object is gone."""


Proof: TypeAlias = Literal["its 404", "its list answers", "its organization is gone"]


def proof_of_absence(kind: Kind) -> Proof:
    """What proves that an object is gone whose read was answered 404; the organization's absence always does."""
    api = kind.api
    if api.makes:
        return "its 404"
    if not (api.is_only or (api.read_list.path if api.read_list else api.reads).endswith("}")):
        return "its organization is gone"
    return "its list answers" if api.read_unpublished else "its 404"


def endpoint_missing(kind: Kind, error: NotFound, *, unpublished: bool) -> EndpointMissing:
    """The error for a 404 that does not say that an object is gone.

    Args:
        kind: The resource's description.
        error: The 404.
        unpublished: Scalekit has not published the endpoint.

    """
    why = (
        "Scalekit has not published this endpoint, and may have withdrawn it: ask its support"
        if unpublished
        else "Check scalekit:environmentUrl"
    )
    if kind.api.is_of_environment:
        why = f"Or there is no such environment here: check environment_id. {why}"
    request_id = f" [request id {error.request_id}]" if error.request_id else ""
    return EndpointMissing(
        f"{error.doing} failed: {error.method} {error.path} was answered 404. That does not mean that the {kind.words} is "
        f"gone: the endpoint itself does not answer. {why}. The state stays as it is.{request_id}"
    )


def is_gone(kind: Kind, environment: Environment, id: str, values: Values, doing: str) -> bool:
    """Whether a read that was answered 404 means that the object is gone."""
    proof = proof_of_absence(kind)
    if proof == "its 404":
        return True
    answers = proof == "its list answers" and _answers(kind, environment, id, values, doing)
    return answers or parent_gone(kind, environment, values)


def parent_gone(kind: Kind, environment: Environment, values: Values) -> bool:
    """Whether the organization is known to be gone. Below a deleted one the API may answer 400 or 403 instead of 404.

    An organization that cannot be read is not gone: what was refused in the first place is what the user has to hear of.
    """
    if not kind.api.parent or not values.get("organization_id"):
        return False
    path = wire.path(kind.api.parent, values)
    try:
        environment.client.request("GET", path, doing=f"looking for the organization of the {kind.words}")
    except NotFound:
        return True
    except ScalekitError:
        return False
    return False


def _answers(kind: Kind, environment: Environment, id: str, values: Values, doing: str) -> bool:
    """Whether the list of the kind answers, so that its endpoints are there.

    A list that is published says nothing of the endpoint beside it: it has to answer without the object. Without a list, that of
    what it lives in has to answer without that; or to answer at all, for the only one of an environment.
    """
    listing, owners = kind.api.listing, kind.api.owners
    if listing:
        try:
            pages = environment.pages(listing, values, doing)
            if listing.published:
                return all(found.get(kind.api.id) != id for page in pages for found in page.items)
            next(pages, None)
        except ApiError:
            if not owners:
                return False
        else:
            return True
    if not owners:
        return False
    owner = values.get(kind.api.parameters[-1]) if kind.api.parameters else None
    try:
        pages = environment.pages(owners, values, doing)
        return all(owner is None or found.get("id") != owner for page in pages for found in page.items)
    except ApiError:
        return False
