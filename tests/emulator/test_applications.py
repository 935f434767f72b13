from __future__ import annotations

import pytest


def create(api, **more):
    body = {"name": "Web", "client_type": "WEB_APP", "post_login_uris": ["https://a/cb"], **more}
    return f"/clients/{api.post('/clients', body)['client']['id']}"


def test_an_application_has_its_uris(api):
    path = create(api, enforce_pkce=True, access_token_expiry=600)
    client = api.get(path)["client"]
    assert client["id"].startswith("skc_")
    assert (client["post_login_uris"], client["enforce_pkce"]) == (["https://a/cb"], True)
    assert client["access_token_expiry"] == "600"
    assert client["secrets"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"name": "Web"},
        {"client_type": "SPA"},
        {"name": "Web", "client_type": "ENV"},
        {"name": "Web", "client_type": "SPA", "post_login_uris": ["https://a", "https://a"]},
        {"name": "Web", "client_type": "SPA", "back_channel_logout_uris": ["not a uri"]},
        {"name": "Web", "client_type": "SPA", "post_login_uris": [f"https://a/{number}" for number in range(6)]},
        {"name": "Web", "client_type": "SPA", "post_login_uris": ["app.example/in"]},
        {"name": "Web", "client_type": "SPA", "post_login_uris": ["https://app.example/in#top"]},
        {"name": "Web", "client_type": "SPA", "post_logout_redirect_uris": ["https:///out"]},
        {"name": "Web", "client_type": "SPA", "initiate_login_uri": "start"},
        {"name": "Web", "client_type": "SPA", "ip_allowlist": {"opted_in": True}},
        {"name": "Web", "client_type": "SPA", "ip_allowlist": {"cidrs": [{"value": "0.0.0.0/0", "type": "IPV4"}]}},
        {"name": "Web", "client_type": "SPA", "ip_allowlist": {"cidrs": [{"value": "::/0", "type": "IPV6"}]}},
        {"name": "Web", "client_type": "SPA", "ip_allowlist": {"cidrs": [{"value": "203.0.113.9", "type": "IPV4"}]}},
        {"name": "Web", "client_type": "SPA", "ip_allowlist": {"cidrs": [{"value": "office", "type": "IPV4"}]}},
    ],
)
def test_applications_that_cannot_be(api, body):
    api.refused(400, "POST", "/clients", body)


def test_a_change_keeps_the_same_rules(api):
    path = create(api)
    api.refused(400, "PATCH", path, {"post_login_uris": [f"https://a/{number}" for number in range(6)]})
    api.refused(400, "PATCH", path, {"ip_allowlist": {"opted_in": True, "cidrs": []}})


def test_an_application_may_have_a_scheme_of_its_own(api):
    path = create(api, client_type="NTV", post_login_uris=["com.acme.app:/callback", "http://127.0.0.1:8080/cb"])
    assert len(api.get(path)["client"]["post_login_uris"]) == 2


@pytest.mark.parametrize(("switch", "taken"), [("documented", False), ("rule", True)])
def test_the_documents_and_the_descriptors_differ_on_a_redirect_uri(start, switch, taken):
    api = start(redirect_uri_form=switch)
    for uri in ("https://app.example/cb?a=b", "https://app.example/" + "x" * 256):
        assert api.ask("POST", "/environment/redirect-uris", {"redirect_uri": uri}).is_success == taken
    for uri in ("https://app.example/cb#a", "app.example/cb"):
        api.refused(400, "POST", "/environment/redirect-uris", {"redirect_uri": uri})


@pytest.mark.parametrize(("switch", "uris"), [("keys", []), ("non_zero", ["https://a/cb"])])
def test_what_an_empty_list_does(start, switch, uris):
    api = start(application_update=switch)
    path = create(api)
    response = api.ask("PATCH", path, {"post_login_uris": []})
    assert response.status_code == 201
    assert response.json()["client"]["post_login_uris"] == uris
    assert response.json()["client"]["name"] == "Web"


@pytest.mark.parametrize("switch", ["keys", "non_zero", "reset"])
def test_a_mask_in_the_query_is_the_mask(start, switch):
    api = start(application_update=switch)
    path = create(api)
    api.send("PATCH", path, {"name": "New", "enforce_pkce": True}, mask="enforce_pkce,post_login_uris")
    client = api.get(path)["client"]
    assert (client["name"], client["enforce_pkce"], client["post_login_uris"]) == ("Web", True, [])


def test_the_applications_are_listed_by_type(api):
    create(api)
    assert [c["name"] for c in api.get("/clients", **{"filter.client_type": "WEB_APP"})["clients"]] == ["Web"]
    assert api.get("/clients")["total_size"] == 2
    api.refused(400, "GET", "/clients", page_size=31)


def test_the_default_application_stays(api):
    api.refused(400, "DELETE", f"/clients/{api.emulator.client_id}")
    path = create(api)
    api.delete(path)
    api.refused(404, "GET", path)


def test_redirect_uris_of_the_default_application(api):
    path = "/environment/redirect-uris"
    added = api.post(path, {"redirect_uri": "https://a/cb"})
    assert added["client_id"] == api.emulator.client_id
    assert api.refused(409, "POST", path, {"redirect_uri": "https://a/cb"})["code"] == 6
    assert api.refused(400, "DELETE", path, redirect_uri="https://a/cb")["message"]
    api.post(path, {"redirect_uri": "https://b/cb"})
    assert api.delete(path, redirect_uri="https://a/cb")["redirect_uris"] == ["https://b/cb"]
    api.refused(404, "DELETE", path, redirect_uri="https://a/cb")
    client = api.get(f"/clients/{api.emulator.client_id}")["client"]
    assert client["post_login_uris"] == ["https://b/cb"]


def test_the_initiate_login_uri_of_the_default_application(api):
    path = "/environment/initiate-login-uri"
    api.post("/environment/redirect-uris", {"redirect_uri": "https://a/cb"})
    client_id = api.emulator.client_id
    assert api.put(path, {"initiate_login_uri": "https://a/start"}) == {
        "client_id": client_id,
        "redirect_uris": ["https://a/cb"],
        "post_logout_redirect_uris": [],
        "initiate_login_uri": "https://a/start",
    }
    assert api.get(f"/clients/{client_id}")["client"]["initiate_login_uri"] == "https://a/start"
    for uri in ("", "a/start", "https://a/start#top"):
        api.refused(400, "PUT", path, {"initiate_login_uri": uri})


def test_an_application_has_two_active_secrets_at_most(api):
    path = f"/clients/{api.application()}/secrets"
    made = [api.post(path) for _ in range(2)]
    assert all(one["plain_secret"].endswith(one["secret"]["secret_suffix"]) for one in made)
    api.refused(400, "POST", path)
    ids = [one["secret"]["id"] for one in made]
    assert api.patch(f"{path}/{ids[0]}", {"status": "INACTIVE"})["secret"]["status"] == "INACTIVE"
    api.post(path)
    api.refused(400, "PUT", f"{path}/{ids[0]}", {"status": "ACTIVE"})
    api.delete(f"{path}/{ids[1]}")
    assert api.put(f"{path}/{ids[0]}", {"status": "ACTIVE"})["secret"]["status"] == "ACTIVE"
    api.refused(404, "DELETE", f"{path}/{ids[1]}")
    shown = api.get(path.removesuffix("/secrets"))["client"]["secrets"]
    assert [bool(one.get("plain_secret")) for one in shown] == [False, False]


@pytest.mark.parametrize("switch", ["deleted", "refused"])
def test_the_last_secret_of_an_application(start, switch):
    api = start(last_application_credential=switch)
    path = f"/clients/{api.application()}/secrets"
    id_ = api.post(path)["secret"]["id"]
    status = {"deleted": 200, "refused": 400}[switch]
    assert api.ask("DELETE", f"{path}/{id_}").status_code == status
