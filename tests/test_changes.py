"""What a diff says of each changed property, and what is remembered of an object: decisions that no other test looks at."""

import pytest

from pulumi_scalekit import lifecycle
from pulumi_scalekit.lifecycle.notes import Notes
from pulumi_scalekit.lifecycle.state import compose
from pulumi_scalekit.model import registry
from pulumi_scalekit.model.compare import changed_secrets, differences, readable, same
from pulumi_scalekit.model.field import UNKNOWN
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects

KINDS = {kind.name: kind for kind in registry.KINDS.values()}
SSO = {"organization_id": "org_1", "provider": "OKTA", "type": "OIDC"}


@pytest.fixture
def objects(config):
    here = environment(config)

    def of(kind):
        return Objects(KINDS[kind], here)

    return of


def said(kind, old, new):
    return [(each.path, each.what, each.handed_back) for each in lifecycle.changes_between(KINDS[kind], old, new)]


def test_a_key_of_a_map_is_added_deleted_or_updated():
    old, new = {"metadata": {"one": "1", "two": "2"}}, {"metadata": {"two": "3", "three": "4"}}

    assert said("Organization", old, new) == [
        ("metadata.one", "delete", False),
        ("metadata.three", "add", False),
        ("metadata.two", "update", False),
    ]


def test_what_is_no_longer_declared_and_stays_is_handed_back():
    old = {"features": {"sso": True, "dir_sync": True}}

    assert said("Organization", old, {"features": {"sso": True}}) == [("features.dir_sync", "delete", True)]
    assert said("Organization", old, {}) == [("features", "delete", True)]
    assert said("Connection", {**SSO, "enabled": True}, SSO) == [("enabled", "delete", True)]
    assert said("Connection", {**SSO, "ui_button_title": "Go"}, SSO) == [("uiButtonTitle", "delete", False)]


def test_what_an_import_took_is_handed_back_and_not_cleared(objects):
    here = objects("Connection")
    declared = {**SSO, "ui_button_title": "Go", "oidc": {"issuer": "https://a.example"}}
    state = {**declared, "environment_url": here.environment.url, "__notes": {"imported": ["ui_button_title"]}}

    (change,) = lifecycle.diff(here, "conn_1", state, state, {**declared, "ui_button_title": ""}).changes

    assert (change.path, change.what, change.handed_back) == ("uiButtonTitle", "delete", True)
    (change,) = lifecycle.diff(here, "conn_1", state, state, {**declared, "ui_button_title": "Stop"}).changes
    assert (change.what, change.handed_back) == ("update", False)


def test_a_secret_in_doubt_is_written_again_at_its_own_path(objects):
    here = objects("Connection")
    declared = {**SSO, "oidc": {"issuer": "https://a.example", "client_secret": "s3cret"}}
    state = {**declared, "environment_url": here.environment.url, "__notes": {"in_doubt": ["oidc.client_secret"]}}

    found = lifecycle.diff(here, "conn_1", state, declared, declared)

    assert [change.path for change in found.changes] == ["oidc.clientSecret"]
    assert found.in_doubt


def test_only_what_cannot_stand_beside_its_successor_is_deleted_first(objects):
    def first(kind, old, new):
        here = objects(kind)
        return lifecycle.diff(here, "id_1", {**old, "environment_url": here.environment.url}, old, new).delete_first

    assert not first("Connection", SSO, {**SSO, "organization_id": "org_2"})
    domain = {"organization_id": "org_1", "domain": "acme.com"}
    assert first("Domain", domain, {**domain, "domain_type": "ALLOWED_EMAIL_DOMAIN"})
    assert not first("Domain", domain, {**domain, "domain": "acme.org"})


@pytest.mark.parametrize("protected", [True, False])
def test_a_diff_remembers_what_protects_everything_in_an_organization(objects, protected):
    here = objects("Organization")
    declared = {"display_name": "Acme", "deletion_protection": protected}

    lifecycle.diff(here, "org_1", {**declared, "environment_url": here.environment.url}, declared, declared)

    assert here.run.protection("org_1") is protected


def test_an_object_that_this_run_made_is_known_to_be_new(objects):
    here = objects("Organization")

    made = lifecycle.create(here, {"display_name": "Acme"})

    assert here.run.is_new(made.id)
    assert not here.run.is_new("org_1")


def test_of_the_last_state_only_what_a_create_alone_answers_stays(objects):
    here = objects("OrganizationClient")
    once = [field.name for field in here.kind.outputs if field.create_only]
    before = dict.fromkeys([field.name for field in here.kind.outputs], "old")

    kept = compose(here, {"name": "billing"}, {}, before)

    assert once
    assert set(kept) == {"name", "environment_url", *once}


def test_no_answer_is_compared_with_what_no_answer_shows():
    oidc = KINDS["Connection"].by_name["oidc"]

    assert readable(oidc, {"issuer": "https://a", "client_secret": "s"}) == {
        "issuer": "https://a",
        "client_secret": None,
    }
    assert list(differences(oidc, {"client_secret": "s"}, {"client_secret": "*****"})) == []
    assert readable(KINDS["Organization"].by_name["metadata"], {"tier": "gold"}) == {"tier": "gold"}


def test_a_feature_that_is_off_and_not_named_is_no_difference():
    features = KINDS["Organization"].by_name["features"]

    assert list(differences(features, {"sso": False}, {})) == []
    assert list(differences(features, {"sso": False}, {"sso": True})) == ["features.sso"]
    assert list(differences(features, {"sso": True}, {})) == ["features.sso"]


def test_what_is_not_known_yet_is_a_change_however_it_stood_before():
    assert said("Organization", {"slug": "acme"}, {"slug": UNKNOWN}) == [("slug", "update", False)]
    assert said("Organization", {"slug": UNKNOWN}, {"slug": "acme"}) == [("slug", "update", False)]
    assert said("Organization", {"metadata": {"one": "1"}}, {"metadata": UNKNOWN}) == [("metadata", "update", False)]


def test_an_address_that_is_filled_in_by_another_one_is_no_difference_where_the_program_leaves_it_empty():
    oidc = KINDS["Connection"].by_name["oidc"]
    filled = {"issuer": "https://a", "discovery_endpoint": "https://a/d"}

    assert list(differences(oidc, {"issuer": "https://a", "discovery_endpoint": ""}, filled)) == []
    assert list(differences(oidc, {"issuer": "", "client_id": ""}, {"issuer": "https://a"})) == ["oidc.issuer"]


def test_a_secret_that_stays_is_not_among_the_changed_ones():
    old = {"oidc": {"client_id": "1", "client_secret": "s"}}

    def secrets(client_id, client_secret):
        new = {"oidc": {"client_id": client_id, "client_secret": client_secret}}
        return changed_secrets(KINDS["Connection"], old, new, ["oidc"])

    assert secrets("2", "s") == frozenset()
    assert secrets("1", "t") == {"oidc.client_secret"}


def test_off_is_a_change_over_on_and_none_over_what_nobody_set():
    debug = KINDS["Connection"].by_name["debug_enabled"]

    assert not same(debug, True, False)
    assert not same(debug, True, None)
    assert same(debug, False, None)


def test_an_import_remembers_what_scalekit_may_have_made_by_its_whole_path(objects):
    live = {
        **SSO,
        "ui_button_title": "Go",
        "oidc": {"issuer": "https://a", "discovery_endpoint": "https://a/d", "client_id": "1", "scopes": ["openid"]},
    }

    found = lifecycle.imported(objects("Connection"), "conn_1", {"organization_id": "org_1"}, live)

    assert found.inputs["oidc"] == live["oidc"]
    assert Notes.of(found.state).imported == {"oidc.issuer", "oidc.discovery_endpoint", "oidc.scopes"}


def test_a_setting_of_which_all_is_off_is_none():
    kind = KINDS["ConnectionSettings"]

    assert not lifecycle.is_set(kind, {"debug_enabled": False})
    assert lifecycle.is_set(kind, {"debug_enabled": False}, everything=True)
    assert lifecycle.is_set(kind, {"debug_enabled": True})
