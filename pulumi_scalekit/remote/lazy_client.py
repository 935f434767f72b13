"""The client as a preview needs it: none. HTTP and all that it needs is imported at the first request."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.model.field import Body

if TYPE_CHECKING:
    from pulumi_scalekit.api.client import Client
    from pulumi_scalekit.api.environment_id import EnvironmentId
    from pulumi_scalekit.api.settings import Settings


class _Late:
    """One client for all views of it. A cancel that comes before it is made holds for it too."""

    def __init__(self, make: Callable[[], Client]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Client | None = None
        self._cancelled = False

    def client(self) -> Client:
        with self._lock:
            if self._made is None:
                self._made = self._make()
                if self._cancelled:
                    self._made.cancel()
            return self._made

    def cancel(self) -> None:
        # Without the lock, which is held while a client is being made. This notes the cancel and then looks for a client,
        # `client` keeps the client and then looks for a cancel, so whichever comes second sees the other.
        self._cancelled = True
        if self._made is not None:
            self._made.cancel()


class LazyClient:
    """An environment's client that is made when it is first needed.

    It can do what `remote.environment.Client` says.

    Args:
        settings: Where, and as whom.
        make: Makes the client.

    """

    def __init__(self, settings: Settings, make: Callable[[Settings], Client]) -> None:
        self._settings = settings
        self._late = _Late(lambda: make(settings))
        self._seconds = 0.0
        self._hidden: frozenset[str] = frozenset()

    @property
    def _client(self) -> Client:
        client = self._late.client()
        client = client.within(self._seconds) if self._seconds else client
        return client.hiding(self._hidden) if self._hidden else client

    @property
    def environment_url(self) -> str:
        return self._settings.environment_url

    @property
    def client_id(self) -> str:
        return self._settings.client_id

    @property
    def environment_id(self) -> EnvironmentId:
        return self._client.environment_id

    @property
    def writes(self) -> int:
        return self._client.writes

    def request(self, *args: Any, **how: Any) -> Body:
        return self._client.request(*args, **how)

    def server_time(self) -> datetime | None:
        return self._client.server_time()

    def pause(self, seconds: float, doing: str) -> None:
        self._client.pause(seconds, doing)

    def within(self, seconds: float) -> LazyClient:
        limited = copy.copy(self)
        limited._seconds = seconds  # noqa: SLF001 - of the same class
        return limited

    def hiding(self, secrets: Iterable[str]) -> LazyClient:
        discreet = copy.copy(self)
        discreet._hidden = self._hidden.union(secrets)  # noqa: SLF001 - of the same class
        return discreet

    def cancel(self) -> None:
        self._late.cancel()
