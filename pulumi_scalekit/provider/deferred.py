"""The client as a preview needs it: none. HTTP and all that it needs is imported at the first request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.model.kind import Body

if TYPE_CHECKING:
    from pulumi_scalekit.api import Client, Settings


class Deferred:
    """An environment's client that is made when it is first used.

    Args:
        settings: Where, and as whom.
        make: Makes the client.

    """

    def __init__(self, settings: Settings, make: Callable[[Settings], Client]) -> None:
        self._settings = settings
        self._make = make

    @cached_property
    def _client(self) -> Client:
        return self._make(self._settings)

    @property
    def environment_url(self) -> str:
        return self._settings.environment_url

    @property
    def client_id(self) -> str:
        return self._settings.client_id

    @property
    def writes(self) -> int:
        return self._client.writes

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        query: Mapping[str, Any] | None = None,
        doing: str = "",
    ) -> Body:
        return self._client.request(method, path, body=body, query=query, doing=doing)

    def pages(
        self,
        path: str,
        *,
        items: str,
        query: Mapping[str, Any] | None = None,
        page_size: int = 100,
        doing: str = "",
    ) -> Iterator[list[Body]]:
        return self._client.pages(path, items=items, query=query, page_size=page_size, doing=doing)

    def server_time(self) -> datetime | None:
        return self._client.server_time()

    def pause(self, seconds: float, doing: str) -> None:
        self._client.pause(seconds, doing)

    def within(self, seconds: float) -> Client:
        return self._client.within(seconds)

    def hiding(self, secrets: Iterable[str]) -> Client:
        return self._client.hiding(secrets)

    def cancel(self) -> None:
        self._client.cancel()
