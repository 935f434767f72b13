"""Fixtures that all tests share: an emulator, and a world to prepare in it."""

from __future__ import annotations

import pytest
from cases import World

from pulumi_scalekit.api import Settings, client_for
from pulumi_scalekit.emulator import Emulator, Switches

VARIANTS = dict(Switches.variants())


@pytest.fixture
def switches() -> Switches:
    """The emulator's answer to each open question about the API. A test may parametrize it."""
    return Switches()


@pytest.fixture
def emulator(switches):
    with Emulator(switches) as running:
        yield running


@pytest.fixture
def world(emulator):
    prepared = World(emulator)
    yield prepared
    prepared.close()


@pytest.fixture
def config(emulator):
    """A stack's configuration that leads to the emulator."""
    settings = {
        "scalekit:environmentUrl": emulator.url,
        "scalekit:clientId": emulator.client_id,
        "scalekit:clientSecret": emulator.client_secret,
    }
    yield settings
    client_for(Settings.resolve(settings)).close()
