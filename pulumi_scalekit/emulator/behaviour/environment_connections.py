"""Connections of the environment: social sign-in, sign-in by e-mail, passkeys, agents' connectors."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import connection_settings as settings
from pulumi_scalekit.emulator.behaviour import connections
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_PAGE = 30


@rpc("ConnectionService.CreateEnvironmentConnection", effect="create")
def create(call: Call) -> Json:
    """A connector is enabled from the start and knows its provider's endpoints, as the SDK's tests say; a sign-in is a draft."""
    body = {name: value for name, value in call.body.items() if name != "context"}
    if unknown := sorted(set(call.body.get("context", {})) - {"domain", "version"}):
        raise Refusal(400, f"context has no {unknown[0]}")
    if "type" not in body:
        raise Refusal(400, "connection type is required")
    if body["type"] not in settings.BLOCKS or body["type"] in settings.SINGLE_SIGN_ON:
        raise Refusal(501, f"connections of type {body['type']} are not emulated without an organization")
    is_app = call.get("flags", {}).get("is_app", False)
    if is_app:
        body.setdefault("auth_mode", "USER")
    connection = connections.begin(call, body, enabled=is_app, _is_app=is_app)
    if is_app and body["type"] == "OAUTH":
        host = f"https://api.{connection['provider_key'].lower()}.com/oauth"
        known = {
            "authorize_uri": f"{host}/authorize",
            "token_uri": f"{host}/token",
            "user_info_uri": f"{host}/userinfo",
        }
        connection["oauth_config"] |= known
    settings.progress(connection, call.switches)
    call.store.environment_connections[connection["id"]] = connection
    return _answer(call, connection)


@rpc("ConnectionService.GetEnvironmentConnection")
def get(call: Call) -> Json:
    return _answer(call, _existing(call))


@rpc("ConnectionService.ListAppConnections")
def list_app_connections(call: Call) -> Json:
    provider, query = call.get("provider").lower(), call.get("query").lower()
    found = [
        connection
        for connection in call.store.environment_connections.values()
        if (connection["_is_app"] or call.switches.environment_connections != "connections")
        and provider in ("", connection["provider_key"].lower())
        and (query in connection["key_id"].lower() or query in connection["provider_key"].lower())
    ]
    page, around = call.page(found, call.get("page_size", 0), _PAGE)
    return {"connections": [connections.summary(call, one) for one in page], **around}


@rpc("ConnectionService.UpdateEnvironmentConnection", effect="update")
def update(call: Call) -> Json:
    connection = _existing(call)
    connections.patch(call, connection)
    return _answer(call, connection)


@rpc("ConnectionService.EnableEnvironmentConnection", effect="action")
def enable(call: Call) -> Json:
    return connections.switch_on(call, _existing(call))


@rpc("ConnectionService.DisableEnvironmentConnection", effect="action")
def disable(call: Call) -> Json:
    return connections.switch_off(call, _existing(call))


@rpc("ConnectionService.DeleteEnvironmentConnection", effect="delete")
def delete(call: Call) -> Json:
    connection = _existing(call)
    connections.require_deletable(call, connection)
    del call.store.environment_connections[connection["id"]]
    return {}


def _existing(call: Call) -> Record:
    connection_id = call.get("connection_id")
    connection = call.store.environment_connections.get(connection_id)
    if connection is None:
        raise not_found("connection", connection_id)
    return connection


def _answer(call: Call, connection: Record) -> Json:
    return {"connection": settings.without_secrets(call.public(connection), call.switches)}
