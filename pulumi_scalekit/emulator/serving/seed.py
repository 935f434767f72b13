"""Fill an environment from a file, by requests, so that the API's rules hold for a seed too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pulumi_scalekit.emulator.serving import inside

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.serving.emulator import Emulator

Body = dict[str, Any]

# Keys of an organization that are not in the body of its POST.
_CHILDREN = ("features", "domains", "roles", "clients", "directories", "connections")
_ERROR = 400


def plant(emulator: Emulator, seed: Body) -> None:
    """`{"permissions": […], "roles": […], "organizations": [{…, "features": {…}, "connections": […]}]}`."""

    def send(method: str, path: str, body: Body | None = None) -> Body:
        outcome = inside.send(emulator, method, path, body)
        if outcome.status >= _ERROR:
            raise ValueError(f"the seed's {method} {path} was refused: {json.dumps(outcome.json)}")
        answer: Body = outcome.json or {}
        return answer

    if unknown := set(seed) - {"permissions", "roles", "organizations"}:
        raise ValueError(f"a seed has permissions, roles and organizations, not {', '.join(sorted(unknown))}")
    for kind in ("permissions", "roles"):
        for item in seed.get(kind, ()):
            send("POST", kind, item)
    for organization in seed.get("organizations", ()):
        _plant_organization(send, organization)


def _plant_organization(send: Any, organization: Body) -> None:
    own = {name: value for name, value in organization.items() if name not in _CHILDREN}
    path = f"organizations/{send('POST', 'organizations', own)['organization']['id']}"
    if features := organization.get("features"):
        named = [{"name": name, "enabled": enabled} for name, enabled in features.items()]
        send("PATCH", f"{path}/settings", {"features": named})
    for kind in ("roles", "clients", "directories"):
        for item in organization.get(kind, ()):
            send("POST", f"{path}/{kind}", item)
    domains = {
        item["domain"]: send("POST", f"{path}/domains", item)["domain"]["id"]
        for item in organization.get("domains", ())
    }
    for connection in organization.get("connections", ()):
        _plant_connection(send, path, connection, domains)


def _plant_connection(send: Any, path: str, connection: Body, domains: dict[str, str]) -> None:
    """`domains` are names of the organization's domains; with `enabled` the connection is enabled at the end."""
    settings = {name: value for name, value in connection.items() if name not in ("domains", "enabled", "key_id")}
    first = {name: connection[name] for name in ("provider", "type", "key_id") if name in connection}
    created = f"{path}/connections/{quote(send('POST', f'{path}/connections', first)['connection']['id'])}"
    if len(settings) > len(first):
        send("PATCH", created, settings)
    if names := connection.get("domains"):
        send("PUT", f"{created}/domains", {"domain_ids": [domains[name] for name in names]})
    if connection.get("enabled"):
        send("PATCH", f"{created}:enable")
