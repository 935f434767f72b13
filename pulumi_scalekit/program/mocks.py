"""A user's unit test: `pulumi.runtime.set_mocks` answers in place of Scalekit, and nothing is sent."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.mocks import MockMonitor, Mocks
from pulumi.runtime.settings import SETTINGS


def current() -> Mocks | None:
    """The mocks of the test that runs; None where no test does."""
    monitor: Any = getattr(SETTINGS, "monitor", None)  # outside a program there is none
    return monitor.mocks if isinstance(monitor, MockMonitor) else None
