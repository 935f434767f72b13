"""Objects that are like a declaration, where nothing of it must be unique."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model import compare
from pulumi_scalekit.model.field import Values, value_at
from pulumi_scalekit.remote.objects import Candidate, Objects


def find(
    objects: Objects,
    inputs: Values,
    doing: str,
    is_wanted: Callable[[Values], bool] = lambda _: True,
) -> list[Candidate]:
    """The objects that equal the declaration in the properties that tell one from others, read in full.

    Args:
        objects: Of their kind.
        inputs: What is declared.
        doing: For errors.
        is_wanted: Judges a listed object. A list that is newest first ends at the first one that is not wanted.

    Raises:
        ScalekitError: There is no list of them, or Scalekit refused.

    """
    listing, found = objects.kind.api.listing or objects.kind.api.read_list, []
    if not listing:
        raise ScalekitError(f"{doing}: there is no list of them")
    names = objects.kind.api.identity or tuple(
        name for name in ("display_name", "name") if name in objects.kind.by_name and inputs.get(name)
    )
    for listed in objects.listed(inputs, doing, listing):
        if listing.newest_first and not is_wanted(listed):
            break
        if all(compare.same(objects.kind.by_name[name], inputs.get(name), listed.get(name)) for name in names):
            id_ = listed[objects.kind.api.id]
            live = objects.read(id_, inputs, doing)
            if live is not None:
                found.append((id_, {**live, "create_time": live.get("create_time") or listed.get("create_time")}))
    return found


def find_leading(objects: Objects, inputs: Values, doing: str) -> list[tuple[str, Candidate]]:
    """The objects that lead to the same outside Scalekit as the declaration, each behind the path that tells."""
    api = objects.kind.api
    declared = {path: str(value).rstrip("/") for path in api.leads_to if (value := value_at(inputs, path))}
    if not declared or not api.listing:
        return []
    above = {name: inputs[name] for name in api.parameters}
    found = []
    for listed in objects.listed(inputs, doing, api.listing):
        # Read without the declaration, which would be taken for what is there where Scalekit follows a document.
        live = objects.read(listed[api.id], above, doing) or {}
        path = next((path for path, value in declared.items() if str(value_at(live, path)).rstrip("/") == value), "")
        if path:
            found.append((path, (str(listed[api.id]), live)))
    return found
