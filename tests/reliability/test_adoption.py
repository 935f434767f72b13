"""`scalekit:adopt identical`: what is there is taken over if it is equal, and nothing is made beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.model.registry import KINDS
from tests.support.stack import PROVIDERS, Stack

ROOT = Path(__file__).resolve().parents[2]
OIDC = {"issuer": "https://acme.okta.com", "client_id": "0oa1", "client_secret": "live-secret-canary"}
DECLARED = {"issuer": "https://acme.okta.com", "clientId": "0oa1", "clientSecret": "live-secret-canary"}


@pytest.fixture(params=PROVIDERS)
def stack_of(request, config):
    """Makes stacks of one process, each with `adopt identical`: those of one kind share a provider."""
    providers = {}

    def make(name, adopt="identical"):
        key = name, adopt
        given = {**config, "scalekit:adopt": adopt}
        providers[key] = providers.get(key) or PROVIDERS[request.param](KINDS[f"scalekit:index:{name}"], given)
        return Stack(providers[key])

    return make


@pytest.fixture
def live(api):
    """A customer's connection, finished and enabled: (organization, connection, what declares it)."""
    organization = api.organization()
    connection = api.connection(organization)
    path = f"/organizations/{organization}/connections/{connection}"
    api.send("PATCH", path, {"provider": "OKTA", "type": "OIDC", "oidc_config": OIDC})
    api.send("PATCH", f"{path}:enable")
    program = {
        "organizationId": organization,
        "provider": "OKTA",
        "type": "OIDC",
        "oidc": DECLARED,
        "enabled": True,
    }
    return organization, connection, program


def posts(emulator):
    return [entry.path for entry in emulator.ledger.since(0) if entry.method == "POST" and "oauth" not in entry.path]


def test_an_equal_connection_is_taken_over(stack_of, live, emulator, capsys):
    _, connection, program = live
    made = posts(emulator)
    stack = stack_of("Connection")
    assert stack.up(program) == "create"
    assert stack.id == connection
    assert list(emulator.store.connections) == [connection]
    assert posts(emulator) == made
    assert stack.refresh() == []
    assert stack.preview(program) == "same"


def test_another_connection_of_the_same_provider_is_an_error_that_tells_the_differences(stack_of, live, emulator):
    organization, connection, program = live
    other = {**program, "oidc": {**DECLARED, "clientId": "0oa2"}}
    with pytest.raises(ScalekitError) as told:
        stack_of("Connection").up(other)
    assert f"{organization}/{connection} has oidc.client_id '0oa1' instead of '0oa2'" in str(told.value)
    assert "the connection with provider='OKTA' and type='OIDC' exists already" in str(told.value)
    assert "pulumi config rm scalekit:adopt" in str(told.value)
    assert "canary" not in str(told.value)
    assert list(emulator.store.connections) == [connection]


@pytest.mark.parametrize(
    ("protocol", "there", "declared", "path"),
    [
        ("OIDC", {"issuer": "https://acme.okta.com/"}, {"issuer": "https://acme.okta.com"}, "oidc.issuer"),
        ("SAML", {"idp_entity_id": "urn:acme"}, {"idpEntityId": "urn:acme"}, "saml.idp_entity_id"),
    ],
)
def test_no_second_connection_is_made_to_the_same_identity_provider(
    stack_of, api, emulator, protocol, there, declared, path
):
    """In the dashboard it may be a CUSTOM one, and in the program Okta's."""
    organization = api.organization()
    connection = api.connection(organization, protocol, "CUSTOM")
    block = protocol.lower()
    body = {"provider": "CUSTOM", "type": protocol, f"{block}_config": there}
    api.send("PATCH", f"/organizations/{organization}/connections/{connection}", body)
    program = {"organizationId": organization, "provider": "OKTA", "type": protocol, block: declared}
    with pytest.raises(ScalekitError) as told:
        stack_of("Connection").up(program)
    assert f"the connection with {path}=" in str(told.value)
    assert f"{organization}/{connection} has provider 'CUSTOM' instead of 'OKTA'" in str(told.value)
    assert list(emulator.store.connections) == [connection]

    stack_of("Connection").up({**program, block: {key: f"{value}2" for key, value in declared.items()}})
    assert len(emulator.store.connections) == 2


def test_without_the_setting_a_second_connection_is_what_was_asked_for(stack_of, live, emulator):
    _, connection, program = live
    stack = stack_of("Connection", "no")
    stack.up(program)
    assert set(emulator.store.connections) == {connection, stack.id}


def test_a_connection_that_another_resource_has_is_not_taken_over_again(stack_of, live, emulator):
    _, connection, program = live
    stack_of("Connection").up(program)
    second = stack_of("Connection")
    second.up(program)
    assert second.id != connection
    assert len(emulator.store.connections) == 2


def test_two_equal_ones_are_named(stack_of, live, api, emulator):
    organization, connection, program = live
    second = api.connection(organization)
    path = f"/organizations/{organization}/connections/{second}"
    api.send("PATCH", path, {"provider": "OKTA", "type": "OIDC", "oidc_config": OIDC})
    with pytest.raises(ScalekitError) as told:
        stack_of("Connection").up(program)
    assert f"{organization}/{connection} is equal, but not the only one" in str(told.value)
    assert second in str(told.value)


@pytest.mark.parametrize(("declared", "there"), [("ORGANIZATION_DOMAIN", True), ("ALLOWED_EMAIL_DOMAIN", False)])
def test_a_domain(stack_of, api, emulator, declared, there):
    organization = api.organization()
    domain = api.domain(organization, "acme.example")
    program = {"organizationId": organization, "domain": "ACME.example", "domainType": declared}
    stack = stack_of("Domain")
    if there:
        stack.up(program)
        assert stack.id == domain
    else:
        with pytest.raises(ScalekitError, match="domain_type 'ORGANIZATION_DOMAIN' instead of 'ALLOWED_EMAIL_DOMAIN'"):
            stack.up(program)
    assert list(emulator.store.domains) == [domain]


def test_a_domain_that_is_there_is_named_without_the_setting_too(stack_of, api):
    organization = api.organization()
    domain = api.domain(organization, "acme.example")
    with pytest.raises(ScalekitError, match=f"domain 'acme.example' already belongs to {domain}") as told:
        stack_of("Domain", "no").up({"organizationId": organization, "domain": "acme.example"})
    assert f"pulumi import scalekit:index:Domain NAME {organization}/{domain}" in str(told.value)


def test_a_directory(stack_of, api, emulator):
    organization = api.organization()
    body = {"directory_type": "SCIM", "directory_provider": "OKTA"}
    there = api.send("POST", f"/organizations/{organization}/directories", body)["directory"]["id"]
    stack = stack_of("Directory")
    stack.up({"organizationId": organization, "directoryType": "SCIM", "directoryProvider": "OKTA"})
    assert stack.id == there
    assert list(emulator.store.directories) == [there]


@pytest.mark.parametrize(
    ("name", "program", "hint"),
    [
        ("Organization", {"displayName": "Acme"}, "Declare external_id, by which it is found"),
        ("OrganizationClient", {"name": "ci"}, "Import it if it exists"),
        ("Application", {"name": "web", "clientType": "WEB_APP"}, "Import it if it exists"),
    ],
)
def test_what_nothing_tells_from_others_is_not_created(stack_of, api, emulator, name, program, hint):
    if name == "OrganizationClient":
        program = {**program, "organizationId": api.organization()}
    made = posts(emulator)
    with pytest.raises(ScalekitError, match=f"nothing tells whether this .* exists already. {hint}"):
        stack_of(name).up(program)
    assert posts(emulator) == made
    stack_of(name, "no").up(program)


def test_the_page_names_every_kind_by_how_an_existing_object_is_identified():
    page = (ROOT / "docs" / "taking-over.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|")[1:3] for line in page if line.startswith("|")][2:]
    identified = {
        kind.name: [how.strip() for names, how in rows if re.search(rf"\b{kind.name}\b", names)]
        for kind in KINDS.values()
    }
    (settings,) = (line for line in page if "are settings of an existing object" in line)

    for kind in KINDS.values():
        if not kind.api.create:
            assert kind.name in settings
            continue
        how = (
            "not needed"
            if kind.api.create.adds or kind.api.is_only
            else "by the value that must be unique"
            if kind.api.unique
            else ("by organization" if kind.api.parent else f"by `{kind.api.identity[0]}`")
            if kind.api.identity
            else "not at all"
        )
        assert any(named.startswith(how) for named in identified[kind.name]), kind.name


def test_a_half_made_connection_is_taken_over_and_finished(stack_of, api, emulator):
    """As a create leaves it behind whose answer was lost."""
    organization = api.organization()
    connection = api.connection(organization)
    program = {"organizationId": organization, "provider": "OKTA", "type": "OIDC", "oidc": DECLARED, "enabled": True}
    stack = stack_of("Connection")
    stack.up(program)
    record = emulator.store.connections[connection]
    assert (record["oidc_config"]["client_secret"], record["enabled"]) == ("live-secret-canary", True)
    assert stack.refresh() == []
