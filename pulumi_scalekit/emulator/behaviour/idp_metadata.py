"""An identity provider's SAML metadata, uploaded in the portal, as the settings that it stands for.

Anybody may have made the file: a document type, where entities are declared, is refused before a parser sees it, nothing is
fetched, and what is larger than such metadata is is not read.
"""

from __future__ import annotations

import base64
import binascii
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.serving.request import Json

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 1024 * 1024
_METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_X509 = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"
_BINDINGS = {
    "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect": "HTTP_REDIRECT",
    "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST": "HTTP_POST",
}


def settings(document: bytes) -> Json:
    """The keys of `saml_config` that metadata has an answer to; the certificate is the one that is valid longest.

    Raises:
        Refusal: It is not the metadata of one identity provider.

    """
    entity, role = _identity_provider(_root(document))
    found: Json = {"idp_entity_id": entity}
    found |= _service(role, "SingleSignOnService", "idp_sso_url", "idp_sso_request_binding")
    if "idp_sso_url" not in found:
        raise Refusal(400, "The metadata names no address to sign in at that Scalekit could use.")
    found |= _service(role, "SingleLogoutService", "idp_slo_url", "idp_slo_request_binding")
    certificates = list(_certificates(role))
    if not certificates:
        raise Refusal(400, "The metadata has no signing certificate.")
    longest = max(certificates, key=lambda certificate: certificate.not_valid_after_utc)
    found["idp_certificate"] = longest.public_bytes(Encoding.PEM).decode()
    if wanted := role.get("WantAuthnRequestsSigned"):
        found["want_request_signed"] = wanted in ("true", "1")
    return found


def _root(document: bytes) -> _Element:
    if len(document) > LARGEST:
        raise Refusal(400, f"The file is larger than {LARGEST >> 20} MB, and no identity provider's metadata is.")
    try:
        text = document.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(400, "The file is not text in UTF-8.") from None
    if not text.strip():
        raise Refusal(400, "Choose the metadata file of your identity provider.")
    if "<!doctype" in text.lower():
        raise Refusal(400, "The file has a document type (<!DOCTYPE …>), which no metadata has.")
    from lxml import etree  # late, as all that only the emulator's extra has

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Refusal(400, f"The file is not XML: {error.msg}") from None


def _identity_provider(root: _Element) -> tuple[str, _Element]:
    found = [
        (entity.get("entityID", ""), role)
        for entity in root.iter(f"{_METADATA}EntityDescriptor")
        for role in entity.iterfind(f"{_METADATA}IDPSSODescriptor")
    ]
    if not found:
        raise Refusal(400, "The file is not the SAML metadata of an identity provider.")
    if len(found) > 1:
        raise Refusal(400, f"The file describes {len(found)} identity providers: upload the metadata of yours alone.")
    return found[0]


def _service(role: _Element, name: str, address: str, binding: str) -> Json:
    """Where to send people, by the binding that comes first in `_BINDINGS`."""
    offered = {service.get("Binding"): service.get("Location") for service in role.iterfind(f"{_METADATA}{name}")}
    for spelling, known in _BINDINGS.items():
        if location := offered.get(spelling):
            return {address: location, binding: known}
    return {}


def _certificates(role: _Element) -> Iterator[x509.Certificate]:
    for key in role.iterfind(f"{_METADATA}KeyDescriptor"):
        if key.get("use", "signing") != "signing":
            continue
        for element in key.iter(_X509):
            body = "".join((element.text or "").split())
            pem = "\n".join(("-----BEGIN CERTIFICATE-----", *textwrap.wrap(body, 64), "-----END CERTIFICATE-----"))
            try:
                base64.b64decode(body, validate=True)
                yield x509.load_pem_x509_certificate(pem.encode())
            except (binascii.Error, ValueError):
                raise Refusal(400, "The metadata has a certificate that cannot be read.") from None
