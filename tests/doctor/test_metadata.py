"""SAML metadata at the address that a connection declares: what its parser says of it, and what has a date."""

import pytest

from tests.support.doctor_report import connection, identity_provider
from tests.support.saml_metadata import Key, document, entities, without_lxml

ASK = "Ask the customer's administrator"
SERVICE_PROVIDER = identity_provider().text().replace("IDPSSO", "SPSSO")


@pytest.fixture
def examine_at(project, examine, emulator, website):
    """Examines a stack with a connection whose metadata is this document."""

    def run(body, **saml):
        url = website({"/md": (200, body)})
        project.state(connection(emulator, saml={"idpMetadataUrl": f"{url}/md", **saml}))
        return examine("--online")

    return run


@pytest.mark.parametrize(
    ("body", "words", "remedy"),
    [
        (b"<html>", "is a web page (HTML), not metadata", ASK),
        (b"{}", "is JSON, not XML.", ASK),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "has a document type", ASK),
        (b"<a/>", "is XML, but not SAML 2.0 metadata", ASK),
        (SERVICE_PROVIDER.encode(), "is the metadata of a service provider (https://idp.example)", ASK),
        (identity_provider(keys=()).document(), "has no signing certificate.", ASK),
        (identity_provider(keys=(Key((), "signing"),)).document(), "without its X.509 certificate", ASK),
        (
            identity_provider("https://other.example").document(),
            "has no identity provider with the entity id https://idp.example; there is https://other.example",
            'Declare saml={"idp_entity_id": "https://other.example", …} if that is the identity provider, or leave it out.',
        ),
    ],
)
def test_metadata_that_does_not_fit(examine_at, body, words, remedy):
    report = examine_at(body, idpEntityId="https://idp.example")
    text, advice = report.one("error", words)

    assert text.startswith("acme-sso, saml.idp_metadata_url: http://127.0.0.1:")
    assert ": the document " in text
    assert advice.startswith(remedy)
    assert "download" not in text + advice, "nobody has a file"
    assert report.code == 1


class TestSeveralIdentityProviders:
    BODY = document(entities(*(identity_provider(f"https://{name}.example").text() for name in ("idp", "other"))))

    def test_of_which_one_is_declared_are_no_harm(self, examine_at):
        examine_at(self.BODY, idpEntityId="https://other.example").one("ok", "1 of 1 documents")

    def test_of_which_none_is_declared_are_a_warning(self, examine_at):
        report = examine_at(self.BODY)
        text, remedy = report.one("warning", "has 2 identity providers (https://idp.example, https://other.example)")

        assert text.endswith(", and none is declared.")
        assert 'Declare saml={"idp_entity_id": "…", …}' in remedy
        assert report.code == 0

    def test_of_which_the_declared_one_is_none_are_an_error(self, examine_at):
        report = examine_at(self.BODY, idpEntityId="https://third.example")

        assert "the one that is meant" in report.one("error", "entity id https://third.example; there is https://")[1]


@pytest.mark.parametrize(
    ("ends", "words"),
    [(-2, "expired on"), (5, "within 7 days"), (25, "within 30 days")],
)
def test_a_certificate_that_expires_is_a_warning(examine_at, ends, words):
    report = examine_at(identity_provider(ends=ends).document())
    text, remedy = report.one("warning", "the certificate of CN=idp.acme.example")

    assert words in text
    assert "Scalekit reads the address again and again" in remedy
    assert report.code == 0


def test_of_a_certificate_and_its_successor_nothing_is_said(examine_at):
    """While an identity provider changes its key, the old one may have expired."""
    old, new = (identity_provider(ends=ends).keys[0] for ends in (-2, 700))

    examine_at(identity_provider(keys=(old, new)).document()).one("ok", "1 of 1 documents")


def test_metadata_that_was_to_be_used_until_a_day_is_a_warning(examine_at):
    report = examine_at(identity_provider(entity={"validUntil": "2026-05-01T00:00:00Z"}).document())

    assert "was to be used until 2026-05-01 only (validUntil)" in report.one("warning", "validUntil")[0]


def test_without_lxml_metadata_is_not_judged_and_that_is_said_once(project, examine, emulator, website, monkeypatch):
    url = website({"/a": (200, identity_provider().document()), "/b": (200, b"<b/>"), "/c": (404, b"")})
    project.state(*(connection(emulator, name, saml={"idpMetadataUrl": f"{url}/{name}"}) for name in "abc"))
    without_lxml(monkeypatch)
    report = examine("--online")
    text, remedy = report.one("note", "lxml is not installed")

    assert text.startswith("2 documents look like SAML metadata")
    assert remedy == "`pip install 'pulumi-scalekit[saml]'`, and run this again."
    report.one("error", "was answered 404")
    assert report.levels("online") == ["error", "note"]
