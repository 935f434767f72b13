"""Connections: an organization's single sign-on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from pulumi_scalekit.emulator.behaviour import connection_settings as settings
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json, matches

_SSO = "sso"
# The list answers with a flat summary and not with the connection.
_SUMMARY = ("id", "provider", "type", "status", "enabled", "organization_id", "provider_key", "key_id", "auth_mode")


@rpc("ConnectionService.CreateConnection", effect="create")
def create(call: Call) -> Json:
    organization = call.organization()
    if call.switches.sso_feature == "required":
        call.require_feature(organization, _SSO)
    body = {name: value for name, value in call.body.items() if name != "context"}
    if "type" not in body:
        raise Refusal(400, "connection type is required")
    if body["type"] not in settings.SINGLE_SIGN_ON:
        raise Refusal(501, f"connections of type {body['type']} are not emulated")
    connection = begin(call, body, organization_id=organization["id"], enabled=False, _domain_ids=[])
    call.store.connections[connection["id"]] = connection
    return {"connection": _public(call, connection)}


def begin(call: Call, body: Json, **beside: Any) -> Record:
    """A new connection, of an organization or of the environment."""
    connection_id = call.store.new_id("conn")
    provider = body.get("provider_key") or body["provider"]
    connection = call.store.record(
        id=connection_id,
        **{
            "provider_key": provider,
            "key_id": f"{provider.lower().replace('_', '-')}-{secrets.token_hex(4)}",
            **body,
        },
        status="DRAFT",
        debug_enabled=False,
        test_connection_uri=f"{call.url}/sso/v1/{body['type'].lower()}/{connection_id}/test",
        attribute_mapping={},
        **beside,
    )
    settings.begin(connection, call.url, call.switches)
    return connection


@rpc("ConnectionService.GetConnection")
def get(call: Call) -> Json:
    return {"connection": _public(call, _existing(call))}


@rpc("ConnectionService.ListConnections")
def list_connections(call: Call) -> Json:
    """Only the connections that a user could sign in with, unless `include=all`."""
    connections: Iterable[Record] = call.store.connections.values()
    if call.switches.environment_connections != "connections/app" and not call.get("organization_id"):
        connections = [*connections, *call.store.environment_connections.values()]
    if call.get("include") != "all":
        connections = (c for c in connections if c["enabled"] and c["status"] == "COMPLETED")
    if domain := call.get("domain"):
        connections = (c for c in connections if domain in _domain_names(call, c))
    wanted = {"organization_id": call.get("organization_id")}
    return {"connections": [summary(call, c) for c in connections if matches(c, **wanted)]}


def summary(call: Call, connection: Record) -> Json:
    organization = call.store.organizations.get(connection.get("organization_id", ""))
    return {
        **{name: connection[name] for name in _SUMMARY if name in connection},
        "ui_button_title": connection.get("ui_button_title", ""),
        "domains": _domain_names(call, connection),
        "organization_name": organization["display_name"] if organization else "",
        "created_at": connection["create_time"],
    }


def _domain_names(call: Call, connection: Record) -> list[str]:
    known = call.store.domains
    return [known[domain_id]["domain"] for domain_id in connection.get("_domain_ids", ()) if domain_id in known]


@rpc("ConnectionService.UpdateConnection", effect="update")
def update(call: Call) -> Json:
    connection = _existing(call)
    patch(call, connection)
    return {"connection": _public(call, connection)}


def patch(call: Call, connection: Record) -> None:
    """Change the settings of a connection, of an organization or of the environment."""
    body = call.body
    block = settings.block(connection)
    _require_same_kind(call, connection, block)
    resets = call.switches.partial_connection == "reset"
    if block in body:
        kept = not resets and connection["debug_enabled"]
        settings.check(connection, body[block], debug_enabled=body.get("debug_enabled", kept))
    if resets:
        for name in ("ui_button_title", "configuration_type"):
            connection.pop(name, None)
        connection.update(debug_enabled=False, attribute_mapping={})
    for name in ("debug_enabled", "ui_button_title", "configuration_type", "key_id"):
        if name in body:
            connection[name] = body[name]
    if "attribute_mapping" in call.keys:
        mapping = body.get("attribute_mapping", {})
        if mapping or call.switches.empty_attribute_mapping == "empties":
            connection["attribute_mapping"] = mapping
    if block in body:
        settings.configure(connection, body[block], call.store, call.switches)
    settings.progress(connection, call.switches)


def _require_same_kind(call: Call, connection: Record, block: str) -> None:
    for name in ("provider", "type", "provider_key"):
        if name in call.body and call.body[name] != connection.get(name):
            raise Refusal(400, f"the {name} of a connection cannot be changed")
    for name in call.keys:
        if name.endswith("_config") and name != block:
            raise Refusal(400, f"{name} does not fit a connection of type {connection['type']}")
    if block in call.body and "type" not in call.body:
        raise Refusal(400, f"type is required with {block}")


@rpc("ConnectionService.AssignDomainsToConnection", effect="update")
def assign_domains(call: Call) -> Json:
    connection = call.child(call.store.connections, "connection", "connection_id")
    domain_ids = list(dict.fromkeys(call.get("domain_ids", [])))
    for domain_id in domain_ids:
        domain = call.store.domains.get(domain_id)
        if domain is None or domain["organization_id"] != connection["organization_id"]:
            raise not_found("domain", domain_id)
    connection["_domain_ids"] = domain_ids
    return {"connection": _public(call, connection)}


@rpc("ConnectionService.EnableConnection", effect="action")
def enable(call: Call) -> Json:
    return switch_on(call, _existing(call))


def switch_on(call: Call, connection: Record) -> Json:
    _refuse_repeated(call, connection, enabled=True)
    if lacking := settings.lacking(connection):
        message = f"connection is not configured: {', '.join(lacking)} missing"
        if call.switches.enable_incomplete == "refused":
            raise Refusal(400, message)
        return {"enabled": False, "error_message": message}
    connection["enabled"] = True
    settings.progress(connection, call.switches)
    connection.settle(call.store.now)
    return {"enabled": True}


@rpc("ConnectionService.DisableConnection", effect="action")
def disable(call: Call) -> Json:
    return switch_off(call, _existing(call))


def switch_off(call: Call, connection: Record) -> Json:
    _refuse_repeated(call, connection, enabled=False)
    connection["enabled"] = False
    connection.settle(call.store.now)
    return {"enabled": False}


def _refuse_repeated(call: Call, connection: Record, *, enabled: bool) -> None:
    if call.switches.repeated_toggle == "refused" and connection["enabled"] == enabled:
        raise Refusal(400, f"connection is already {'enabled' if enabled else 'disabled'}")


@rpc("ConnectionService.DeleteConnection", effect="delete")
def delete(call: Call) -> Json:
    connection = _existing(call)
    require_deletable(call, connection)
    del call.store.connections[connection["id"]]
    return {}


def require_deletable(call: Call, connection: Record) -> None:
    if connection["enabled"] and call.switches.delete_enabled_connection == "refused":
        raise Refusal(400, "connection is enabled; disable it before deleting it")


def _existing(call: Call) -> Record:
    return call.child(call.store.connections, "connection")


def _public(call: Call, connection: Record) -> Json:
    answer = call.public(connection)
    domains = (
        call.store.domains[domain_id] for domain_id in connection["_domain_ids"] if domain_id in call.store.domains
    )
    answer["domains"] = [call.public(domain) for domain in domains]
    return settings.without_secrets(answer, call.switches)
