from __future__ import annotations

import json

import pytest

BODY = {
    "name": "machine",
    "description": "Reads",
    "scopes": ["read"],
    "audience": ["api"],
    "custom_claims": [{"key": "a", "value": "1"}],
    "expiry": 3600,
}


def create(api, **more):
    organization = api.bare_organization()
    created = api.post(f"{organization}/clients", {**BODY, **more})
    return created, f"{organization}/clients/{created['client']['client_id']}"


def test_the_life_of_tokens_can_be_the_servers(start):
    for switch, expiry in (("unset", "0"), ("filled", "3600")):
        api = start(client_defaults=switch)
        collection = f"{api.bare_organization()}/clients"
        assert api.post(collection, {"name": "machine"})["client"]["expiry"] == expiry
        assert api.post(collection, {"name": "machine", "expiry": 60})["client"]["expiry"] == "60"


def test_the_secret_of_a_client_is_shown_once(api):
    created, path = create(api)
    client = created["client"]
    assert client["client_id"].startswith("m2morg_")
    assert {**BODY, "expiry": "3600"}.items() <= client.items()
    (secret,) = client["secrets"]
    assert created["plain_secret"].endswith(secret["secret_suffix"])
    assert secret["status"] == "ACTIVE"
    assert api.get(path) == {"client": client}
    assert created["plain_secret"] not in json.dumps(api.store.snapshot())


def test_an_update_leaves_what_is_left_out_or_empty(api):
    created, path = create(api)
    body = {"name": "other", "description": "", "scopes": [], "expiry": 0}
    changed = api.patch(path, body)["client"]
    assert changed.pop("update_time") > created["client"].pop("update_time")
    assert changed == {**created["client"], "name": "other"}


@pytest.mark.parametrize(("switch", "keys"), [("replace", ["b"]), ("merge", ["a", "b"])])
def test_claims_are_replaced_or_merged(start, switch, keys):
    api = start(custom_claims_update=switch)
    _, path = create(api)
    changed = api.patch(path, {"custom_claims": [{"key": "b", "value": "2"}]})["client"]
    assert [claim["key"] for claim in changed["custom_claims"]] == keys


def test_the_last_secret_cannot_go(api):
    created, path = create(api)
    first = created["client"]["secrets"][0]["id"]
    assert "last" in api.refused(400, "DELETE", f"{path}/secrets/{first}")["message"]
    response = api.ask("POST", f"{path}/secrets")
    assert response.status_code == 201
    second = response.json()
    assert second["plain_secret"] != created["plain_secret"]
    assert [secret["id"] for secret in api.get(path)["client"]["secrets"]] == [first, second["secret"]["id"]]
    api.delete(f"{path}/secrets/{first}")
    assert [secret["id"] for secret in api.get(path)["client"]["secrets"]] == [second["secret"]["id"]]
    api.refused(404, "DELETE", f"{path}/secrets/{first}")


def test_clients_are_listed_deleted_and_kept_apart(api):
    _, path = create(api)
    organization, other = path.rpartition("/clients/")[0], api.bare_organization()
    assert api.get(f"{organization}/clients")["total_size"] == 1
    assert api.get(f"{other}/clients")["clients"] == []
    api.refused(404, "GET", f"{other}/clients/{path.rpartition('/')[2]}")
    api.delete(path)
    api.refused(404, "GET", path)


def test_numbers_of_64_bits_can_be_numbers(start):
    created, _ = create(start(int64="number"))
    assert created["client"]["expiry"] == 3600
