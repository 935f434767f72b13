"""What most functions do: read one object of a kind, or list all of them."""

from collections.abc import Iterator
from typing import TypeVar

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import of_values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects

R = TypeVar("R")


def read(result: type[R], kind: Kind, environment: Environment, id: str, **above: str) -> R:
    """Read one object.

    Args:
        result: The class of the answer.
        kind: What is read.
        environment: Where it lives.
        id: The API's id.
        **above: What it belongs to: `organization_id="org_…"`.

    Raises:
        ScalekitError: It does not exist, or Scalekit refused.

    """
    doing = f"reading {kind.words} {id}"
    found = Objects(kind, environment).read(id, above, doing)
    return existing(result, environment, id, found, above, doing)


def existing(
    result: type[R], environment: Environment, id: str, found: Values | None, above: dict[str, str], doing: str
) -> R:
    """What was read, as an answer.

    Raises:
        ScalekitError: There was nothing to read.

    """
    if found is None:
        raise ScalekitError(f"{doing}: not found in {' of '.join([*above.values(), environment.url])}.")
    return of_values(result, {**found, **above, "id": id})


def listed(result: type[R], kind: Kind, environment: Environment, **above: str) -> Iterator[R]:
    """List the objects of a kind that can be listed.

    Args:
        result: The class of one object.
        kind: What is listed.
        environment: Where they live.
        **above: What they belong to: `organization_id="org_…"`.

    """
    listing = kind.api.listing
    if listing is None:
        raise TypeError(f"{kind.name} cannot be listed")
    for found in Objects(kind, environment).listed(above, f"listing {listing.items}", listing):
        yield of_values(result, {**found, **above, "id": found[kind.api.id]})
