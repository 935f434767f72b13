"""A client that does not sleep, and an emulator on the same clock: hours of waiting in no time."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx

from pulumi_scalekit.api import exchange
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.remote import configuration


class FakeClock:
    """Time that leaps over every sleep."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._leapt = 0.0

    def wall(self) -> float:
        return time.time() + self._leapt

    def monotonic(self) -> float:
        return time.monotonic() + self._leapt

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._leapt += seconds
        time.sleep(0.001)  # the emulator's door, once closed, opens in real time


class Clients:
    """The clients that a provider gets while `use` is in force, in place of the process's own.

    `steady` waits long for an answer, and for the longest pause that is left of an operation before; `hasty` gives up
    after a moment.
    """

    def __init__(self, config: dict[str, str], clock: FakeClock, patch: Any) -> None:
        settings = Settings.resolve(config)
        self._patch = patch
        self.steady = self._client(settings, clock, read=20.0, deadline=60.0)
        self.hasty = self._client(settings, clock, read=0.1, deadline=4.0)
        self.use(self.steady)

    def _client(self, settings: Settings, clock: FakeClock, *, read: float, deadline: float) -> Client:
        self._patch.setattr(exchange, "_TIMEOUT", httpx.Timeout(20, read=read))
        return Client(settings, clock=clock.monotonic, sleep=clock.sleep, deadline=deadline)

    def use(self, client: Client) -> None:
        self._patch.setattr(configuration, "client_for", lambda _: client)

    def close(self) -> None:
        self.steady.close()
        self.hasty.close()
