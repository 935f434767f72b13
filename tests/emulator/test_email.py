"""E-mail of the emulator: the environment's servers, and the templates of it and of organizations."""

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


TEMPLATES = "/organizations/-/email/templates"
TEXT = {"use_case": "USER_LOGIN_OTP", "subject": "Code", "html_content": "<p>{{otp}}</p>", "plain_content": "{{otp}}"}


def template(api, path=TEMPLATES, **changed):
    return api.post(path, {**TEXT, **changed})["template"]


def test_a_template_belongs_to_the_environment_or_to_one_organization(api):
    organization = api.bare_organization()
    own, shared = template(api, f"{organization}/email/templates"), template(api)
    assert shared["id"].startswith("tpl_")
    assert "otp" in shared["placeholders"]
    assert [one["id"] for one in api.get(TEMPLATES)["templates"]] == [shared["id"]]
    assert [one["id"] for one in api.get(f"{organization}/email/templates")["templates"]] == [own["id"]]
    api.refused(404, "GET", f"{TEMPLATES}/{own['id']}")
    api.refused(404, "GET", f"{organization}/email/templates/{shared['id']}")
    api.delete(organization)
    assert list(api.emulator.store.email_templates) == [shared["id"]]


def test_a_template_keeps_what_a_patch_leaves_out(api):
    path = f"{TEMPLATES}/{template(api)['id']}"
    assert api.patch(path, {"subject": "New"})["template"]["html_content"] == TEXT["html_content"]
    api.refused(400, "PATCH", path, {"subject": ""})
    api.refused(400, "POST", TEMPLATES, {**TEXT, "use_case": "TEMPLATE_USECASE_UNSPECIFIED"})


def test_one_template_of_a_use_case_is_in_use_at_most(api):
    first, second, other = template(api)["id"], template(api)["id"], template(api, use_case="USER_INVITE")["id"]
    for one in (first, other):
        assert api.patch(f"{TEMPLATES}/{one}:enable") == {"active_template_id": one}
    answer = api.patch(f"{TEMPLATES}/{second}:enable")
    assert answer == {"active_template_id": second, "last_active_template_id": first}
    assert [one["id"] for one in api.get(TEMPLATES)["templates"] if one["enabled"]] == [second, other]


def test_a_template_in_use_as_its_switches_say(api):
    api.emulator.switches = replace(
        api.emulator.switches,
        email_template_server="required",
        delete_enabled_email="refused",
        repeated_toggle="refused",
    )
    path = f"{TEMPLATES}/{template(api)['id']}"
    assert "server of your own" in api.refused(400, "PATCH", f"{path}:enable")["message"]
    api.patch(f"{SERVERS}/{server(api)['id']}:enable")
    api.patch(f"{path}:enable")
    api.refused(400, "PATCH", f"{path}:enable")
    assert "disable it" in api.refused(400, "DELETE", path)["message"]
    assert api.patch(f"{path}:disable") == {}
    api.delete(path)


def test_the_placeholders_depend_on_the_use_case(api):
    def named(use_case):
        return api.get("/email/templates/placeholders", use_case=use_case)["placeholders"]

    assert {"otp", "app_name"} <= {*named("USER_LOGIN_OTP")}
    assert "link" not in named("USER_LOGIN_OTP")
    assert "link" in named("USER_INVITE")
