"""Refreshing many objects: never more than twice the cheaper of reads and pages, never stale, never wrong."""

import math

import pytest

from pulumi_scalekit.model.registry import KINDS
from tests.support import pagers
from tests.support.stack import PROVIDERS, Stack

TOKEN = "scalekit:index:Organization"


def stacks(provider, api, count):
    """Stacks with one organization each, in the order of their creation, sharing one process."""
    made = []
    for n in range(count):
        stack = Stack(provider)
        stack.up({"displayName": f"No {n}", "externalId": f"ext-{n}"})
        made.append(stack)
    return made


def refreshed(made):
    """What a refresh finds of each, if a page comes while a read takes its time, as it mostly does with one thread."""
    found = []
    for stack in made:
        found.append(stack.refresh())
        pagers.wait_for_rest()
    return found


@pytest.fixture(params=PROVIDERS)
def provider(request, config):
    return PROVIDERS[request.param](KINDS[TOKEN], config)


@pytest.fixture
def environment_of(provider):
    """The provider's own view of its environment, for a clock of our own."""
    holder = getattr(provider, "provider", None) or provider.plugin
    return holder._environment


@pytest.mark.slow
@pytest.mark.parametrize(("mine", "others"), [(1, 300), (5, 0), (5, 1500), (60, 0), (60, 900), (250, 250)])
def test_a_refresh_costs_at_most_twice_the_cheaper_way(provider, api, emulator, mine, others):
    made = stacks(provider, api, mine)
    for n in range(others):
        api.send("POST", "/organizations", {"display_name": f"Other {n}"})
    before = emulator.ledger.mark()
    assert refreshed(made) == [[]] * len(made)
    cheaper = min(mine, math.ceil((mine + others) / 100))
    assert len(emulator.ledger.since(before)) <= 2 * cheaper + 3


def test_drift_and_absence_are_confirmed_by_a_read(provider, api, emulator):
    made = stacks(provider, api, 20)
    emulator.store.organizations[made[3].id]["display_name"] = "Renamed"
    api.send("DELETE", f"/organizations/{made[4].id}")
    before = emulator.ledger.mark()
    drift = refreshed(made)
    assert drift[3] == ["displayName"]
    assert drift[4] == ["deleted"]
    assert all(found == [] for n, found in enumerate(drift) if n not in (3, 4))
    assert len(emulator.ledger.since(before)) < 10


def test_our_own_write_makes_pages_worthless(provider, api, emulator):
    made = stacks(provider, api, 20)
    assert refreshed(made) == [[]] * len(made)
    made[7].up({"displayName": "Changed", "externalId": "ext-7"})
    emulator.store.organizations[made[8].id]["display_name"] = "Renamed meanwhile"
    assert made[7].refresh() == []
    assert made[8].refresh() == ["displayName"]


def test_pages_count_for_seconds(provider, environment_of, api, emulator):
    now = [0.0]
    environment_of.page_cache._clock = lambda: now[0]
    made = stacks(provider, api, 20)
    assert refreshed(made) == [[]] * len(made)
    emulator.store.organizations[made[8].id]["display_name"] = "Renamed"
    now[0] += 60
    assert made[8].refresh() == ["displayName"]


def test_a_list_that_may_not_be_asked_for_does_no_harm(provider, api, emulator):
    from pulumi_scalekit.emulator import Fault

    made = stacks(provider, api, 20)
    emulator.faults.add(Fault("status", status=403, method="GET", path="/api/v1/organizations$", times=None))
    assert refreshed(made) == [[]] * len(made)
