"""A property that is removed from the program: cleared, handed back, or refused; and what stays declared afterwards."""

import pytest

from pulumi_scalekit.model.registry import KINDS
from tests.support.api import Api
from tests.support.stack import PROVIDERS, CheckFailed, Stack

ORGANIZATION = {
    "displayName": "Acme",
    "externalId": "acme",
    "slug": "acme",
    "logoUrl": "https://acme.example/l.png",
    "metadata": {"tier": "gold"},
    "features": {"sso": True, "dir_sync": True},
}


@pytest.fixture(params=PROVIDERS)
def stack(request, config):
    return lambda token: Stack(PROVIDERS[request.param](KINDS[token], config))


def without(program, *names):
    return {name: value for name, value in program.items() if name not in names}


def test_texts_and_maps_are_cleared_and_stay_declared_as_empty(stack, emulator):
    acme = stack("scalekit:index:Organization")
    acme.up(ORGANIZATION)
    emulator.store.organizations[acme.id]["metadata"]["written_by_the_app"] = "1"
    less = without(ORGANIZATION, "slug", "logoUrl", "metadata")
    assert acme.up(less) == "update"
    record = emulator.store.organizations[acme.id]
    assert (record.get("slug") or "", record.get("logo_url") or "") == ("", "")
    assert record["metadata"] == {"written_by_the_app": "1"}
    assert acme.preview(less) == "same"
    assert acme.refresh() == []

    record["slug"] = "set-in-the-portal"
    assert acme.refresh() == ["slug"]
    assert acme.up(less) == "update"
    assert (record.get("slug") or "") == ""


def test_what_was_never_declared_is_not_managed(stack, emulator):
    acme = stack("scalekit:index:Organization")
    acme.up({"displayName": "Acme"})
    record = emulator.store.organizations[acme.id]
    record["slug"], record["metadata"], record["external_id"] = "portal", {"a_key": "b"}, "portal"
    record["settings"]["features"] = [{"name": "sso", "enabled": True}]
    assert acme.refresh() == []
    assert acme.preview({"displayName": "Acme"}) == "same"


def test_features_and_switches_and_blocks_are_handed_back(stack, emulator):
    acme = stack("scalekit:index:Organization")
    acme.up(ORGANIZATION)
    before = emulator.ledger.mark()
    less = {**ORGANIZATION, "features": {"sso": True}}
    assert acme.up(less) == "update"
    assert acme.up(without(less, "features")) == "update"
    assert emulator.ledger.since(before) == []
    record = emulator.store.organizations[acme.id]
    assert {one["name"]: one["enabled"] for one in record["settings"]["features"]} == {"sso": True, "dir_sync": True}
    record["settings"]["features"] = []
    assert acme.refresh() == []

    api = Api(emulator)
    sso = stack("scalekit:index:Connection")
    program = {"organizationId": api.organization(), "provider": "OKTA", "type": "OIDC", "enabled": True}
    program["oidc"] = {"issuer": "https://a.example", "clientId": "1", "clientSecret": "2", "pkceEnabled": True}
    sso.up(program)
    before = emulator.ledger.mark()
    assert sso.up(without(program, "enabled", "oidc")) == "update"
    assert emulator.ledger.since(before) == []
    connection = emulator.store.connections[sso.id]
    assert connection["enabled"]
    assert connection["oidc_config"]["client_secret"] == "2"
    assert sso.refresh() == []
    api.close()


def test_a_key_of_a_block_is_cleared_and_a_switch_in_it_is_not(stack, emulator, api):
    sso = stack("scalekit:index:Connection")
    program = {"organizationId": api.organization(), "provider": "OKTA", "type": "OIDC"}
    sso.up({**program, "oidc": {"issuer": "https://a.example", "clientId": "1", "pkceEnabled": True}})
    less = {**program, "oidc": {"issuer": "https://a.example"}}
    assert sso.up(less) == "update"
    config = emulator.store.connections[sso.id]["oidc_config"]
    assert (config.get("client_id") or "") == ""
    assert config["pkce_enabled"]
    assert sso.preview(less) == "same"
    assert sso.refresh() == []


@pytest.mark.parametrize("left", [{}, {"externalId": ""}])
def test_what_cannot_be_cleared_is_refused_at_preview(stack, emulator, left):
    acme = stack("scalekit:index:Organization")
    acme.up(ORGANIZATION)
    before = emulator.ledger.mark()
    with pytest.raises(CheckFailed) as refused:
        acme.preview({**without(ORGANIZATION, "externalId"), **left})
    assert set(refused.value.failures) == {"externalId"}
    assert emulator.ledger.since(before) == []
