"""Something is removed from the program, and Scalekit fills it in again or keeps it: one `up`, and then nothing is left to do."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_scalekit.emulator import Switches
from pulumi_scalekit.model.names import NOTES
from pulumi_scalekit.model.registry import KINDS
from tests.support.cases import CERTIFICATE
from tests.support.stack import PROVIDERS, Stack

API = {
    "fills in": Switches(),
    "fills in, also what nobody asked for": Switches(
        oidc_defaults="filled", saml_defaults="filled", client_defaults="filled"
    ),
    "fills in nothing": Switches(discovery="unfilled"),
    "keeps what is cleared": Switches(empty_nested_string="ignored", application_update="non_zero"),
    "replaces": Switches(partial_config="replaced", partial_connection="reset", application_update="reset"),
    "answers nothing": Switches(update_answer="empty", client_defaults="filled", oidc_defaults="filled"),
}
OIDC = {"clientId": "0oa1", "clientSecret": "s3cret-canary"}
BY_HAND = {
    "authorizeUri": "https://acme.okta.com/a",
    "tokenUri": "https://acme.okta.com/t",
    "userInfoUri": "https://acme.okta.com/u",
    "jwksUri": "https://acme.okta.com/k",
    **OIDC,
}
ISSUER = {"issuer": "https://acme.okta.com", **OIDC}
DOCUMENT = {"discoveryEndpoint": "https://acme.okta.com/.well-known/openid-configuration", **OIDC}
SAML_BY_HAND = {
    "idpEntityId": "https://idp",
    "idpSsoUrl": "https://idp/sso",
    "idpSloUrl": "https://idp/slo",
    "idpCertificate": CERTIFICATE,
}
METADATA = {"idpMetadataUrl": "https://idp.example/metadata"}
SP = {"spEntityId": "urn:former", "spAssertionUrl": "https://former.example", "certificateId": "cer_2"}

MOVES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "by hand to the issuer": ({"oidc": BY_HAND}, {"oidc": ISSUER}),
    "by hand to the document": ({"oidc": BY_HAND}, {"oidc": DOCUMENT}),
    "by hand to the issuer, said so": (
        {"oidc": BY_HAND, "configurationType": "MANUAL"},
        {"oidc": ISSUER, "configurationType": "DISCOVERY"},
    ),
    "issuer to the document": ({"oidc": ISSUER}, {"oidc": DOCUMENT}),
    "document to the issuer": ({"oidc": DOCUMENT}, {"oidc": ISSUER}),
    "issuer to by hand": ({"oidc": ISSUER}, {"oidc": BY_HAND}),
    "scopes left out": ({"oidc": {**ISSUER, "scopes": ["openid"]}}, {"oidc": ISSUER}),
    "by hand to metadata": ({"saml": SAML_BY_HAND}, {"saml": METADATA}),
    "metadata to by hand": ({"saml": METADATA}, {"saml": SAML_BY_HAND}),
    "no former service provider any more": ({"saml": {**SAML_BY_HAND, **SP}}, {"saml": SAML_BY_HAND}),
    "client id left out": ({"oidc": ISSUER}, {"oidc": {"issuer": ISSUER["issuer"]}}),
    "mapping left out": ({"oidc": ISSUER, "attributeMapping": {"email": "mail"}}, {"oidc": ISSUER}),
}
PORTAL = {"name": "Portal", "clientType": "WEB_APP"}
LISTS = {
    "grantTypes": ["authorization_code"],
    "scopes": ["openid"],
    "postLoginUris": ["https://a.example"],
    "customClaims": {"app": "portal"},
}


@pytest.fixture(params=API)
def switches(request):
    return API[request.param]


@pytest.fixture(params=PROVIDERS)
def stack(request, config):
    return lambda token: Stack(PROVIDERS[request.param](KINDS[f"scalekit:index:{token}"], config))


def is_quiet(taken, program, capsys):
    """Nothing is found any more, nothing is said any more."""
    capsys.readouterr()
    for _ in range(2):
        assert taken.preview(program) == "same"
        assert taken.refresh() == []
        assert taken.up(program) == "same"
    assert "".join(capsys.readouterr()) == ""


@pytest.mark.parametrize("token", ["Connection", "ConnectionSettings"])
@pytest.mark.parametrize("move", MOVES)
def test_a_connection_is_settled_after_one_up(stack, move, token, api, emulator, capsys):
    before, after = MOVES[move]
    protocol = "SAML" if "saml" in before else "OIDC"
    program = {"organizationId": api.organization(), "provider": "CUSTOM", "type": protocol}
    if token == "ConnectionSettings":
        program["connectionId"] = api.connection(program["organizationId"], protocol, "CUSTOM")
    taken = stack(token)
    taken.up({**program, **before})

    assert taken.up({**program, **after}) == "update"

    block = emulator.store.connections[taken.id][f"{protocol.lower()}_config"]
    declared = after[protocol.lower()]
    for key in ("issuer", "idpMetadataUrl", "authorizeUri", "tokenUri"):
        if key in declared:
            snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
            assert block[snake] == declared[key]
    is_quiet(taken, {**program, **after}, capsys)
    # And back again.
    assert taken.up({**program, **before}) == "update"
    is_quiet(taken, {**program, **before}, capsys)


@pytest.mark.parametrize("name", LISTS)
def test_an_application_is_settled_after_one_up(stack, name, emulator, capsys, switches):
    taken = stack("Application")
    taken.up({**PORTAL, **LISTS})
    less = {**PORTAL, **{key: value for key, value in LISTS.items() if key != name}}

    assert taken.up(less) == "update"

    told = "".join(capsys.readouterr())
    assert ("was removed from the program. Scalekit answered with success and keeps it" in told) == (
        switches.application_update == "non_zero"
    )
    is_quiet(taken, less, capsys)
    assert taken.up({**PORTAL, **LISTS, "name": "Console"}) == "update"
    assert NOTES not in taken.outputs
    is_quiet(taken, {**PORTAL, **LISTS, "name": "Console"}, capsys)


def test_what_stays_is_drift_again_once_it_is_declared(stack, emulator, switches, capsys):
    taken = stack("Application")
    taken.up({**PORTAL, "scopes": ["openid"]})
    taken.up(PORTAL)
    taken.up({**PORTAL, "scopes": ["email"]})
    emulator.store.applications[taken.id]["scopes"] = ["phone"]

    assert taken.refresh() == ["scopes"]


def test_a_list_that_is_empty_from_the_start_is_scalekits(stack, emulator, switches):
    taken = stack("Application")
    taken.up({**PORTAL, "grantTypes": []})

    assert taken.refresh() == []
    assert taken.preview({**PORTAL, "grantTypes": []}) == "same"
