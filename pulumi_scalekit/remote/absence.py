"""When a 404 means that an object is gone.

A gateway answers a path that it does not route with the very JSON of a missing object. So a 404 is believed where Scalekit
publishes the endpoint and the path is one object's. A list that answers 404 is never taken for an empty one, and behind an
endpoint that is not published something beside the object has to answer first.

| The read | What proves that the object is gone |
|---|---|
| one object, published; a setting that may have to be made first | its 404 |
| one object, or the only one of an environment, not published | its list answers, or that of what it lives in; or the organization above it is gone |
| a setting of an organization | the organization is gone |
| a list, or a setting of the environment | nothing, unless the organization above it is gone |
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pulumi_scalekit.api.errors import NotFound, ScalekitError
from pulumi_scalekit.model.kind import Kind


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
    request_id = f" [request id {error.request_id}]" if error.request_id else ""
    return EndpointMissing(
        f"{error.doing} failed: {error.method} {error.path} was answered 404. That does not mean that the {kind.words} is "
        f"gone: the endpoint itself does not answer. {why}. The state stays as it is.{request_id}"
    )
