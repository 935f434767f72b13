"""What a write left out and Scalekit dropped: which of it is sent again, and of which secrets that is said."""

from pulumi_scalekit.lifecycle import left_out
from pulumi_scalekit.model import registry

CONNECTION = registry.KINDS["scalekit:index:Connection"]
SETTINGS, *_ = CONNECTION.api.update
ISSUER, OTHER = "https://acme.okta.com", "https://other.okta.com"


def dropped(sent, *, declared, before, after):
    return left_out.dropped(CONNECTION, SETTINGS, sent, declared, before, after)


def test_what_is_there_as_before_is_not_sent_again():
    oidc = {"issuer": ISSUER, "client_id": "1", "pkce_enabled": True}

    found = dropped(
        {"oidc": {"client_id": "2"}},
        declared={"oidc": {**oidc, "client_id": "2"}},
        before={"oidc": {**oidc, "scopes": ["openid"]}},
        after={"oidc": {"client_id": "2", "scopes": ["openid"]}},
    )

    assert found.values == {"oidc": {"issuer": ISSUER, "pkce_enabled": True}}


def test_a_declared_address_that_another_one_may_bring_is_sent_again():
    oidc = {"issuer": ISSUER, "discovery_endpoint": f"{ISSUER}/.well-known/openid-configuration"}

    found = dropped(
        {"oidc": {"client_id": "2"}},
        declared={"oidc": {"issuer": ISSUER, "client_id": "2"}},
        before={"oidc": {**oidc, "client_id": "1"}},
        after={"oidc": {"client_id": "2"}},
    )

    # Scalekit finds the other one by it.
    assert found.values == {"oidc": {"issuer": ISSUER}}


def test_a_switch_that_was_dropped_says_nothing_of_the_secret():
    """ "Off" is how one reads that was never set, so that it proves less than a text that is gone."""
    found = dropped(
        {"oidc": {"client_id": "2"}},
        declared={"oidc": {"client_id": "2", "client_secret": "s3cret"}},
        before={"status": "COMPLETED", "oidc": {"client_id": "1", "pkce_enabled": True}},
        after={"status": "COMPLETED", "oidc": {"client_id": "2"}},
    )

    assert found.values == {"oidc": {"pkce_enabled": True}}
    assert (found.secrets, found.gone) == ([], [])


def test_a_hidden_secret_that_is_not_shown_any_more_is_gone():
    before = {"oidc": {"client_id": "1", "client_secret": "*****"}}
    sent = {"oidc": {"client_id": "2"}}

    declared = dropped(sent, declared={"oidc": {"client_secret": "s"}}, before=before, after={"oidc": sent["oidc"]})
    unknown = dropped(sent, declared=sent, before=before, after={"oidc": sent["oidc"]})
    there = dropped(sent, declared=sent, before=before, after={"oidc": {**sent["oidc"], "client_secret": "*****"}})

    assert (declared.secrets, declared.gone) == (["oidc.client_secret"], [])
    assert (unknown.secrets, unknown.gone) == ([], ["oidc.client_secret"])
    assert not there


def test_a_connection_that_falls_incomplete_has_lost_its_secret_unless_something_was_cleared():
    def secrets(sent):
        return dropped(
            {"oidc": sent},
            declared={"oidc": {**sent, "client_secret": "s"}},
            before={"status": "COMPLETED", "oidc": {"issuer": ISSUER}},
            after={"status": "IN_PROGRESS", "oidc": sent},
        ).secrets

    assert secrets({"issuer": OTHER}) == ["oidc.client_secret"]
    assert secrets({"issuer": ""}) == []
