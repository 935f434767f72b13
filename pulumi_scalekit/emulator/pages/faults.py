"""Faults that the dashboard causes: some at a click, others with the words of `Fault`."""

from __future__ import annotations

import math
import re
from typing import get_args

from pulumi_scalekit.emulator.pages.form import Form
from pulumi_scalekit.emulator.serving.fault_injection import Fault, Faults, Kind, RateLimit

PRESETS = {
    "429": ("The next request: 429, again after a second", Fault("status", status=429, message="Rate limit exceeded", retry_after=1.0)),
    "503": ("The next request: 503", Fault("status", status=503, message="Service unavailable")),
    "403": ("The next request: 403", Fault("status", status=403, message="Permission denied", permissions=("organizations:write",))),
    "lost": ("The next create: done, but its answer is lost", Fault("drop_after", method="POST", path="/api/")),
    "half": ("The next change: done, but half of its answer is lost", Fault("truncate", method="PATCH")),
    "token": ("The next sign-in: 401", Fault("status", status=401, message="client authentication failed", path="/oauth/token")),
    "slow": ("The next request: three seconds late", Fault("slow", seconds=3.0)),
    "down": ("The next request: the host is down for three seconds", Fault("refuse", seconds=3.0)),
}  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_STATUSES = range(400, 600)
_LONGEST = 60.0


def add_preset(faults: Faults, form: Form) -> None:
    """Add one of `PRESETS`.

    Raises:
        ValueError: There is none of that name.

    """
    if form.get("preset") not in PRESETS:
        raise ValueError("There is no such fault.")
    faults.add(PRESETS[form.get("preset")][1])


def custom(faults: Faults, form: Form) -> None:
    """Add a fault that a form describes.

    Raises:
        ValueError: Something in it is none.

    """
    kind, method = form.get("kind"), form.get("method")
    path = form.get("path") or None
    if kind not in KINDS or method not in ("", *METHODS):
        raise ValueError("Choose a kind and a verb from the lists.")
    try:
        re.compile(path or "")
    except re.error as error:
        raise ValueError(f"The path is no regular expression: {error}.") from None
    status = _whole(form, "status", "The status", default=503)
    if status not in _STATUSES:
        raise ValueError("The status is a number from 400 to 599.")
    faults.add(
        Fault(
            kind,  # type: ignore[arg-type]
            method=method or None,
            path=path,
            nth=_whole(form, "nth", "Which request", default=1),
            times=_whole(form, "times", "How many times", default=1),
            status=status,
            seconds=_number(form, "seconds", "The time", default=1.0),
        )
    )


def change_all(faults: Faults, form: Form) -> None:
    """Set what holds for all requests: latency and rate limit; an empty field ends it.

    Raises:
        ValueError: Something in it is no such number.

    """
    latency = _number(form, "latency", "The latency", default=0.0)
    per_second = _number(form, "per_second", "The rate", default=0.0)
    burst = _whole(form, "burst", "The burst", default=1)
    faults.latency = latency
    faults.rate_limit = RateLimit(per_second, burst) if per_second else None


def _whole(form: Form, name: str, label: str, default: int) -> int:
    text = form.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ValueError(f"{label} is a whole number from 1 on.")
    return int(text)


def _number(form: Form, name: str, label: str, default: float) -> float:
    try:
        value = float(form.get(name) or default)
    except ValueError:
        value = math.nan
    # NaN too fails this comparison.
    if not 0 <= value <= _LONGEST:
        raise ValueError(f"{label} is a number from 0 to {_LONGEST:g}.")
    return value
