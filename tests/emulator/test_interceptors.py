from __future__ import annotations

import pytest

BODY = {
    "display_name": "Compliance",
    "trigger_point": "PRE_SIGNUP",
    "api_url": "https://hooks.acme.example",
    "config": {
        "auth_config": {
            "auth_config_type": "API_KEY",
            "api_key": {"api_key": "k3y", "header_name": "x-api-key"},
        }
    },
}


def made(api, **given):
    return api.post("/interceptors", {**BODY, **given})["interceptor"]


def test_a_new_one_is_off_and_has_a_secret(api):
    created = made(api)
    assert created["id"].startswith("icp_")
    assert created["secret_id"].startswith("sec_")
    assert len(created["secret_suffix"]) == 4
    assert (created["enabled"], created["timeout_ms"], created["interceptor_type"]) == (False, "10000", "AUTH")
    assert created["config"]["auth_config"]["api_key"] == {"header_name": "x-api-key", "api_key": ""}
    assert api.get(f"/interceptors/{created['id']}")["interceptor"] == created


@pytest.mark.parametrize(("echo", "shown"), [("masked", "*" * 12), ("clear", "k3y")])
def test_what_a_read_shows_of_a_secret(start, echo, shown):
    api = start(client_secret_echo=echo)
    assert made(api)["config"]["auth_config"]["api_key"]["api_key"] == shown


def test_a_patch_keeps_what_it_leaves_out(api):
    path = f"/interceptors/{made(api, description='Asks')['id']}"
    changed = api.patch(path, {"display_name": "Legal"})["interceptor"]
    assert (changed["display_name"], changed["description"]) == ("Legal", "Asks")
    assert "description" not in api.store.interceptors[changed["id"]] or api.patch(path, {"description": ""})
    assert api.get(path)["interceptor"]["description"] == ""
    for name in ("display_name", "api_url"):
        api.refused(400, "PATCH", path, {name: ""})


def test_credentials_are_taken_as_a_whole(api):
    path = f"/interceptors/{made(api)['id']}"

    def sent(kind, **block):
        return {"config": {"auth_config": {"auth_config_type": kind, **block}}}

    api.refused(400, "PATCH", path, sent("API_KEY", api_key={"header_name": "x-other"}))
    api.refused(400, "PATCH", path, sent("OAUTH2", api_key={"api_key": "k", "header_name": "x"}))
    oauth2 = {"token_url": "https://auth.acme.example", "client_id": "scalekit", "client_secret": "s"}
    shown = api.patch(path, sent("OAUTH2", oauth2=oauth2))["interceptor"]["config"]["auth_config"]
    assert "api_key" not in shown
    assert shown["oauth2"]["client_id"] == "scalekit"


def test_switching_answers_nothing(start):
    api = start(repeated_toggle="refused", delete_enabled_interceptor="refused")
    path = f"/interceptors/{made(api)['id']}"
    api.refused(400, "PATCH", f"{path}:disable")
    assert api.patch(f"{path}:enable") == {}
    assert api.get(path)["interceptor"]["enabled"] is True
    assert "disable it before" in api.refused(400, "DELETE", path)["message"]
    api.patch(f"{path}:disable")
    api.delete(path)
    api.refused(404, "GET", path)
    api.refused(404, "PATCH", f"{path}:enable")


def test_the_list_is_filtered_and_paged(api):
    first, second = made(api), made(api, trigger_point="PRE_SESSION_CREATION")
    api.patch(f"/interceptors/{first['id']}:enable")

    def listed(**query):
        return [one["id"] for one in api.get("/interceptors", **query)["interceptors"]]

    assert listed() == [second["id"], first["id"]]
    assert listed(trigger_point="PRE_SIGNUP") == [first["id"]]
    assert listed(enabled="true") == [first["id"]]
    assert listed(enabled="false") == [second["id"]]
    page = api.get("/interceptors", page_size=1)
    assert (page["total_size"], [one["id"] for one in page["interceptors"]]) == (2, [second["id"]])
    assert listed(page_size=1, page_token=page["next_page_token"]) == [first["id"]]


def test_defaults_that_no_document_tells(start):
    api = start(new_interceptor="enabled", interceptor_policy="filled")
    created = made(api)
    assert (created["enabled"], created["failure_policy"]) == (True, "FAIL_OPEN")
