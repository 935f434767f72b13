"""A client that asks the same only once: for who reads what several kinds are read from, such as the list of an organization's roles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.model.field import Body

if TYPE_CHECKING:
    from pulumi_scalekit.api.environment_id import EnvironmentId
    from pulumi_scalekit.remote.environment import Client


class AskedOnce:
    """A client that keeps what it was answered, and answers the same read with it.

    It can do what `remote.environment.Client` says. It is for one moment and one thread: what may have changed meanwhile
    has to be read without it.

    Args:
        client: Talks to the API.
        answers: What was answered, by what was asked; by default nothing yet.

    """

    def __init__(self, client: Client, answers: dict[str, Body] | None = None) -> None:
        self._client = client
        self._answers = {} if answers is None else answers

    @property
    def environment_url(self) -> str:
        return self._client.environment_url

    @property
    def client_id(self) -> str:
        return self._client.client_id

    @property
    def environment_id(self) -> EnvironmentId:
        return self._client.environment_id

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
        reads: bool = False,
    ) -> Body:
        """Send a request, or answer as it was answered before. A refusal is not kept."""
        if method != "GET":
            return self._client.request(method, path, body=body, query=query, doing=doing, reads=reads)
        asked = json.dumps([path, query or {}], sort_keys=True)
        if asked not in self._answers:
            self._answers[asked] = self._client.request(method, path, query=query, doing=doing)
        return self._answers[asked]

    def server_time(self) -> datetime | None:
        return self._client.server_time()

    def pause(self, seconds: float, doing: str) -> None:
        self._client.pause(seconds, doing)

    def within(self, seconds: float) -> AskedOnce:
        return AskedOnce(self._client.within(seconds), self._answers)

    def hiding(self, secrets: Iterable[str]) -> AskedOnce:
        return AskedOnce(self._client.hiding(secrets), self._answers)

    def cancel(self) -> None:
        self._client.cancel()
