from __future__ import annotations

import json

import pytest

BODY = {
    "name": "Invoices",
    "resource_type": "MCP_SERVER",
    "resource_id": "https://mcp.acme.example",
    "scopes": ["invoices:read"],
    "enable_cimd": True,
}


def create(api, **more):
    created = api.post("/resources", {**BODY, **more})["resource"]
    return created, f"/resources/{created['id']}"


def test_an_mcp_server_says_what_to_publish(api):
    server, path = create(api)
    assert server["id"].startswith("res_")
    assert [scope["name"] for scope in server["scopes"]] == ["invoices:read"]
    assert server["protected_metadata"] == {
        "authorization_servers": [f"{api.emulator.url}/resources/{server['id']}"],
        "bearer_methods_supported": ["header"],
        "resource": "https://mcp.acme.example",
        "scopes_supported": ["invoices:read"],
    }
    assert api.get(path)["resource"] == server


@pytest.mark.parametrize(
    "body",
    [
        {"name": "No type"},
        {"resource_type": "MCP_SERVER"},
        {**BODY, "name": "x" * 129},
        {**BODY, "cimd_client_allowlist": [{"type": "HOST", "value": "acme.example"}]},
        {**BODY, "cimd_client_allowlist": [{"type": "URL", "value": f"https://a/{n}"} for n in range(21)]},
    ],
)
def test_mcp_servers_that_cannot_be(api, body):
    api.refused(400, "POST", "/resources", body)


@pytest.mark.parametrize(("switch", "identifier"), [("unset", ""), ("id", "the id")])
def test_the_id_may_stand_for_the_url_that_nobody_gave(start, switch, identifier):
    api = start(resource_identifier=switch)
    server, _ = create(api, resource_id="")
    assert server["resource_id"] == (server["id"] if identifier else "")
    assert server["protected_metadata"]["resource"] == server["id"]


def test_the_life_of_tokens_can_be_the_servers(start):
    for switch, life in (("unset", "0"), ("filled", "300")):
        server, _ = create(start(client_defaults=switch))
        assert server["access_token_expiry"] == life


@pytest.mark.parametrize(
    ("switch", "scopes", "name"), [("keys", 0, "Invoices"), ("non_zero", 1, "Invoices"), ("reset", 0, "")]
)
def test_what_a_change_does_with_what_is_empty_or_left_out(start, switch, scopes, name):
    api = start(resource_update=switch)
    _, path = create(api)
    server = api.patch(path, {"scopes": []})["resource"]
    assert (len(server["scopes"]), server["name"]) == (scopes, name)


def test_a_switch_is_switched_off(api):
    _, path = create(api)
    assert api.patch(path, {"enable_cimd": False})["resource"]["enable_cimd"] is False


def test_the_connection_that_signs_users_in_is_taken_away_by_a_call_of_its_own(api):
    _, path = create(api, provider="ACME-LOGIN")
    assert api.get(path)["resource"]["provider"] == "ACME-LOGIN"
    assert api.put(f"{path}/provider:delete")["resource"]["provider"] == ""


def test_resources_are_listed_by_their_type(api):
    server, _ = create(api)
    create(api, resource_type="WEB")
    listed = api.get("/resources", resource_type="MCP_SERVER")
    assert ([one["id"] for one in listed["resources"]], listed["total_size"]) == ([server["id"]], 1)
    api.refused(400, "GET", "/resources")
    api.refused(400, "GET", "/resources", resource_type="MCP_SERVER", page_size=31)


def test_the_secret_of_a_client_is_shown_once(api):
    _, path = create(api)
    created = api.post(f"{path}/clients", {"name": "Assistant", "redirect_uris": ["https://a/back"]})
    client = created["client"]
    assert created["plain_secret"].endswith(client["secrets"][0]["secret_suffix"])
    assert api.get(f"{path}/clients/{client['client_id']}")["client"] == client
    assert created["plain_secret"] not in json.dumps(api.store.snapshot())


def test_clients_that_registered_by_themselves_are_listed_too(api):
    _, path = create(api)
    for body in ({"name": "Assistant"}, {"name": "Claude"}):
        client = api.post(f"{path}/clients", body)["client"]
    api.store.resource_clients[client["client_id"]]["is_dcr"] = True
    listed = api.get(f"{path}/clients")
    assert [one["is_dcr"] for one in listed["clients"]] == [False, True]
    assert (listed["total_dcr_clients"], listed["total_static_clients"]) == (1, 1)


def test_a_client_is_changed_kept_apart_and_deleted(api):
    (_, path), (_, other) = create(api), create(api, name="Payments")
    client_id = api.post(f"{path}/clients", {"name": "Assistant", "scopes": ["invoices:read"]})["client"]["client_id"]
    client = f"{path}/clients/{client_id}"
    assert api.patch(client, {"name": "Helper"})["client"]["scopes"] == ["invoices:read"]
    api.refused(404, "GET", f"{other}/clients/{client_id}")
    api.delete(client)
    api.refused(404, "GET", client)


def test_clients_go_with_their_mcp_server(api):
    _, path = create(api)
    api.post(f"{path}/clients", {"name": "Assistant"})
    api.delete(path)
    api.refused(404, "GET", path)
    assert api.store.resource_clients == {}
