from dataclasses import replace

import pytest

from pulumi_scalekit import Application, ApplicationSecret, DefaultApplication, RedirectUri
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Switches

FIRST, SECOND = "https://app.acme.example/first", "https://app.acme.example/second%20one"


def test_an_update_sends_nothing_that_is_not_declared(stack, emulator):
    application = stack(Application)
    application.up({"name": "Portal", "clientType": "SPA"})
    emulator.store.applications[application.id]["scopes"] = ["openid"]

    application.up({"name": "Console", "clientType": "SPA"})

    assert emulator.store.applications[application.id]["scopes"] == ["openid"]
    assert emulator.ledger.since(0)[-1].body == {"name": "Console"}


def test_secrets_are_never_asked_for(stack, emulator):
    application = stack(Application)
    application.up({"name": "Portal", "clientType": "WEB_APP"})
    application.refresh()

    assert not any("include_plain_secret" in entry.query for entry in emulator.ledger.since(0))


def test_a_redirect_uri_that_exists_is_told_with_the_ways_to_take_it_over(stack):
    stack(RedirectUri).up({"redirectUri": FIRST})

    with pytest.raises(
        ScalekitError, match=r"already belongs to https://app.acme.example/first.*scalekit:adopt identical"
    ):
        stack(RedirectUri).up({"redirectUri": FIRST})
    taken = stack(RedirectUri, adopt="identical")
    taken.up({"redirectUri": FIRST})
    assert taken.id == FIRST


def test_the_last_redirect_uri_cannot_go(stack, asked):
    first, second = stack(RedirectUri), stack(RedirectUri)
    first.up({"redirectUri": FIRST})
    second.up({"redirectUri": SECOND})
    asked()

    second.up(None)
    assert asked() == ["DELETE /environment/redirect-uris"]
    with pytest.raises(ScalekitError, match=r"Scalekit keeps the last redirect URI. Add another one first"):
        first.up(None)


def test_a_rotated_secret_is_made_before_the_old_one_goes(stack, api, asked):
    secret = stack(ApplicationSecret)
    program = {"clientId": api.application()}
    secret.up(program)
    old = secret.id
    asked()

    assert secret.up({**program, "rotation": "2026-02"}) == "replace"

    path = f"/clients/{program['clientId']}/secrets"
    assert asked() == [f"POST {path}", f"DELETE {path}/{old}"]
    assert [one["id"] for one in api.store.applications[program["clientId"]]["secrets"]] == [secret.id]


def test_a_third_secret_is_refused_with_what_scalekit_says(stack, api):
    client = api.application()
    for _ in range(2):
        api.post(f"/clients/{client}/secrets")

    with pytest.raises(ScalekitError, match="at most 2 active secrets"):
        stack(ApplicationSecret).up({"clientId": client})


def test_the_last_secret_that_scalekit_keeps_comes_with_advice(stack, api, emulator):
    secret = stack(ApplicationSecret)
    secret.up({"clientId": api.application()})
    emulator.switches = replace(emulator.switches, last_application_credential="refused")

    with pytest.raises(ScalekitError, match="create another one first, or delete the application"):
        secret.up(None)


def test_a_secret_goes_with_its_application(stack, api):
    secret = stack(ApplicationSecret)
    client = api.application()
    secret.up({"clientId": client})
    api.delete(f"/clients/{client}")

    assert secret.refresh() == ["deleted"]


@pytest.fixture
def built_in(emulator):
    """The record of the default application."""
    return next(one for one in emulator.store.applications.values() if one["client_type"] == "ENV")


def test_the_default_application_is_taken_over_and_left(stack, emulator, built_in, asked, capsys):
    built_in.update(scopes=["openid"], custom_claims=[{"key": "app", "value": "old"}], enforce_pkce=True)
    application, program = stack(DefaultApplication), {"postLogoutRedirectUris": [FIRST], "enforcePkce": True}

    application.up(program)
    assert asked() == ["GET /clients", f"PATCH /clients/{built_in['id']}"]
    assert emulator.ledger.since(0)[-1].body == {"post_logout_redirect_uris": [FIRST]}
    assert (application.id, application.outputs["clientId"]) == ("default", built_in["id"])

    application.up({**program, "initiateLoginUri": SECOND})
    assert asked() == ["PUT /environment/initiate-login-uri", "GET /clients"]
    assert application.refresh() == []
    asked()
    kept = dict(built_in)
    application.up(None)
    assert (asked(), dict(built_in)) == ([], kept)
    assert "No longer managed: default application (default). Scalekit keeps it as it is" in "".join(
        capsys.readouterr()
    )


@pytest.mark.parametrize("update", Switches.allowed()["application_update"])
def test_the_default_application_and_its_redirect_uris_leave_each_other_alone(stack, emulator, built_in, update):
    """Also where a change of the one drops what it leaves out."""
    emulator.switches = replace(emulator.switches, application_update=update)
    built_in.update(name="Ours", scopes=["openid"], disallow_scalekit_api_access=True, initiate_login_uri=FIRST)
    application, first, second = stack(DefaultApplication), stack(RedirectUri), stack(RedirectUri)
    first.up({"redirectUri": FIRST})
    application.up({"accessTokenExpiry": 300})
    second.up({"redirectUri": SECOND})
    before = dict(application.outputs)
    assert (application.refresh(), application.outputs) == ([], before)

    application.up({"accessTokenExpiry": 600})
    assert first.refresh() == second.refresh() == []
    assert {name: built_in.get(name) for name in ("name", "post_login_uris", "scopes", "initiate_login_uri")} == {
        "name": "Ours",
        "post_login_uris": [FIRST, SECOND],
        "scopes": ["openid"],
        "initiate_login_uri": FIRST,
    }
    assert built_in["disallow_scalekit_api_access"] is True
    second.up(None)
    assert application.refresh() == []
