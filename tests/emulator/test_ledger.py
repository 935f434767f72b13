from __future__ import annotations

import json
import logging

import httpx
import pytest

from pulumi_scalekit.emulator import Fault


def test_requests_are_counted_by_verb_path_and_rpc(api):
    ledger = api.emulator.ledger
    path = api.bare_organization()
    mark = ledger.mark()
    api.get(path)
    api.refused(400, "POST", "/organizations", {"display_name": ""})
    assert ledger.count("POST", "/api/v1/organizations") == 2
    assert ledger.count("POST", "/api/v1/organizations", since=mark) == 1
    assert ledger.count("GET") == 1
    assert ledger.count(rpc="OrganizationService.CreateOrganization") == 2
    assert [(entry.method, entry.status) for entry in ledger.since(mark)] == [("GET", 200), ("POST", 400)]
    assert len(ledger) == 3
    ledger.clear()
    assert len(ledger) == 0


def test_requests_for_a_token_are_counted_apart(api):
    api.token()
    api.ask_token(client_secret="wrong")
    assert [entry.status for entry in api.emulator.ledger.tokens] == [200, 401]
    assert len(api.emulator.ledger) == 0


def test_an_entry_tells_what_was_sent(api):
    api.get("/organizations", page_size=3)
    body = {"display_name": "Acme"}
    response = api.ask("POST", "/organizations", {**body, "unknown": 1})
    read, write = api.emulator.ledger
    assert (read.query, read.body) == ("page_size=3", None)
    assert write.body == {**body, "unknown": 1}
    assert write.request_id == response.json()["details"][0]["request_info"]["request_id"]
    assert write.at.endswith("Z")


def test_no_secret_reaches_the_ledger_the_log_or_the_control_path(api, caplog):
    caplog.set_level(logging.DEBUG)
    path = api.bare_connection(api.bare_organization())
    secret = "canary-secret"
    body = {"provider": "OKTA", "type": "OIDC", "oidc_config": {"client_id": "a", "client_secret": secret}}
    api.patch(path, body)
    camel = {"provider": "OKTA", "type": "OIDC", "oidcConfig": {"clientSecret": secret}}
    api.patch(path, camel)
    api.ask("PATCH", path, {"provider": "OKTA", "oidc_config": {"client_secret": [secret]}})
    api.emulator.faults.add(Fault("drop_after", method="PATCH"))
    with pytest.raises(httpx.RemoteProtocolError):
        api.ask("PATCH", path, body)
    api.ask_token(client_secret="canary-secret")
    entries = api.emulator.ledger.as_json()
    assert entries["entries"][-1]["body"]["oidc_config"] == {"client_id": "a", "client_secret": "[secret]"}
    seen = json.dumps(entries) + caplog.text + repr(api.emulator.credentials)
    seen += api.http.get(f"{api.emulator.url}/_emulator/store").text
    seen += api.http.get(f"{api.emulator.url}/_emulator/ledger").text
    assert secret not in seen
    assert api.emulator.client_secret not in seen
    assert api.http.headers["Authorization"].split()[1] not in seen
    shown = api.http.get(f"{api.emulator.url}/_emulator/store?secrets=shown").text
    assert secret in shown
