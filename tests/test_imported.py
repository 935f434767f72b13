"""An object is imported, and the program that made it goes on: nothing that the program does not say is changed."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from cases import CASES, CERTIFICATE, Case
from readings import READINGS
from stack import FACES, Stack

from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.resources import KINDS

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
    case = request.node.callspec.params.get("case")
    return replace(READINGS[request.node.callspec.params["reading"]], **(case.pins if case else {}))


@pytest.fixture
def imported(config, emulator):
    """Makes an object with a program, and a stack that knows of it by its import id alone."""

    def make(token, program):
        kind = KINDS[token]
        made = Stack(FACES["plugin"](kind, config))
        made.up(program)
        taken = Stack(made.face)
        taken.id, taken.inputs, taken.outputs = made.face.read(
            kind.import_id(from_state(kind, program), made.id), {}, {}
        )
        return taken

    return make


def as_it_is(record):
    """A record without the time of its last write."""
    if not isinstance(record, dict):
        return record
    return {name: value for name, value in copy.deepcopy(record).items() if name != "update_time"}


def is_needed(case: Case, name: str) -> bool:
    required = any(field.required and field.state == name for field in KINDS[case.token].inputs)
    return required or name in case.one_of_these


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_the_program_leaves_out_stays(imported, case, world, emulator, reading):
    """However little the program says, what Scalekit made of the rest is neither cleared nor made anew."""
    program = {name: value for name, value in case.program(world).items() if is_needed(case, name)}
    taken = imported(case.token, program)
    before, mark = as_it_is(case.place.find(emulator.store, taken.id, program)), emulator.ledger.mark()

    assert taken.up(program) in ("same", "update")

    assert {entry.method for entry in emulator.ledger.since(mark)} <= {"GET"}
    assert as_it_is(case.place.find(emulator.store, taken.id, program)) == before
    assert taken.refresh() == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_the_program_says_is_there_already(imported, case, world, emulator, reading):
    """One update may come, for a secret and for what Scalekit would have made by itself. It changes nothing."""
    program = case.program(world)
    taken = imported(case.token, program)
    before = as_it_is(case.place.find(emulator.store, taken.id, program))

    assert taken.up(program) in ("same", "update") or "rotation" in program

    if "rotation" not in program:
        assert as_it_is(case.place.find(emulator.store, taken.id, program)) == before
    assert taken.preview(program) == "same"
    assert taken.refresh() == []


@pytest.mark.parametrize("token", [CONNECTION, CONNECTION + "Settings"])
@pytest.mark.parametrize("settings", SETTINGS)
def test_only_what_was_declared_of_a_connection_is_taken(imported, settings, token, world, emulator, reading):
    protocol, block = SETTINGS[settings]
    program = {"organizationId": world.organization(), "provider": "CUSTOM", "type": protocol, protocol.lower(): block}
    if token != CONNECTION:
        program["connectionId"] = world.connection(program["organizationId"], protocol, "CUSTOM")
    taken = imported(token, program)
    before = as_it_is(emulator.store.connections[taken.id])
    own = {"clientSecret", "discoveryEndpoint", "spEntityId", "spAssertionUrl"} & set(block)

    assert set(taken.inputs) == set(program)
    assert set(block) - own <= set(taken.inputs[protocol.lower()]) <= set(block)
    assert taken.preview(program) == ("update" if own else "same")
    taken.up(program)

    assert as_it_is(emulator.store.connections[taken.id]) == before
    assert taken.preview(program) == "same"
    assert taken.refresh() == []
