from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from pulumi_scalekit.emulator import Emulator, Switches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Tenant:
    """A client with a token, and the few things that most tests begin with."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.store = emulator.store
        self.http = httpx.Client(base_url=f"{emulator.url}/api/v1", timeout=10, verify=False)
        self.http.headers["Authorization"] = f"Bearer {self.token()['access_token']}"

    def token(self, **form: str) -> dict[str, Any]:
        return self.ask_token(**form).json()

    def ask_token(self, **form: str) -> httpx.Response:
        known = {
            "grant_type": "client_credentials",
            "client_id": self.emulator.client_id,
            "client_secret": self.emulator.client_secret,
        }
        return self.http.post(f"{self.emulator.url}/oauth/token", data={**known, **form})

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        return self.http.request(method, path, json=body, params=query or None)

    def get(self, path: str, **query: Any) -> Any:
        return self._good(self.ask("GET", path, **query))

    def post(self, path: str, body: Any = None) -> Any:
        return self._good(self.ask("POST", path, body))

    def patch(self, path: str, body: Any = None) -> Any:
        return self._good(self.ask("PATCH", path, body))

    def put(self, path: str, body: Any = None, **query: Any) -> Any:
        return self._good(self.ask("PUT", path, body, **query))

    def delete(self, path: str, **query: Any) -> Any:
        return self._good(self.ask("DELETE", path, **query))

    def refused(self, status: int, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        response = self.ask(method, path, body, **query)
        assert response.status_code == status, response.text
        return response.json()

    def organization(self, **more: Any) -> str:
        body = {"display_name": "Acme", **more}
        return f"/organizations/{self.post('/organizations', body)['organization']['id']}"

    def enable_features(self, organization: str, *names: str) -> None:
        self.patch(f"{organization}/settings", {"features": [{"name": n, "enabled": True} for n in names]})

    def connection(self, organization: str, kind: str = "OIDC") -> str:
        created = self.post(f"{organization}/connections", {"provider": "OKTA", "type": kind})
        return f"{organization}/connections/{created['connection']['id']}"

    @staticmethod
    def _good(response: httpx.Response) -> Any:
        assert response.is_success, f"{response.status_code} {response.text}"
        return response.json() if response.content else None


@pytest.fixture
def start() -> Iterator[Callable[..., Tenant]]:
    """Start an emulator with these switches and arguments; as many as a test wants."""
    running: list[Tenant] = []

    def begin(*, switches: Switches | None = None, **arguments: Any) -> Tenant:
        named = {name: arguments.pop(name) for name in list(arguments) if name in Switches.allowed()}
        emulator = Emulator(switches or Switches(**named), **arguments).start()
        running.append(Tenant(emulator))
        return running[-1]

    yield begin
    for tenant in running:
        tenant.http.close()
        tenant.emulator.stop()


@pytest.fixture
def api(start: Callable[..., Tenant]) -> Tenant:
    return start()
