"""What the lifecycle test does not see: flags, nesting, rules, lists, findings."""

from dataclasses import replace

import pytest

from pulumi_scalekit import Connection, EnvironmentConnection
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from tests.support.stack import CheckFailed

GITHUB = {"provider": "GITHUB", "type": "OAUTH", "oauth": {"clientId": "a", "clientSecret": "s3cret-canary"}}
SLACK = {"providerKey": "SLACK", "type": "API_KEY", "keyId": "slack-work"}
PASSKEYS = {
    "provider": "SCALEKIT",
    "type": "WEBAUTHN",
    "webauthn": {"rpIds": ["acme.example"], "rpOrigins": ["https://acme.example"]},
}


def refused(stack, program):
    with pytest.raises(CheckFailed) as told:
        stack(EnvironmentConnection).preview(program)
    return told.value.failures


@pytest.mark.parametrize(("program", "flag"), [(GITHUB, "is_login"), (PASSKEYS, "is_login"), (SLACK, "is_app")])
def test_a_create_says_what_it_is_for(stack, emulator, program, flag):
    stack(EnvironmentConnection).up(program)
    (create,) = [entry for entry in emulator.ledger.since(0) if entry.rpc.endswith("CreateEnvironmentConnection")]
    assert create.query == f"flags.{flag}=true"


def test_a_change_of_passkeys_sends_the_whole_relying_party(stack, emulator):
    """The API refuses ids without origins."""
    passkeys = stack(EnvironmentConnection)
    passkeys.up(PASSKEYS)
    passkeys.up({**PASSKEYS, "webauthn": {**PASSKEYS["webauthn"], "rpIds": ["acme.example", "b.example"]}})
    sent = emulator.ledger.since(0)[-1].body
    assert sent["webauthn_config"]["rp"] == {"ids": ["acme.example", "b.example"], "origins": ["https://acme.example"]}
    assert (sent["provider_key"], sent["key_id"]) == ("SCALEKIT", "WEBAUTHN")


def test_a_flag_of_passkeys_that_is_no_longer_declared_stays(stack, emulator):
    """Scalekit's message cannot say that one was left out: it would be off."""
    passkeys = stack(EnvironmentConnection)
    passkeys.up({**PASSKEYS, "webauthn": {**PASSKEYS["webauthn"], "enableConditionalLogin": True}})
    passkeys.up({**PASSKEYS, "webauthn": {**PASSKEYS["webauthn"], "userVerification": "required"}})
    (kept,) = [each for each in emulator.store.environment_connections.values() if each["type"] == "WEBAUTHN"]
    assert kept["webauthn_config"]["enable_conditional_login"] is True


def test_required_scopes_are_sent_with_the_switch_that_replaces_them(stack, emulator):
    one, program = (
        stack(EnvironmentConnection),
        {
            "providerKey": "SLACK",
            "type": "OAUTH",
            "oauth": {"clientId": "a", "clientSecret": "b", "scopes": ["x", "y"]},
            "scopeSelection": {"scopeSelectionAllowed": True, "requiredScopes": ["x"]},
        },
    )
    one.up(program)
    one.up({**program, "scopeSelection": {"scopeSelectionAllowed": True, "requiredScopes": ["y"]}})
    sent = emulator.ledger.since(0)[-1].body["oauth_config"]
    assert sent == {"scope_selection_allowed": True, "required_scopes": ["y"]}


@pytest.mark.parametrize(
    ("program", "path", "words"),
    [
        ({"type": "OAUTH"}, "provider", "declare provider for a sign-in of people, or provider_key"),
        ({**GITHUB, "providerKey": "GITHUB"}, "provider", "and not both"),
        ({"providerKey": "", "type": "API_KEY"}, "provider", "or provider_key for a connector of agents"),
        ({**PASSKEYS, "keyId": "passkeys"}, "keyId", "always WEBAUTHN"),
        ({**GITHUB, "passwordless": {"type": "OTP"}}, "passwordless", 'does not go with type="OAUTH"'),
        ({**SLACK, "scopeSelection": {"scopeSelectionAllowed": True}}, "scopeSelection", 'type="API_KEY"'),
        (
            {
                "providerKey": "GOOGLEDWD",
                "type": "GOOGLE_DWD",
                "scopeSelection": {"requiredOptionalScopes": ["a"]},
            },
            "scopeSelection.requiredOptionalScopes",
            "no optional scopes",
        ),
        (
            {
                "providerKey": "GOOGLEDWD",
                "type": "GOOGLE_DWD",
                "scopeSelection": {"requiredOptionalScopes": []},
            },
            "scopeSelection.requiredOptionalScopes",
            "no optional scopes",
        ),
        (
            {**GITHUB, "oauth": {"scopes": ["a"]}, "scopeSelection": {"requiredScopes": ["b"]}},
            "scopeSelection.requiredScopes",
            "b must be among scopes too",
        ),
        (
            {**GITHUB, "oauth": {"extraAuthorizeParams": {"scope": "x"}}},
            "oauth.extraAuthorizeParams",
            "scope is OAuth's own",
        ),
        ({**PASSKEYS, "webauthn": {"rpIds": ["a"]}}, "webauthn.rpOrigins", "is needed with rp_ids"),
        (
            {**GITHUB, "oauth": {"authorizeUri": "http://idp.example"}},
            "oauth.authorizeUri",
            "must begin with https://",
        ),
        ({**GITHUB, "oauth": {"clientId": "a"}, "enabled": True}, "oauth", "or use_platform_creds=True"),
        ({**GITHUB, "type": "SAML"}, "type", "OAUTH"),
        (
            {"provider": "SCALEKIT", "type": "PASSWORDLESS", "passwordless": {"validity": 30}},
            "passwordless.validity",
            "60",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_the_property(stack, emulator, program, path, words):
    failures = refused(stack, program)
    assert words in failures[path], failures
    assert len(emulator.ledger) == 0


@pytest.mark.parametrize("lists", ["connections", "connections/app"])
def test_a_create_whose_answer_was_lost_is_found_wherever_it_is_listed(stack, emulator, lists):
    emulator.switches = replace(emulator.switches, environment_connections=lists)
    emulator.faults.add(Fault("drop_after", method="POST", path="/api/v1/connections"))
    one = stack(EnvironmentConnection)
    one.up(GITHUB)
    assert list(emulator.store.environment_connections) == [one.id]


def test_connections_of_organizations_and_of_the_environment_are_never_taken_for_each_other(stack, api, emulator):
    """With `adopt identical` a create looks at the list that both stand in."""
    github = stack(EnvironmentConnection)
    github.up(GITHUB)
    again = stack(EnvironmentConnection, adopt="identical")
    again.up(GITHUB)
    assert again.id == github.id
    sso = stack(Connection, adopt="identical")
    sso.up({"organizationId": api.organization(), "provider": "GOOGLE", "type": "OIDC"})
    google = stack(EnvironmentConnection, adopt="identical")
    google.up({"provider": "GOOGLE", "type": "OAUTH"})
    assert google.id != sso.id
    assert set(emulator.store.environment_connections) == {github.id, google.id}


def test_a_404_counts_where_the_list_answers(stack, emulator):
    one = stack(EnvironmentConnection)
    one.up(SLACK)
    emulator.faults.add(Fault("status", status=404, path=f"/api/v1/connections/{one.id}", times=None))
    emulator.faults.add(Fault("status", status=500, path="/api/v1/connections", times=None))
    with pytest.raises(ScalekitError, match="That does not mean that the environment connection is gone"):
        one.refresh()
    emulator.faults.clear()
    del emulator.store.environment_connections[one.id]
    assert one.refresh() == ["deleted"]


def test_an_enabled_one_is_disabled_only_where_its_delete_is_refused(stack, emulator, asked):
    for refuses in ("allowed", "refused"):
        emulator.switches = replace(emulator.switches, delete_enabled_connection=refuses)
        one = stack(EnvironmentConnection)
        one.up({**GITHUB, "enabled": True})
        path = f"/connections/{one.id}"
        asked()
        one.up(None)
        again = [f"PATCH {path}:disable", f"DELETE {path}"] if refuses == "refused" else []
        assert asked() == [f"DELETE {path}", *again]
