"""Clients that do not sleep, in place of the process's own: with an emulator on the same clock, hours of waiting in no time."""

from __future__ import annotations

from typing import Any

import httpx

from pulumi_scalekit.api import exchange
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.remote import configuration
from tests.support.clocks import LeapingClock


class Clients:
    """The clients that a provider gets while `use` is in force, in place of the process's own.

    `steady` waits long for an answer, and for the longest pause that is left of an operation before; `hasty` gives up
    after a moment.
    """

    def __init__(self, config: dict[str, str], clock: LeapingClock, patch: Any) -> None:
        settings = Settings.resolve(config)
        self._patch = patch
        self.steady = self._client(settings, clock, read=20.0, deadline=60.0)
        self.hasty = self._client(settings, clock, read=0.1, deadline=4.0)
        self.use(self.steady)

    def _client(self, settings: Settings, clock: LeapingClock, *, read: float, deadline: float) -> Client:
        self._patch.setattr(exchange, "_TIMEOUT", httpx.Timeout(20, read=read))
        return Client(settings, clock=clock.clock, sleep=clock.sleep, deadline=deadline)

    def use(self, client: Client) -> None:
        self._patch.setattr(configuration, "client_for", lambda _: client)

    def close(self) -> None:
        self.steady.close()
        self.hasty.close()
