from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_scalekit.emulator import Emulator, Switches
from tests.support.api import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def start() -> Iterator[Callable[..., Api]]:
    """Start an emulator with these switches and arguments; as many as a test wants."""
    running: list[Api] = []

    def begin(*, switches: Switches | None = None, **arguments: Any) -> Api:
        named = {name: arguments.pop(name) for name in list(arguments) if name in Switches.allowed()}
        emulator = Emulator(switches or Switches(**named), **arguments).start()
        running.append(Api(emulator))
        return running[-1]

    yield begin
    for api in running:
        api.close()
        api.emulator.stop()


@pytest.fixture
def api(start: Callable[..., Api]) -> Api:
    return start()
