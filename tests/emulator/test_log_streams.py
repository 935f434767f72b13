from __future__ import annotations

import pytest

BODY = {
    "provider": "DATADOG",
    "display_name": "Alarms",
    "config": {"datadog": {"site": "datadoghq.eu"}},
    "credentials": {"datadog": {"api_key": "k3y-1234"}},
    "event_types": ["user.deleted"],
}
PATH = "/logstreams"


def made(api, **given):
    return api.post(PATH, {**BODY, **given})["log_stream"]


def test_no_answer_shows_the_credential(api):
    created = made(api)
    assert (created["credential_hint"], created["status"], created["enabled"]) == ("****1234", "PENDING", True)
    assert "k3y" not in str(api.get(f"{PATH}/{created['id']}"))
    listed = api.get(PATH)
    assert listed["log_streams"] == [created]
    assert "@" in listed["proxy_service_account_email"]


def test_a_change_keeps_the_credential_and_applies_the_filter_as_it_is_sent(api):
    stream = made(api)
    changed = api.patch(f"{PATH}/{stream['id']}", {"display_name": "Audit"})["log_stream"]
    assert (changed["display_name"], changed["event_types"], changed["credential_hint"]) == ("Audit", [], "****1234")
    assert (changed["enabled"], changed["config"]["datadog"]) == (True, {"site": "datadoghq.eu"})
    off = api.patch(f"{PATH}/{stream['id']}", {"display_name": "Audit", "enabled": False})["log_stream"]
    assert (off["enabled"], off["status"]) == (False, "DISABLED")
    api.refused(400, "PATCH", f"{PATH}/{stream['id']}", {"enabled": True})
    api.refused(400, "PATCH", f"{PATH}/{stream['id']}", {"display_name": "Audit", "provider": "CROWDSTRIKE"})


def test_a_config_that_is_left_out_may_be_reset(start):
    api = start(partial_log_stream="reset", new_log_stream="disabled")
    stream = made(api)
    assert stream["enabled"] is False
    changed = api.patch(f"{PATH}/{stream['id']}", {"display_name": "Audit"})["log_stream"]
    assert not (changed["config"].get("datadog") or {}).get("site")


@pytest.mark.parametrize(
    "given",
    [
        {"provider": "LOG_STREAM_PROVIDER_UNSPECIFIED"},
        {"provider": "CROWDSTRIKE"},
        {"credentials": {}},
        {"display_name": ""},
        {"config": {"crowdstrike": {"ingest_url": "https://siem.acme.example"}}},
    ],
)
def test_what_is_refused(api, given):
    api.refused(400, "POST", PATH, {**BODY, **given})
    assert api.store.log_streams == {}


def test_a_second_one_of_a_provider(start):
    api = start()
    made(api)
    assert "already exists for DATADOG" in api.refused(409, "POST", PATH, BODY)["message"]
    several = start(log_streams="several")
    assert made(several)["id"] != made(several)["id"]


def test_it_may_be_off_for_the_workspace(start):
    api = start(log_streaming="forbidden")
    for verb, path, body in (("GET", PATH, None), ("POST", PATH, BODY), ("DELETE", f"{PATH}/lgs_1", None)):
        assert "not enabled for this workspace" in api.refused(403, verb, path, body)["message"]


def test_a_deleted_one_is_gone(api):
    path = f"{PATH}/{made(api)['id']}"
    api.delete(path)
    api.refused(404, "GET", path)
    api.refused(404, "PATCH", path, {"display_name": "Audit"})
