from dataclasses import replace

import pytest

from pulumi_scalekit import Application, ApplicationSecret, RedirectUri
from pulumi_scalekit.api.errors import ScalekitError

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
