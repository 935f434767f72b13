"""When a 404 means that an object is gone.

A gateway answers a path that it does not route with the very JSON of a missing object. So a 404 is believed where Scalekit
publishes the endpoint and the path is one object's. A list that answers 404 is never taken for an empty one, and behind an
endpoint that is not published something beside the object has to answer first.

| The read | What proves that the object is gone |
|---|---|
| one object, published | its 404 |
| one object, not published | its list answers, or the organization above it is gone |
| a setting of an organization | the organization is gone |
| a list, or a setting of the environment | nothing, unless the organization above it is gone |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_scalekit.api.errors import ApiError, NotFound, ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind

if TYPE_CHECKING:
    from pulumi_scalekit.lifecycle.environment import Environment


class EndpointMissing(ScalekitError):
    """An endpoint answered 404 where that does not say that an object is gone."""


def is_gone(kind: Kind, environment: Environment, values: Values, doing: str) -> bool:
    """Whether a read that was answered 404 means that the object is gone.

    Args:
        kind: The resource's description.
        environment: Where it was read.
        values: Holds the path parameters.
        doing: For errors.

    """
    api = kind.api
    is_object = (api.read_list.path if api.read_list else api.item).endswith("}")
    if is_object and not api.read_unpublished:
        return True
    return (is_object and _answers(kind, environment, values, doing)) or environment.parent_gone(kind, values)


def _answers(kind: Kind, environment: Environment, values: Values, doing: str) -> bool:
    """Whether the list of the kind answers, so that its endpoints are there."""
    if not kind.api.listing:
        return False
    try:
        next(environment.pages(kind.api.listing, values, doing), None)
    except ApiError:
        return False
    return True


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
    seen = f" [request id {error.request_id}]" if error.request_id else ""
    return EndpointMissing(
        f"{error.doing} failed: {error.method} {error.path} was answered 404. That does not mean that the {kind.words} is "
        f"gone: the endpoint itself does not answer. {why}. The state stays as it is.{seen}"
    )
