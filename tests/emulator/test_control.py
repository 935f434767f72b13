from __future__ import annotations

import pytest


@pytest.fixture
def control(api):
    del api.http.headers["Authorization"]

    def ask(method, path, body=None):
        response = api.http.request(method, f"{api.emulator.url}/_emulator/{path}", json=body)
        return response.status_code, response.json()

    return ask


def test_the_ledger_is_read_from_a_mark_and_cleared(api):
    api.sign_in()
    api.bare_organization()
    base = f"{api.emulator.url}/_emulator/ledger"
    first = api.http.get(base).json()
    assert [entry["rpc"] for entry in first["entries"]] == ["OrganizationService.CreateOrganization"]
    assert len(first["tokens"]) == 1
    assert api.http.get(base, params={"since": first["mark"]}).json()["entries"] == []
    api.http.delete(base)
    assert len(api.emulator.ledger) == 0


def test_the_store_is_read_edited_and_emptied(api):
    path = api.bare_organization()
    organization_id = path.rpartition("/")[2]
    connection = api.bare_connection(path)
    record = f"{api.emulator.url}/_emulator/store/organizations/{organization_id}"
    assert api.http.get(record).json()["display_name"] == "Acme"
    assert api.http.patch(record, json={"display_name": "Portal"}).status_code == 200
    assert api.get(path)["organization"]["display_name"] == "Portal"
    whole = api.http.get(f"{api.emulator.url}/_emulator/store").json()
    assert set(whole["connections"]) == {connection.rpartition("/")[2]}
    assert api.http.delete(record).status_code == 200
    api.refused(404, "GET", path)
    assert not api.store.connections
    assert api.http.patch(record, json={}).status_code == 400


def test_faults_are_added_shown_and_cleared(api, control):
    status, shown = control("POST", "faults", {"kind": "status", "status": 429, "path": "/api/v1/roles"})
    assert (status, shown["faults"][0]["status"]) == (200, 429)
    assert api.ask("GET", "/roles").status_code == 429
    control("POST", "faults", [{"latency": 0.01}, {"rate_limit": {"per_second": 1, "burst": 2}}])
    assert api.emulator.faults.latency == 0.01
    assert api.emulator.faults.rate_limit.burst == 2
    assert control("POST", "faults", {"kind": "status", "colour": "red"})[0] == 400
    control("DELETE", "faults")
    assert control("GET", "faults")[1] == {"faults": [], "latency": 0.0, "rate_limit": None}


def test_switches_are_shown_and_changed(api, control):
    assert control("GET", "switches")[1]["client_secret_echo"] == {
        "value": "none",
        "allowed": ["none", "masked", "clear"],
        "doc": "What a read shows of a secret.",
    }
    assert control("PATCH", "switches", {"client_secret_echo": "masked"})[0] == 200
    assert api.emulator.switches.client_secret_echo == "masked"
    status, answer = control("PATCH", "switches", {"client_secret_echo": "loud"})
    assert status == 400
    assert "none, masked, clear" in answer["error"]


def test_everything_is_forgotten_at_once(api, control):
    api.ask_token()
    assert control("POST", "reset") == (200, {})
    assert api.emulator.ledger.tokens == []
    assert control("GET", "nothing")[0] == 404
