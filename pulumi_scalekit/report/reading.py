"""Reads an environment once, for everything that a report says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.adopt.existing import Existing
from pulumi_scalekit.adopt.inventory import Inventory, Progress, Reader, is_adoptable
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle import Found
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.report.managed import Managed

_AT_ONCE = 8


@dataclass
class Reading:
    """What was read.

    Attributes:
        inventory: Everything that is there.
        found: By URN of what is managed: what is there now; None where it is gone.
        unreadable: What could not be read, and why.

    """

    inventory: Inventory
    found: dict[str, Found | None] = field(default_factory=dict)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def read(
    here: Environment,
    held: Sequence[Managed],
    include: Sequence[str],
    progress: Callable[[int], AbstractContextManager[Progress]],
) -> Reading:
    """Read an environment, and compare what is managed with it.

    What the inventory has read is not read again; the rest, such as what no list named, is read by itself, so that absence
    is proved as in a refresh.

    Args:
        here: The environment.
        held: What the stacks manage in it.
        include: Patterns of the organizations; empty for all.
        progress: Shows a bar for a number of tenants.

    Raises:
        ScalekitError: The organizations cannot be listed.

    """
    organization = next(kind for kind in KINDS.values() if kind.api.cascades_to)
    others = [kind for kind in KINDS.values() if is_adoptable(kind) and kind is not organization]
    settings = {each.key for each in held if not each.kind.api.listings}
    inventory = Reader(here, organization, others, include, everything=False, always=settings).read(progress)
    reading = Reading(inventory, unreadable=list(inventory.unreadable))
    live: dict[tuple[str, str], Existing] = {each.key: each for each in inventory.objects}
    rest: list[Managed] = []
    for each in held:
        known = live.get(each.key)
        if known is not None and known.live:
            objects = Objects(each.kind, here)
            reading.found[each.resource.urn] = lifecycle.compared(objects, each.resource.id, each.state, known.live)
        else:
            rest.append(each)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for each, found in zip(rest, pool.map(lambda managed: _read(here, managed), rest), strict=True):
            if isinstance(found, ScalekitError):
                reading.unreadable.append((each.label, str(found)))
            else:
                reading.found[each.resource.urn] = found
    return reading


def _read(here: Environment, each: Managed) -> Any:
    try:
        return lifecycle.read(Objects(each.kind, here), each.resource.id, each.state)
    except ScalekitError as error:
        return error
