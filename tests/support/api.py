"""The emulator's API as it is, without our client: to prepare what a test needs, and to test the emulator itself."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

from pulumi_scalekit.emulator import Emulator


class Api:
    """A client with a token, and the few things that most tests begin with."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.store = emulator.store
        self.http = httpx.Client(base_url=f"{emulator.url}/api/v1", timeout=10, verify=False)
        # Granted, not asked for: nearly every test begins with it.
        token = secrets.token_hex()
        self.store.grant(token, 3600)
        self._carry(token)

    def close(self) -> None:
        self.http.close()

    def _carry(self, token: str) -> None:
        self.http.headers["Authorization"] = f"Bearer {token}"

    def sign_in(self) -> dict[str, Any]:
        """Go on with a token that was asked for, as every other client has to."""
        granted = self.token()
        self._carry(granted["access_token"])
        return granted

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

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """What a request that must succeed answers."""
        response = self.ask(method, path, body, **query)
        assert response.is_success, f"{response.status_code} {response.text}"
        return response.json() if response.content else None

    def get(self, path: str, **query: Any) -> Any:
        return self.send("GET", path, **query)

    def post(self, path: str, body: Any = None) -> Any:
        return self.send("POST", path, body)

    def patch(self, path: str, body: Any = None) -> Any:
        return self.send("PATCH", path, body)

    def put(self, path: str, body: Any = None, **query: Any) -> Any:
        return self.send("PUT", path, body, **query)

    def delete(self, path: str, **query: Any) -> Any:
        return self.send("DELETE", path, **query)

    def refused(self, status: int, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        response = self.ask(method, path, body, **query)
        assert response.status_code == status, response.text
        return response.json()

    def bare_organization(self, **given: Any) -> str:
        """The path of a new organization, with the features that every new one has."""
        body = {"display_name": "Acme", **given}
        return f"/organizations/{self.post('/organizations', body)['organization']['id']}"

    def bare_connection(self, organization: str, protocol: str = "OIDC") -> str:
        """The path of a new connection below an organization's path."""
        created = self.post(f"{organization}/connections", {"provider": "OKTA", "type": protocol})
        return f"{organization}/connections/{created['connection']['id']}"

    def enable_features(self, organization: str, *names: str) -> None:
        self.patch(f"{organization}/settings", {"features": [{"name": name, "enabled": True} for name in names]})

    def organization(self, **given: Any) -> str:
        """The id of a new organization that may have all that belongs to one."""
        path = self.bare_organization(**{"display_name": "Parent", **given})
        self.enable_features(path, "sso", "dir_sync", "session_policy")
        return path.removeprefix("/organizations/")

    def domain(self, organization: str, name: str) -> str:
        return self.post(f"/organizations/{organization}/domains", {"domain": name})["domain"]["id"]

    def connection(self, organization: str, protocol: str = "OIDC", provider: str = "OKTA") -> str:
        body = {"provider": provider, "type": protocol}
        return self.post(f"/organizations/{organization}/connections", body)["connection"]["id"]

    def client(self, organization: str) -> str:
        return self.post(f"/organizations/{organization}/clients", {"name": "Machine"})["client"]["client_id"]

    def application(self, name: str = "Portal") -> str:
        return self.post("/clients", {"name": name, "client_type": "WEB_APP"})["client"]["id"]

    def mcp_server(self, name: str = "Invoices") -> str:
        return self.post("/resources", {"name": name, "resource_type": "MCP_SERVER"})["resource"]["id"]

    def directory(self, organization: str) -> str:
        body = {"directory_type": "SCIM", "directory_provider": "OKTA"}
        return self.post(f"/organizations/{organization}/directories", body)["directory"]["id"]

    def permission(self, name: str) -> str:
        self.post("/permissions", {"name": name})
        return name

    def role(self, name: str) -> str:
        self.post("/roles", {"name": name, "display_name": name.title()})
        return name
