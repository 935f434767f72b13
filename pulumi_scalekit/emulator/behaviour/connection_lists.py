"""The three lists of connections, whose items are a flat summary and not the connection."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json, matches

_PAGE = 30
_ECHOED = ("id", "provider", "type", "status", "enabled", "organization_id", "provider_key", "key_id")


@rpc("ConnectionService.ListConnections")
def list_connections(call: Call) -> Json:
    """Only those that a user could sign in with, unless `include=all`."""
    found: Iterable[Record] = call.store.connections.values()
    if call.get("include") != "all":
        found = (c for c in found if c["enabled"] and c["status"] == "COMPLETED")
    if domain := call.get("domain"):
        found = (c for c in found if domain in _domains(call, c))
    wanted = {"organization_id": call.get("organization_id")}
    return {"connections": [_summary(call, c) for c in found if matches(c, **wanted)]}


@rpc("ConnectionService.ListOrganizationConnections", "ConnectionService.SearchOrganizationConnections")
def search(call: Call) -> Json:
    query = call.get("query").lower()
    wanted = {
        "provider": call.get("provider"),
        "status": call.get("status"),
        "type": call.get("connection_type"),
    }
    enabled = call.get("enabled", None)
    found = [
        connection
        for connection in call.store.connections.values()
        if "organization_id" in connection
        and matches(connection, **wanted)
        and enabled in (None, connection["enabled"])
        and query in f"{connection['id']} {connection['key_id']} {_organization_name(call, connection)}".lower()
    ]
    return _paged(call, found)


@rpc("ConnectionService.ListAppConnections")
def list_app_connections(call: Call) -> Json:
    found = [
        connection
        for connection in call.store.connections.values()
        if "organization_id" not in connection and matches(connection, provider_key=call.get("provider"))
    ]
    return _paged(call, found)


def _paged(call: Call, found: list[Record]) -> Json:
    page, paging = call.page(found, call.get("page_size", 0), _PAGE)
    return {"connections": [_summary(call, connection) for connection in page], **paging}


def _summary(call: Call, connection: Record) -> Json:
    return {
        **{name: connection[name] for name in _ECHOED if name in connection},
        "ui_button_title": connection.get("ui_button_title", ""),
        "domains": _domains(call, connection),
        "organization_name": _organization_name(call, connection),
        "created_at": connection["create_time"],
    }


def _domains(call: Call, connection: Record) -> list[str]:
    known = call.store.domains
    return [known[domain_id]["domain"] for domain_id in connection["_domain_ids"] if domain_id in known]


def _organization_name(call: Call, connection: Record) -> str:
    organization = call.store.organizations.get(connection.get("organization_id", ""))
    return str(organization["display_name"]) if organization else ""
