from __future__ import annotations

import pytest

from pulumi_scalekit.emulator import Emulator
from tests.support.fake_clock import Clients, FakeClock


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def emulator(switches, clock, one_ssl_context):
    with Emulator(switches, clock=clock.wall) as running:
        yield running


@pytest.fixture
def clients(config, clock, monkeypatch):
    made = Clients(config, clock, monkeypatch)
    yield made
    made.close()
