"""Metadata that is uploaded in the portal: it fills in the settings, and harms nobody."""

from __future__ import annotations

import re

import pytest

from pulumi_scalekit.emulator.behaviour.idp_metadata import LARGEST
from tests.support.certificates import certificate

REDIRECT, POST, SOAP = (
    f"urn:oasis:names:tc:SAML:2.0:bindings:{name}" for name in ("HTTP-Redirect", "HTTP-POST", "SOAP")
)
NAMESPACE = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"'
NEW, OLD = certificate("Globex 2027", -1, 800), certificate("Globex 2026", -300, 60)


def key(pem, use='use="signing"'):
    body = re.sub(r"-----.*-----", "", pem)
    return f"<md:KeyDescriptor {use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"


def service(name, binding, location):
    return f'<md:{name} Binding="{binding}" Location="{location}"/>'


NEW_KEY = key(NEW)
SIGN_IN = service("SingleSignOnService", POST, "https://idp.example/post") + service(
    "SingleSignOnService", REDIRECT, "https://idp.example/redirect?a=1&amp;b=2"
)


def metadata(keys=NEW_KEY, services=SIGN_IN, entity="https://idp.example", role="IDPSSODescriptor", more=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor {NAMESPACE} xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{entity}">
<md:{role} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" {more}>{keys}{services}</md:{role}>
</md:EntityDescriptor>"""


def upload(here, connection, text):
    content = text if isinstance(text, bytes) else text.encode()
    return here.visitor.send(here.connection(connection), "/metadata", files={"metadata": content})


@pytest.fixture
def here(administrator, saml):
    return administrator(saml[0])


def test_it_fills_in_the_settings(here, saml):
    logout = service("SingleLogoutService", SOAP, "https://idp.example/soap") + service(
        "SingleLogoutService", POST, "https://idp.example/out"
    )
    text = metadata(key(OLD) + key(NEW, ""), SIGN_IN + logout, more='WantAuthnRequestsSigned="false"')

    page = upload(here, saml[1], text)

    assert page.says("Saved.")
    assert page.says("Certificate: CN=Globex 2027")
    config = here.record(saml[1])["saml_config"]
    assert {name: config[name] for name in config if name.startswith(("idp_", "want"))} == {
        "idp_entity_id": "https://idp.example",
        "idp_sso_url": "https://idp.example/redirect?a=1&b=2",
        "idp_sso_request_binding": "HTTP_REDIRECT",
        "idp_slo_url": "https://idp.example/out",
        "idp_slo_request_binding": "HTTP_POST",
        "idp_certificates": config["idp_certificates"],
        "want_request_signed": False,
    }
    (known,) = config["idp_certificates"]
    assert known["certificate"].strip() == NEW.strip()


def test_it_takes_the_place_of_an_address(api, administrator):
    here = administrator()
    connection = api.connection(here.organization, "SAML", "CUSTOM")
    here.visitor.send(here.connection(connection), "/settings", {"idp_metadata_url": "https://old.example/metadata"})
    assert here.record(connection)["saml_config"]["idp_sso_url"] == "https://old.example/metadata/sso"

    assert upload(here, connection, metadata()).says("Saved.")

    config = here.record(connection)["saml_config"]
    assert not config["idp_metadata_url"]
    assert config["idp_entity_id"] == "https://idp.example"
    assert config["idp_sso_url"].startswith("https://idp.example/")


def bomb():
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{10 * f"&{before};"}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f"<!DOCTYPE md [{entities}]>{metadata(entity='&i;').partition('?>')[2]}"


BAD = {
    "nothing": ("", "Choose the metadata file of your identity provider."),
    "no XML": ("entity id: 1", "The file is not XML"),
    "a page": ("<html><body>Sign in</body></html>", "is not the SAML metadata of an identity provider"),
    "a service provider": (metadata(role="SPSSODescriptor"), "is not the SAML metadata of an identity provider"),
    "not UTF-8": (metadata().encode("utf-16"), "The file is not text in UTF-8."),
    "several": (
        f"<md:EntitiesDescriptor {NAMESPACE}>{2 * metadata().partition('?>')[2]}</md:EntitiesDescriptor>",
        "describes 2 identity providers",
    ),
    "no address": (
        metadata(services=service("SingleSignOnService", SOAP, "https://x")),
        "names no address to sign in at",
    ),
    "no certificate": (metadata(keys=""), "has no signing certificate"),
    "only for encryption": (metadata(keys=key(NEW, 'use="encryption"')), "has no signing certificate"),
    "a broken certificate": (metadata(keys=key("MIIB")), "a certificate that cannot be read"),
    "no certificate at all": (metadata(keys=key("<b>?</b>")), "a certificate that cannot be read"),
    "http": (
        metadata(services=service("SingleSignOnService", REDIRECT, "http://idp.example/")),
        "Sign-in address must use https unless debug is enabled",
    ),
    "too large": (metadata() + " " * LARGEST, "larger than 1 MB"),
    "entities that grow": (bomb(), "has a document type"),
    "an entity from a file": (
        '<!DOCTYPE md [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + metadata(entity="&a;").partition("?>")[2],
        "has a document type",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(here, saml, name):
    content, message = BAD[name]
    before = str(here.record(saml[1]))

    page = upload(here, saml[1], content)

    assert page.status == 400
    assert page.says(message)
    assert page.document.get_element_by_id("metadata").get("aria-invalid") == "true"
    assert page.form("/settings").fields["idp_entity_id"] == "https://idp.globex.example", "the form is as it was"
    assert "root:" not in page.text
    assert str(here.record(saml[1])) == before


def test_markup_in_a_file_is_shown_as_text(here, saml):
    page = upload(here, saml[1], metadata(entity="&lt;script&gt;alert(1)&lt;/script&gt;"))

    assert page.says("Identity provider: <script>alert(1)</script>")
    assert not page.document.findall(".//script")
