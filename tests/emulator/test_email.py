"""E-mail of the emulator: the environment's servers."""

from __future__ import annotations

from dataclasses import replace

import pytest

SERVERS = "/email/servers"
SMTP = {
    "host": "smtp.acme.example",
    "port": 587,
    "username": "acme",
    "password": "first",
    "from_email": "no-reply@acme.example",
    "from_name": "Acme",
}


def server(api, **smtp):
    return api.post(SERVERS, {"provider": "OTHER", "settings": {**SMTP, **smtp}})["server"]


def enabled(api):
    return [one["id"] for one in api.get(SERVERS)["servers"] if one["enabled"]]


def test_no_answer_shows_the_password_of_a_server(api):
    made = server(api)
    assert made["id"].startswith("esr_")
    assert made["enabled"] is False
    path = f"{SERVERS}/{made['id']}"
    changed = api.put(path, {**SMTP, "password": "second"})
    for answer in (made, changed["server"], api.get(path)["server"], *api.get(SERVERS)["servers"]):
        assert not answer["smtp_settings"].get("password")
        assert answer["smtp_settings"]["host"] == SMTP["host"]
    assert api.emulator.store.email_servers[made["id"]]["smtp_settings"]["password"] == "second"


@pytest.mark.parametrize(("switch", "left"), [("kept", "first"), ("dropped", None)])
def test_the_settings_of_a_server_are_sent_as_a_whole(api, switch, left):
    api.emulator.switches = replace(api.emulator.switches, partial_email_settings=switch)
    made = server(api)
    path = f"{SERVERS}/{made['id']}"
    settings = {name: value for name, value in SMTP.items() if name != "password"}
    assert api.put(path, {**settings, "port": 465})["server"]["smtp_settings"]["port"] == "465"
    assert api.emulator.store.email_servers[made["id"]]["smtp_settings"].get("password") == left
    api.refused(400, "PUT", path, {"port": 25})
    api.refused(400, "POST", SERVERS, {"provider": "OTHER", "settings": settings})
    api.refused(404, "PUT", f"{SERVERS}/esr_1", SMTP)


def test_one_server_is_in_use_at_most(api):
    first, second = server(api)["id"], server(api)["id"]
    assert enabled(api) == []
    assert api.patch(f"{SERVERS}/{first}:enable") == {"active_server_id": first}
    assert api.patch(f"{SERVERS}/{second}:enable") == {"active_server_id": second, "last_active_server_id": first}
    assert enabled(api) == [second]
    assert api.patch(f"{SERVERS}/{second}:disable") == {}
    assert enabled(api) == []
    api.delete(f"{SERVERS}/{first}")
    api.refused(404, "GET", f"{SERVERS}/{first}")


def test_a_server_in_use_as_its_switches_say(api):
    api.emulator.switches = replace(
        api.emulator.switches, new_email_server="enabled", delete_enabled_email="refused", repeated_toggle="refused"
    )
    path = f"{SERVERS}/{server(api)['id']}"
    assert api.get(path)["server"]["enabled"] is True
    api.refused(400, "PATCH", f"{path}:enable")
    assert "disable it" in api.refused(400, "DELETE", path)["message"]
    api.patch(f"{path}:disable")
    api.delete(path)
