"""Look an object up by the value that only one of its kind may have."""

from __future__ import annotations

from dataclasses import replace

from pulumi_scalekit.api.errors import NotFound
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.model import wire
from pulumi_scalekit.model.kind import Kind, Values


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
    live = environment.answer(kind, reply, inputs, doing)
    found_id = (reply.get(api.envelope) or {}).get(api.id)
    return (str(found_id), live) if found_id and live else None


def has_unique(kind: Kind, inputs: Values) -> bool:
    """Whether the declaration holds the value by which an object of its kind is found, and which no second one may have."""
    return bool(kind.api.unique and inputs.get(kind.api.unique))
