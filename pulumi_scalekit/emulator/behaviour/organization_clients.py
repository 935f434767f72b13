"""Machine clients of an organization, and their secrets."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import client_secrets
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10


@rpc("ClientService.CreateOrganizationClient", effect="create")
def create(call: Call) -> Json:
    organization = call.organization()
    plain, secret = client_secrets.new(call.store)
    client = call.store.record(
        client_id=call.store.new_id("m2morg"),
        organization_id=organization["id"],
        secrets=[secret],
        **{**({"expiry": "3600"} if call.switches.client_defaults == "filled" else {}), **call.body},
    )
    call.store.organization_clients[client["client_id"]] = client
    return {"client": call.public(client), "plain_secret": plain}


@rpc("ClientService.GetOrganizationClient")
def get(call: Call) -> Json:
    return {"client": call.public(_existing(call))}


@rpc("ClientService.ListOrganizationClients")
def list_clients(call: Call) -> Json:
    organization_id = call.organization()["id"]
    clients = [c for c in call.store.organization_clients.values() if c["organization_id"] == organization_id]
    page, paging = call.page(clients, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"clients": [call.public(client) for client in page], **paging}


@rpc("ClientService.UpdateOrganizationClient", effect="update")
def update(call: Call) -> Json:
    """No mask: what is left out or empty is unchanged, so nothing can be cleared."""
    client = _existing(call)
    changes = {name: value for name, value in call.body.items() if value != "0"}
    if "custom_claims" in changes and call.switches.custom_claims_update == "merge":
        merged = {c["key"]: c for c in (*client.get("custom_claims", ()), *changes["custom_claims"])}
        changes["custom_claims"] = list(merged.values())
    client.update(changes)
    return {"client": call.public(client)}


@rpc("ClientService.DeleteOrganizationClient", effect="delete")
def delete(call: Call) -> Json:
    del call.store.organization_clients[_existing(call)["client_id"]]
    return {}


@rpc("ClientService.CreateOrganizationClientSecret", effect="create")
def create_secret(call: Call) -> Json:
    client = _existing(call)
    plain, secret = client_secrets.new(call.store)
    client["secrets"].append(secret)
    return {"plain_secret": plain, "secret": secret}


@rpc("ClientService.DeleteOrganizationClientSecret", effect="delete")
def delete_secret(call: Call) -> Json:
    client = _existing(call)
    secret = client_secrets.find(client, call.get("secret_id"))
    if len(client["secrets"]) == 1:
        raise Refusal(400, "last client cannot be deleted")
    client["secrets"].remove(secret)
    return {}


def _existing(call: Call) -> Record:
    return call.child(call.store.organization_clients, "client", "client_id")
