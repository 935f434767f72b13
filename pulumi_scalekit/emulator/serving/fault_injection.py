"""Faults between a client and the service, at the request that a test chooses."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from email.utils import formatdate
from typing import Any, Literal

Kind = Literal["status", "refuse", "drop_before", "drop_after", "truncate", "slow", "late"]
RetryAfter = float | Literal["date"] | None


@dataclass(frozen=True)
class Fault:
    """A fault at the nth matching request and the `times - 1` after it (`times=None`: at every later request).

    * `status`: answers with `status` instead. `body` is json, html or empty; `retry_after` is a number of
      seconds or "date" (a second from now). With `applied` the write is applied first. A JSON body names
      `permissions` as the permissions that the request needs, and `help_url` as a page with help.
    * `refuse`: resets this connection and all others, unapplied, and closes the listening socket for
      `seconds`: new connections are refused, as by a host that is down.
    * `drop_before`, `drop_after`: closes the connection without an answer, before or after the write was
      applied; with `reset` the connection is reset (RST instead of FIN).
    * `truncate`: applied; the headers and half of the body are sent, then the connection closes.
    * `slow`: waits `seconds` before it answers; the write is applied first unless `applied` is False.
    * `late`: waits `seconds`, and only then applies the write and answers.

    `path` is the beginning of a path or a regular expression for it. Without a path a fault matches every API
    request and no token request; name "/oauth/token" to hit those.
    """

    kind: Kind
    method: str | None = None
    path: str | None = None
    nth: int = 1
    times: int | None = 1
    status: int = 503
    body: Literal["json", "html", "empty"] = "json"
    message: str = "fault on purpose"
    permissions: Sequence[str] = ()
    help_url: str = ""
    retry_after: RetryAfter = None
    seconds: float = 1.0
    applied: bool | None = None
    reset: bool = False

    def __post_init__(self) -> None:
        # A fault is a key of a dictionary, and JSON has only lists.
        object.__setattr__(self, "permissions", tuple(self.permissions))

    def matches(self, method: str, path: str, *, token: bool) -> bool:
        if self.path is None:
            return not token and self.method in (None, method)
        return self.method in (None, method) and re.match(self.path, path) is not None


@dataclass(frozen=True)
class RateLimit:
    """A token bucket of `burst` requests that fills at `per_second`; a request beyond it is answered with 429."""

    per_second: float
    burst: int = 1


class Faults:
    """The faults that wait for their request, and the latency and the rate limit of all requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Fault, list[int]] = {}
        self._bucket: tuple[float, float] | None = None
        self.latency = 0.0
        self._rate_limit: RateLimit | None = None

    @property
    def rate_limit(self) -> RateLimit | None:
        return self._rate_limit

    @rate_limit.setter
    def rate_limit(self, limit: RateLimit | None) -> None:
        with self._lock:
            self._rate_limit = limit
            self._bucket = None

    def add(self, *faults: Fault) -> None:
        with self._lock:
            for fault in faults:
                self._waiting.setdefault(fault, []).append(0)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
            self.latency = 0.0
        self.rate_limit = None

    def waiting(self) -> list[dict[str, Any]]:
        with self._lock:
            return [{**asdict(fault), "seen": count} for fault, counts in self._waiting.items() for count in counts]

    def take(self, method: str, path: str, *, token: bool = False) -> Fault | None:
        """Count this request for every fault that matches it; return the first fault that is due."""
        due: Fault | None = None
        with self._lock:
            for fault, counts in list(self._waiting.items()):
                if not fault.matches(method, path, token=token):
                    continue
                counts[:] = [count + 1 for count in counts]
                last = None if fault.times is None else fault.nth + fault.times - 1
                if due is None and any(count >= fault.nth for count in counts):
                    due = fault
                counts[:] = [count for count in counts if last is None or count < last]
                if not counts:
                    del self._waiting[fault]
        return due

    def over_limit(self) -> float | None:
        """Seconds until the bucket has a request again; None if this request is within the limit."""
        with self._lock:
            limit = self._rate_limit
            if limit is None:
                return None
            now = time.monotonic()
            level, since = self._bucket or (float(limit.burst), now)
            level = min(float(limit.burst), level + (now - since) * limit.per_second)
            within = level >= 1
            self._bucket = (level - 1 if within else level, now)
            return None if within else (1 - level) / limit.per_second


def retry_after_header(retry_after: RetryAfter, now: float, wait: float = 1.0) -> dict[str, str]:
    if retry_after is None:
        return {}
    if retry_after == "date":
        return {"Retry-After": formatdate(now + wait + 1, usegmt=True)}
    return {"Retry-After": f"{retry_after:g}"}
