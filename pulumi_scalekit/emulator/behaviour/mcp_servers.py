"""Resources, which are MCP servers as a rule, and their clients."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import client_secrets
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import not_found
from pulumi_scalekit.emulator.behaviour.store import STAMPS, Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 30
_KEPT = ("id", "resource_type", *STAMPS)
_KEPT_OF_CLIENTS = ("client_id", "resource_id", "secrets", *STAMPS)


@rpc("ClientService.CreateResource", effect="create")
def create(call: Call) -> Json:
    resource = call.store.record(id=call.store.new_id("res"), **call.body)
    if call.switches.client_defaults == "filled":
        resource.setdefault("access_token_expiry", "300")
        resource.setdefault("refresh_token_expiry", "86400")
    call.store.resources[resource["id"]] = resource
    return {"resource": _public(call, resource)}


@rpc("ClientService.GetResource")
def get(call: Call) -> Json:
    return {"resource": _public(call, _existing(call))}


@rpc("ClientService.ListResources")
def list_resources(call: Call) -> Json:
    found = [r for r in call.store.resources.values() if r["resource_type"] == call.get("resource_type")]
    page, paging = call.page(found, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"resources": [_public(call, resource) for resource in page], **paging}


@rpc("ClientService.UpdateResource", effect="update")
def update(call: Call) -> Json:
    resource = _existing(call)
    _change(call, resource, _KEPT)
    return {"resource": _public(call, resource)}


@rpc("ClientService.DeleteResourceProvider", effect="update")
def delete_provider(call: Call) -> Json:
    resource = _existing(call)
    resource.pop("provider", None)
    return {"resource": _public(call, resource)}


@rpc("ClientService.DeleteResource", effect="delete")
def delete(call: Call) -> Json:
    resource_id = _existing(call)["id"]
    del call.store.resources[resource_id]
    for client in [c for c in call.store.resource_clients.values() if c["resource_id"] == resource_id]:
        del call.store.resource_clients[client["client_id"]]
    return {}


@rpc("ClientService.CreateResourceClient", effect="create")
def create_client(call: Call) -> Json:
    resource = _existing(call)
    plain, secret = client_secrets.new(call.store)
    client = call.store.record(
        client_id=call.store.new_id("m2m"),
        resource_id=resource["id"],
        secrets=[secret],
        **{**({"expiry": "3600"} if call.switches.client_defaults == "filled" else {}), **call.body},
    )
    call.store.resource_clients[client["client_id"]] = client
    return {"client": call.public(client), "plain_secret": plain}


@rpc("ClientService.GetResourceClient")
def get_client(call: Call) -> Json:
    return {"client": call.public(_client(call))}


@rpc("ClientService.ListResourceClients")
def list_clients(call: Call) -> Json:
    """Those that registered by themselves too: `is_dcr`, `is_cimd`."""
    resource_id = _existing(call)["id"]
    clients = [c for c in call.store.resource_clients.values() if c["resource_id"] == resource_id]
    registered = sum(bool(client.get("is_dcr")) for client in clients)
    return {
        "clients": [call.public(client) for client in clients],
        "total_dcr_clients": registered,
        "total_static_clients": len(clients) - registered,
    }


@rpc("ClientService.UpdateResourceClient", effect="update")
def update_client(call: Call) -> Json:
    client = _client(call)
    _change(call, client, _KEPT_OF_CLIENTS)
    return {"client": call.public(client)}


@rpc("ClientService.DeleteResourceClient", effect="delete")
def delete_client(call: Call) -> Json:
    del call.store.resource_clients[_client(call)["client_id"]]
    return {}


def _change(call: Call, record: Record, stays: tuple[str, ...]) -> None:
    counts = "keys" if call.request.masked else call.switches.resource_update
    if counts == "reset":
        for name in set(record) - {*stays, *call.body}:
            del record[name]
    record.update(call.body)
    if counts == "keys":
        for name in call.keys - set(call.body):
            record.pop(name, None)


def _public(call: Call, resource: Record) -> Json:
    """A resource keeps the names of its scopes; an answer has them as objects, and the metadata to publish."""
    public, identifier = call.public(resource), resource.get("resource_id")
    names = resource.get("scopes", [])
    server = identifier or resource["id"]
    if call.switches.resource_identifier == "id":
        public["resource_id"] = server
    public["scopes"] = [{"id": f"scp_{name}", "name": name, "enabled": True} for name in names]
    public["protected_metadata_uri"] = f"{(identifier or '').rstrip('/')}/.well-known/oauth-protected-resource"
    public["protected_metadata"] = {
        "authorization_servers": [f"{call.url}/resources/{resource['id']}"],
        "bearer_methods_supported": ["header"],
        "resource": server,
        "scopes_supported": names,
    }
    return public


def _existing(call: Call) -> Record:
    resource = call.store.resources.get(call.get("resource_id"))
    if resource is None:
        raise not_found("resource", call.get("resource_id"))
    return resource


def _client(call: Call) -> Record:
    client = call.store.resource_clients.get(call.get("client_id"))
    if client is None or client["resource_id"] != _existing(call)["id"]:
        raise not_found("client", call.get("client_id"))
    return client
