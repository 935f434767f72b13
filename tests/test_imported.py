"""An object is imported, and the program that made it goes on: nothing that the program does not say is changed."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS
from tests.support.api_variants import API_VARIANTS
from tests.support.cases import CASES, CERTIFICATE, Case
from tests.support.stack import PROVIDERS, Stack, plain, without

CONNECTION = "scalekit:index:Connection"
OIDC = {"clientId": "0oa1", "clientSecret": "s3cret-canary"}
SETTINGS = {
    "discovered from the issuer": ("OIDC", {"issuer": "https://acme.okta.com", **OIDC}),
    "discovered from the document": (
        "OIDC",
        {"discoveryEndpoint": "https://acme.okta.com/.well-known/openid-configuration", **OIDC},
    ),
    "from metadata": ("SAML", {"idpMetadataUrl": "https://idp.example/metadata"}),
    "by hand": (
        "SAML",
        {"idpEntityId": "https://idp.example", "idpSsoUrl": "https://idp.example/sso", "idpCertificate": CERTIFICATE},
    ),
    "by hand, as a former service provider": (
        "SAML",
        {"idpEntityId": "https://idp.example", "spEntityId": "urn:former", "spAssertionUrl": "https://former.example"},
    ),
}


@pytest.fixture
def switches(request):
    chosen = getattr(request.node, "callspec", None)
    case, variant = (chosen.params.get("case"), chosen.params["variant"]) if chosen else (None, "default")
    return replace(API_VARIANTS[variant], **(case.pins if case else {}))


@pytest.fixture
def imported(config, emulator):
    """Makes an object with a program, and a stack that knows of it by its import id alone."""

    def make(token, program):
        kind = KINDS[token]
        made = Stack(PROVIDERS["plugin"](kind, config))
        made.up(program)
        taken = Stack(made.provider)
        taken.id, taken.inputs, taken.outputs = made.provider.read(
            kind.import_id(from_state(kind, program), made.id), {}, {}
        )
        return taken

    return make


def as_it_is(record):
    """A record without the time of its last write, and without the order of its sets."""
    if isinstance(record, list):
        return sorted(record, key=repr)
    if not isinstance(record, dict):
        return record
    return {name: as_it_is(value) for name, value in copy.deepcopy(record).items() if name != "update_time"}


def is_needed(case: Case, name: str) -> bool:
    required = any(field.required and field.state == name for field in KINDS[case.token].inputs)
    return required or name in case.one_of_these


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_the_program_leaves_out_stays(imported, case, api, emulator, variant):
    """However little the program says, what Scalekit made of the rest is neither cleared nor made anew."""
    program = {name: value for name, value in case.program(api).items() if is_needed(case, name)}
    taken = imported(case.token, program)
    before, mark = as_it_is(case.place.find(emulator.store, taken.id, program)), emulator.ledger.mark()

    # A secret that it says is sent once.
    assert taken.up(without(program, case.secret_inputs)) in ("same", "update")

    assert {entry.method for entry in emulator.ledger.since(mark)} <= {"GET"}
    assert as_it_is(case.place.find(emulator.store, taken.id, program)) == before
    assert taken.refresh() == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_the_program_says_is_there_already(imported, case, api, emulator, variant):
    """One update may come, for a secret and for what Scalekit would have made by itself. It changes nothing."""
    program = case.program(api)
    taken = imported(case.token, program)
    before = as_it_is(case.place.find(emulator.store, taken.id, program))

    assert taken.up(program) in ("same", "update") or "rotation" in program

    if "rotation" not in program:
        assert as_it_is(case.place.find(emulator.store, taken.id, program)) == before
    assert taken.preview(program) == "same"
    assert taken.refresh() == []


@pytest.mark.parametrize("token", [CONNECTION, CONNECTION + "Settings"])
@pytest.mark.parametrize("settings", SETTINGS)
def test_only_what_was_declared_of_a_connection_is_taken(imported, settings, token, api, emulator, variant):
    protocol, block = SETTINGS[settings]
    program = {"organizationId": api.organization(), "provider": "CUSTOM", "type": protocol, protocol.lower(): block}
    if token != CONNECTION:
        program["connectionId"] = api.connection(program["organizationId"], protocol, "CUSTOM")
    taken = imported(token, program)
    before = as_it_is(emulator.store.connections[taken.id])
    unread = {"clientSecret", "spEntityId", "spAssertionUrl"} & set(block)
    # Scalekit may have made these by itself, and somebody may have declared them.
    unclear = {"issuer", "scopes"}

    assert set(taken.inputs) == set(program)
    assert set(block) - unread <= set(taken.inputs[protocol.lower()]) <= set(block) | unclear
    assert taken.preview(plain(taken.inputs)) == "same"
    taken.up(program)

    assert as_it_is(emulator.store.connections[taken.id]) == before
    assert taken.preview(program) == "same"
    assert taken.refresh() == []
    assert taken.preview(program) == "same"


@pytest.mark.parametrize("token", [CONNECTION, CONNECTION + "Settings"])
def test_the_addresses_of_a_connection_that_is_set_up_by_hand_are_taken(imported, token, api, emulator, variant):
    """Also where an issuer stands beside them: nothing is discovered then."""
    by_hand = {
        "issuer": "https://acme.okta.com",
        "authorizeUri": "https://acme.okta.com/a",
        "tokenUri": "https://acme.okta.com/t",
        "userInfoUri": "https://acme.okta.com/u",
        "jwksUri": "https://acme.okta.com/k",
        "scopes": ["email", "openid"],
        **OIDC,
    }
    program = {"organizationId": api.organization(), "provider": "CUSTOM", "type": "OIDC", "oidc": by_hand}
    program["configurationType"] = "MANUAL"
    if token != CONNECTION:
        program["connectionId"] = api.connection(program["organizationId"], "OIDC", "CUSTOM")
    taken = imported(token, program)

    assert taken.inputs["oidc"] == {name: value for name, value in by_hand.items() if name != "clientSecret"}


def test_what_an_import_took_and_scalekit_made_is_not_cleared(imported, api, emulator, variant, capsys):
    """The program leaves out what nobody declared: nothing is sent, and it is settled."""
    block = {"discoveryEndpoint": "https://acme.okta.com/.well-known/openid-configuration", **OIDC}
    program = {"organizationId": api.organization(), "provider": "CUSTOM", "type": "OIDC", "oidc": block}
    taken = imported(CONNECTION, program)
    taken.up(program)
    before, mark = as_it_is(emulator.store.connections[taken.id]), emulator.ledger.mark()

    for _ in range(2):
        assert taken.up(program) == "same"
        assert taken.refresh() == []
    assert {entry.method for entry in emulator.ledger.since(mark)} <= {"GET"}
    assert as_it_is(emulator.store.connections[taken.id]) == before

    # What is declared from then on is cleared when it goes again.
    taken.up({**program, "oidc": {**block, "scopes": ["openid"]}})
    mark = emulator.ledger.mark()
    taken.up(program)
    (sent,) = [entry.body["oidc_config"] for entry in emulator.ledger.since(mark) if entry.method == "PATCH"][:1]
    assert sent["scopes"] == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_first_update_after_an_import_brings_the_secret(provider, config, api, emulator, variant):
    kind = KINDS[CONNECTION]
    program = {"organizationId": api.organization(), "provider": "OKTA", "type": "OIDC", "oidc": {**OIDC}}
    program["oidc"]["issuer"] = "https://acme.okta.com"
    made = Stack(PROVIDERS[provider](kind, config))
    made.up(program)
    taken = Stack(made.provider)
    taken.id, taken.inputs, taken.outputs = made.provider.read(
        kind.import_id(from_state(kind, program), made.id), {}, {}
    )
    record = emulator.store.connections[taken.id]
    record["oidc_config"]["client_secret"] = "before-the-import"

    assert taken.up({**program, "oidc": {**program["oidc"], "pkceEnabled": True}}) == "update"

    assert record["oidc_config"]["client_secret"] == OIDC["clientSecret"]
    assert record["oidc_config"]["pkce_enabled"]
    assert taken.refresh() == []


def test_what_somebody_declared_is_cleared_when_the_program_leaves_it_out(imported, emulator):
    """Only what Scalekit may have made by itself is left alone after an import: of an organization that is nothing."""
    program = {"displayName": "Acme", "externalId": "acme", "slug": "acme", "metadata": {"tier": "gold"}}
    taken = imported("scalekit:index:Organization", program)
    assert plain(taken.inputs)["metadata"] == program["metadata"]

    assert taken.up({"displayName": "Acme", "externalId": "acme", "slug": "acme"}) == "update"

    record = emulator.store.organizations[taken.id]
    assert not record["metadata"]
    assert record["slug"] == "acme"
