from __future__ import annotations

import pytest

from pulumi_scalekit.emulator import Emulator
from tests.support.clients import Clients
from tests.support.clocks import LeapingClock


@pytest.fixture
def clock():
    return LeapingClock()


@pytest.fixture
def emulator(switches, clock):
    with Emulator(switches, clock=clock.wall) as running:
        yield running


@pytest.fixture
def clients(config, clock, monkeypatch):
    made = Clients(config, clock, monkeypatch)
    yield made
    made.close()
