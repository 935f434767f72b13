from dataclasses import replace

import pytest

from pulumi_scalekit import Connection
from pulumi_scalekit.model.sentences import described
from tests.support.cases import CERTIFICATE, OIDC_CONNECTION
from tests.support.stack import CheckFailed

BAG = "Bag Attributes\n    friendlyName: idp\nsubject=CN = idp.example\n"  # what `openssl pkcs12` writes before each block
KEY = "-----BEGIN PRIVATE KEY-----\nTUlJ\n-----END PRIVATE KEY-----\n"


@pytest.fixture
def saml(api):
    organization = api.organization()

    def program(certificate):
        settings = {"idpEntityId": "https://idp", "idpSsoUrl": "https://idp/sso", "idpCertificate": certificate}
        return {"organizationId": organization, "provider": "CUSTOM", "type": "SAML", "saml": settings}

    return program


def test_a_secret_is_rotated_by_declaring_another_one(stack, api, emulator, asked):
    """There is no version number to count up: a changed secret is an update, and the same one is none."""
    program = OIDC_CONNECTION.program(api)
    connection = stack(Connection)
    connection.up(program)
    connection.refresh()
    asked()

    assert connection.preview(program) == "same"
    assert connection.up({**program, "oidc": {**program["oidc"], "clientSecret": "rotated"}}) == "update"

    item = f"/organizations/{program['organizationId']}/connections/{connection.id}"
    # Nobody knows whether Scalekit keeps what a change leaves out, so what is there is read before.
    assert asked() == [f"GET {item}", f"PATCH {item}"]
    assert emulator.ledger.since(0)[-1].body == {
        "provider": "OKTA",
        "type": "OIDC",
        "oidc_config": {"client_secret": "[secret]"},
    }
    assert emulator.store.connections[connection.id]["oidc_config"]["client_secret"] == "rotated"
    assert connection.refresh() == []


def test_a_removed_secret_stays_valid(stack, api, emulator, asked):
    program = OIDC_CONNECTION.program(api)
    connection = stack(Connection)
    connection.up(program)
    asked()

    connection.up({**program, "oidc": {k: v for k, v in program["oidc"].items() if k != "clientSecret"}})

    assert asked() == []
    assert emulator.store.connections[connection.id]["oidc_config"]["client_secret"] == "s3cret-canary"
    secret = Connection.kind.shape.by_name["oidc"].shape.by_name["client_secret"]
    assert "sends nothing: the old one stays valid" in described(secret)


def test_an_import_leaves_a_certificate_out_that_the_metadata_told(stack, api, emulator):
    program = {
        "organizationId": api.organization(),
        "provider": "CUSTOM",
        "type": "SAML",
        "saml": {"idpMetadataUrl": "https://idp/metadata"},
    }
    connection = stack(Connection)
    connection.up(program)
    settings = emulator.store.connections[connection.id]["saml_config"]
    settings["idp_certificates"] = [{"id": "cer_1", "certificate": CERTIFICATE}]

    _, inputs, outputs = connection.provider.read(f"{program['organizationId']}/{connection.id}", {}, {})

    assert outputs["idpCertificates"][0]["certificate"] == CERTIFICATE
    assert inputs == program


@pytest.mark.parametrize("text", [BAG + CERTIFICATE, CERTIFICATE.replace("\n", "\r\n"), f"\n{CERTIFICATE.strip()}"])
def test_only_the_certificate_in_a_text_counts(stack, saml, emulator, text):
    """Also where the API keeps the certificate alone."""
    connection = stack(Connection)
    connection.up(saml(text))
    (held,) = emulator.store.connections[connection.id]["saml_config"]["idp_certificates"]
    held["certificate"] = CERTIFICATE

    assert connection.refresh() == []
    assert connection.preview(saml(text)) == "same"
    assert connection.preview(saml(CERTIFICATE)) == "same"


@pytest.mark.parametrize("text", [CERTIFICATE * 2, BAG + CERTIFICATE + BAG + CERTIFICATE, KEY + CERTIFICATE])
def test_more_than_one_certificate_is_refused(stack, saml, text):
    with pytest.raises(CheckFailed, match="idp_certificate (holds 2 certificates|is or holds a private key)"):
        stack(Connection).up(saml(text))


@pytest.mark.parametrize(("completes", "read"), [("configured", []), ("enabled", ["GET"])])
def test_enabling_is_followed_by_a_read_only_where_it_may_move_the_status(stack, api, emulator, asked, completes, read):
    emulator.switches = replace(emulator.switches, connection_completes=completes)
    program = OIDC_CONNECTION.program(api)
    connection = stack(Connection)
    asked()
    connection.up(program)
    sent = [request.partition(" ")[0] for request in asked()]
    assert sent == ["POST", "PATCH", "PUT", "PATCH", *read]
    assert connection.outputs["status"] == "COMPLETED"

    connection.up({**program, "enabled": False})
    emulator.store.connections[connection.id]["status"] = "IN_PROGRESS" if read else "COMPLETED"
    connection.refresh()
    asked()
    connection.up(program)
    item = f"/organizations/{program['organizationId']}/connections/{connection.id}"
    assert asked() == [f"PATCH {item}:enable", *[f"{verb} {item}" for verb in read]]
    assert connection.outputs["status"] == "COMPLETED"
    before = dict(connection.outputs)
    assert connection.refresh() == []
    assert connection.outputs == before


def test_a_status_that_nobody_knows_is_read_after_enabling(stack, api, emulator, asked):
    """The vendor's prose has one more status than its descriptors."""
    program = OIDC_CONNECTION.program(api)
    connection = stack(Connection)
    connection.up({**program, "enabled": False})
    connection.outputs["status"] = "ERROR"
    asked()
    connection.up(program)
    assert [request.partition(" ")[0] for request in asked()] == ["PATCH", "GET"]
    assert connection.outputs["status"] == "COMPLETED"


def test_disabling_is_followed_by_a_read_since_nobody_says_what_becomes_of_the_status(stack, api, asked):
    program = OIDC_CONNECTION.program(api)
    connection = stack(Connection)
    connection.up(program)
    asked()
    connection.up({**program, "enabled": False})
    assert [request.partition(" ")[0] for request in asked()] == ["PATCH", "GET"]


def test_a_change_of_settings_that_enables_too_reads_nothing_afterwards(stack, api, asked):
    """The answer to the settings holds the status already."""
    program = OIDC_CONNECTION.program(api)
    connection = stack(Connection)
    connection.up({**program, "enabled": False})
    asked()
    connection.up({**program, "keyId": "acme-2"})
    assert [request.partition(" ")[0] for request in asked()] == ["GET", "PATCH", "PATCH"]
    assert connection.outputs["status"] == "COMPLETED"
    assert connection.refresh() == []
