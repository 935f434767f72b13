"""Reads an environment once, for everything that a report says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.adopt.existing import Existing
from pulumi_scalekit.adopt.inventory import Inventory, Progress, Reader, is_adoptable, is_like
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle import Found
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.report.drift import touched
from pulumi_scalekit.report.managed import Managed
from pulumi_scalekit.stack.tenants import ORGANIZATION

_AT_ONCE = 8


@dataclass
class Reading:
    """What was read.

    Attributes:
        inventory: Everything that is there.
        held: What the stacks manage of it.
        found: By URN of what is managed: what is there now; None where it is gone.
        unreadable: What could not be read, and why.

    """

    inventory: Inventory
    held: list[Managed]
    found: dict[str, Found | None] = field(default_factory=dict)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def read(
    here: Environment,
    held: Sequence[Managed],
    include: Sequence[str],
    progress: Callable[[int], AbstractContextManager[Progress]],
) -> Reading:
    """Read an environment, and compare what is managed with it.

    What the inventory has read is not read again where it is as declared. A difference and an absence are read by themselves, as
    a refresh does it: a list may leave out what an object has.

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
    held = _wanted(held, inventory, include)
    reading = Reading(inventory, held, unreadable=list(inventory.unreadable))
    live: dict[tuple[str, str], Existing] = {each.key: each for each in inventory.objects}
    rest: list[Managed] = []
    for each in held:
        known = live.get(each.key)
        if known is not None and known.live:
            found = lifecycle.compared(Objects(each.kind, here), each.resource.id, each.state, known.live)
            if not touched(each, found):
                reading.found[each.resource.urn] = found
                continue
        rest.append(each)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for each, found in zip(rest, pool.map(lambda managed: _read(here, managed), rest), strict=True):
            if isinstance(found, ScalekitError):
                reading.unreadable.append((each.label, str(found)))
            else:
                reading.found[each.resource.urn] = found
    return reading


def _wanted(held: Sequence[Managed], inventory: Inventory, include: Sequence[str]) -> list[Managed]:
    """What belongs to the wanted organizations, those that are gone included, and to none."""
    ids = {tenant.organization.id for tenant in inventory.tenants}
    ids |= {
        each.resource.id
        for each in held
        if each.kind.api.cascades_to and is_like(each.resource.id, each.state, include)
    }
    owners = ((each, each.resource.id if each.kind.api.cascades_to else each.state.get(ORGANIZATION)) for each in held)
    return [each for each, owner in owners if not include or owner is None or owner in ids]


def _read(here: Environment, each: Managed) -> Any:
    try:
        # Its list has been read, and said something else: no page of it would save this read.
        return lifecycle.read(Objects(each.kind, here), each.resource.id, each.state, by_list=False)
    except ScalekitError as error:
        return error
