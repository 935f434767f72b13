"""For the tests of your own programs: `pytest_plugins = ["pulumi_scalekit.emulator.fixture"]`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pulumi_scalekit.emulator.serving.emulator import Emulator


@pytest.fixture
def scalekit_emulator() -> Iterator[Emulator]:
    """An empty Scalekit environment, running until the test ends."""
    with Emulator() as emulator:
        yield emulator
