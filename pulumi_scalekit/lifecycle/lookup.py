"""Look an object up by what tells it from others: a value that only one of its kind may have, or some of its properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from pulumi_scalekit.api.errors import NotFound, ScalekitError
from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.model import equal, wire
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind

Candidate: TypeAlias = tuple[str, Values]
"""An object that may be the one that is looked for: (id, what is there)."""


def look_up(kind: Kind, environment: Environment, inputs: Values, doing: str) -> Candidate | None:
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


def twins(
    kind: Kind,
    environment: Environment,
    inputs: Values,
    doing: str,
    is_wanted: Callable[[Values], bool] = lambda _: True,
) -> list[Candidate]:
    """The objects that equal the declaration in the properties that tell one from others, read in full.

    Args:
        kind: The resource's description.
        environment: Where to look.
        inputs: What is declared.
        doing: For errors.
        is_wanted: Judges a listed object. A list that is newest first ends at the first one that is not wanted.

    Raises:
        ScalekitError: There is no list of them, or Scalekit refused.

    """
    listing = kind.api.listing or kind.api.read_list
    if not listing:
        raise ScalekitError(f"{doing}: there is no list of them")
    found = []
    names = kind.api.twin or tuple(
        name for name in ("display_name", "name") if name in kind.by_name and inputs.get(name)
    )
    for listed in environment.listed(kind, listing, inputs, doing):
        if listing.newest_first and not is_wanted(listed):
            break
        if all(equal.same(kind.by_name[name], inputs.get(name), listed.get(name)) for name in names):
            id_ = listed[kind.api.id]
            live = environment.fetch(kind, id_, inputs, doing)
            if live is not None:
                found.append((id_, {**live, "create_time": live.get("create_time") or listed.get("create_time")}))
    return found
