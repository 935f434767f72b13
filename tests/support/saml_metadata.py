"""SAML metadata of our own making, in the spellings of many identity providers, and certificates for it."""

from __future__ import annotations

import base64
import functools
import importlib.abc
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any
from xml.sax.saxutils import quoteattr

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 6, 1, tzinfo=timezone.utc)
SAML_2 = "urn:oasis:names:tc:SAML:2.0:protocol"
SAML_1 = "urn:oasis:names:tc:SAML:1.1:protocol"
REDIRECT, POST, SOAP, ARTIFACT, SIMPLE_SIGN = (
    f"urn:oasis:names:tc:SAML:2.0:bindings:{name}"
    for name in ("HTTP-Redirect", "HTTP-POST", "SOAP", "HTTP-Artifact", "HTTP-POST-SimpleSign")
)
SHIBBOLETH_1 = "urn:mace:shibboleth:1.0:profiles:AuthnRequest"
EMAIL, UNSPECIFIED = (f"urn:oasis:names:tc:SAML:1.1:nameid-format:{name}" for name in ("emailAddress", "unspecified"))
PERSISTENT, TRANSIENT = (f"urn:oasis:names:tc:SAML:2.0:nameid-format:{name}" for name in ("persistent", "transient"))
_NAMESPACES = {
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "fed": "http://docs.oasis-open.org/wsfed/federation/200706",
    "shibmd": "urn:mace:shibboleth:metadata:1.0",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


@dataclass(frozen=True)
class Certificate:
    """A certificate, and the fingerprint that `openssl x509 -fingerprint -sha256` shows."""

    der: bytes

    @property
    def pem(self) -> str:
        return x509.load_der_x509_certificate(self.der).public_bytes(Encoding.PEM).decode()

    @property
    def base64(self) -> str:
        return base64.b64encode(self.der).decode()

    @property
    def fingerprint(self) -> str:
        return x509.load_der_x509_certificate(self.der).fingerprint(hashes.SHA256()).hex(":").upper()


@functools.cache
def certificate(name: str = "idp.acme.example", starts: int = -30, ends: int = 700, issuer: str = "") -> Certificate:
    """A certificate that is valid for some days around `NOW`, the same one for the same arguments."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject, signer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer or name))
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=starts))
        .not_valid_after(NOW + timedelta(days=ends))
        .sign(key, hashes.SHA256())
    )
    return Certificate(made.public_bytes(Encoding.DER))


def days_from_today(days: int) -> int:
    """So many days from today, as days from `NOW`."""
    return (datetime.now(timezone.utc) - NOW).days + days


def without_lxml(patch: Any) -> None:
    """Make it as if the extra `saml` were not installed, by pytest's monkeypatch."""

    class Absent(importlib.abc.MetaPathFinder):
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            del path, target
            if name.partition(".")[0] == "lxml":
                raise ModuleNotFoundError(name)

    for name in [name for name in sys.modules if name.partition(".")[0] == "lxml"]:
        patch.delitem(sys.modules, name)
    patch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])


Layout = Callable[[Certificate], str]

LAYOUTS: dict[str, Layout] = {
    "one line": lambda one: one.base64,
    "lines": lambda one: "\n" + "\n".join(textwrap.wrap(one.base64, 76)) + "\n",
    "indented": lambda one: "\n" + "\n".join(f"\t\t  {line}" for line in textwrap.wrap(one.base64, 64)) + "\n\t\t",
    "carriage returns": lambda one: "&#13;\n".join(textwrap.wrap(one.base64, 64)),
    "PEM": lambda one: f"\n{one.pem}",
    "a comment within": lambda one: f"{one.base64[:50]}<!-- the key of 2026 -->{one.base64[50:]}",
    "an instruction within": lambda one: f"{one.base64[:50]}<?editor here?>{one.base64[50:]}",
    "CDATA": lambda one: f"<![CDATA[{one.base64}]]>",
}


@dataclass(frozen=True)
class Key:
    """A KeyDescriptor. Several certificates are a chain; none is a key by its name alone."""

    certificates: tuple[Certificate, ...] = ()
    use: str | None = "signing"

    def text(self, prefix: str, layout: Layout) -> str:
        held = "".join(f"<ds:X509Certificate>{layout(one)}</ds:X509Certificate>" for one in self.certificates)
        data = f"<ds:X509Data>{held}</ds:X509Data>" if held else ""
        use = f' use="{self.use}"' if self.use is not None else ""
        info = f"<ds:KeyInfo><ds:KeyName>a key</ds:KeyName>{data}</ds:KeyInfo>"
        return f"<{prefix}KeyDescriptor{use}>{info}</{prefix}KeyDescriptor>"


@dataclass(frozen=True)
class Provider:
    """An identity provider, as its metadata describes it."""

    entity_id: str = "https://idp.acme.example"
    sso: Sequence[tuple[str, str]] = ((REDIRECT, "https://idp.acme.example/sso"),)
    slo: Sequence[tuple[str, str]] = ()
    keys: Sequence[Key] = (Key((certificate(),)),)
    formats: Sequence[str] = ()
    role: dict[str, str] = field(default_factory=dict)
    """Attributes of the descriptor, beside its protocols."""
    protocols: str | None = SAML_2
    entity: dict[str, str] = field(default_factory=dict)
    before: str = ""
    """What stands in the entity before the descriptor, such as a signature. `{p}` is the prefix."""
    after: str = ""
    prefix: str = "md:"
    layout: str = "lines"

    def text(self) -> str:
        """The EntityDescriptor."""
        p, layout = self.prefix, LAYOUTS[self.layout]

        def services(name: str, given: Sequence[tuple[str, str]]) -> str:
            each = (f"<{p}{name} Binding={quoteattr(how)} Location={quoteattr(where)}/>" for how, where in given)
            return "\n".join(each)

        protocols = {} if self.protocols is None else {"protocolSupportEnumeration": self.protocols}
        parts = [
            *(key.text(p, layout) for key in self.keys),
            services("SingleLogoutService", self.slo),
            *(f"<{p}NameIDFormat>{one}</{p}NameIDFormat>" for one in self.formats),
            services("SingleSignOnService", self.sso),
        ]
        role = f"<{p}IDPSSODescriptor {_attributes({**self.role, **protocols})}>{''.join(parts)}</{p}IDPSSODescriptor>"
        around = self.before.replace("{p}", p), self.after.replace("{p}", p)
        return entity(self.entity_id, f"{around[0]}{role}{around[1]}", p, **self.entity)

    def document(self, encoding: str = "utf-8") -> bytes:
        return document(self.text(), encoding)


def _attributes(given: dict[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in given.items())


def _declared(prefix: str) -> dict[str, str]:
    name = f"xmlns:{prefix.rstrip(':')}" if prefix else "xmlns"
    return {name: "urn:oasis:names:tc:SAML:2.0:metadata", **{f"xmlns:{one}": uri for one, uri in _NAMESPACES.items()}}


def entity(entity_id: str, content: str, prefix: str = "md:", **attributes: str) -> str:
    """An EntityDescriptor."""
    given = _attributes({**_declared(prefix), "entityID": entity_id, **attributes})
    return f"<{prefix}EntityDescriptor {given}>{content}</{prefix}EntityDescriptor>"


def entities(*content: str, prefix: str = "md:", **attributes: str) -> str:
    """An EntitiesDescriptor."""
    given = _attributes({**_declared(prefix), **attributes})
    return f"<{prefix}EntitiesDescriptor {given}>{''.join(content)}</{prefix}EntitiesDescriptor>"


def document(text: str, encoding: str = "utf-8") -> bytes:
    """A file, with a byte order mark where the encoding has one."""
    declared = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding, encoding)
    return f'<?xml version="1.0" encoding="{declared}"?>\n{text}\n'.encode(encoding)


def signature(one: Certificate) -> str:
    """A signature over the document, as far as anybody looks at it: nothing here verifies one."""
    info = f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{one.base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    return f"<ds:Signature><ds:SignatureValue>AAAA</ds:SignatureValue>{info}</ds:Signature>"


SERVICE_PROVIDER_ROLE = (
    f'<{{p}}SPSSODescriptor protocolSupportEnumeration="{SAML_2}" AuthnRequestsSigned="true"><{{p}}AssertionConsumerService '
    f'Binding="{POST}" Location="https://sp.acme.example/acs" index="0"/></{{p}}SPSSODescriptor>'
)
_FEDERATION_ROLE = (
    '<{p}RoleDescriptor xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/'
    'federation/200706"><{p}KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate>'
    "</ds:X509Data></ds:KeyInfo></{p}KeyDescriptor></{p}RoleDescriptor>"
)
_EXTENSIONS = "<{p}Extensions><shibmd:Scope regexp='false'>acme.example</shibmd:Scope></{p}Extensions>"
_CONTACT = (
    "<{p}Organization><{p}OrganizationName xml:lang='de'>Müller &amp; Söhne</{p}OrganizationName></{p}Organization>"
    "<{p}ContactPerson contactType='technical'><{p}EmailAddress>mailto:it@acme.example</{p}EmailAddress></{p}ContactPerson>"
)


@dataclass(frozen=True)
class Case:
    """A file as an identity provider writes it, and the block that it has to become, without the certificate."""

    file: bytes | str
    block: dict[str, Any]


def _case(
    path: str,
    *,
    how: str = "HTTP_REDIRECT",
    out: str = "",
    encoding: str = "utf-8",
    file: Callable[[Provider], bytes | str] | None = None,
    block: dict[str, Any] | None = None,
    **spec: Any,
) -> Case:
    """A case whose identity provider is at `https://idp.acme.example`, followed by a path.

    Unless its spec says otherwise, it signs in and out with both bindings, POST first.
    """
    address = f"https://idp.acme.example{path}"
    given = {"entity_id": address, "sso": _both(address), "slo": _both(out) if out else (), **spec}
    provider = Provider(**given)
    sign_out = {"idp_slo_url": out, "idp_slo_request_binding": "HTTP_REDIRECT"} if out else {}
    expected = {"idp_entity_id": provider.entity_id, "idp_sso_url": address, "idp_sso_request_binding": how}
    return Case(file(provider) if file else provider.document(encoding), {**expected, **sign_out, **(block or {})})


def _both(address: str) -> tuple[tuple[str, str], ...]:
    return (POST, address), (REDIRECT, address)


def _in_a_federation(provider: Provider) -> bytes:
    """The only identity provider of a federation's file, in the depth of it."""
    members = [entity(f"https://sp{n}.acme.example", SERVICE_PROVIDER_ROLE.replace("{p}", "md:")) for n in range(3)]
    return document(entities(*members, entities(members[0], provider.text(), Name="inner"), Name="outer"))


def _pasted(provider: Provider) -> str:
    """As somebody takes it out of a browser or an e-mail."""
    return f"\ufeff\n  <?xml version='1.0' encoding='UTF-16'?>\n{provider.text()}\n\n"


_AUTHORITY = certificate("ca.acme.example", issuer="root.acme.example")
_LEAF = certificate("leaf.acme.example", issuer="ca.acme.example")
_OUT = "https://idp.acme.example/logout"
_SIGNING, _ENCRYPTION = Key((certificate(),)), Key((certificate("encryption.acme.example"),), "encryption")
_ALL_FORMATS = (PERSISTENT, TRANSIENT, UNSPECIFIED, EMAIL)
_SIGNED: dict[str, Any] = {"role": {"WantAuthnRequestsSigned": "true"}, "block": {"want_request_signed": True}}
_BY_EMAIL, _BY_PERSISTENT = {"idp_name_id_format": "EMAIL"}, {"idp_name_id_format": "PERSISTENT"}

CASES: dict[str, Case] = {
    "okta": _case("/app/exk1/sso/saml", entity_id="http://www.acme.example/exk1", formats=(UNSPECIFIED, EMAIL), block=_BY_EMAIL,
        role={"WantAuthnRequestsSigned": "false"}),
    "okta, signed requests": _case("/app/exk2/sso/saml", **_SIGNED),
    "entra": _case("/0000-1111/saml2", entity_id="https://sts.acme.example/0000-1111/", encoding="utf-8-sig", prefix="",
        layout="one line", entity={"ID": "_1"}, before=signature(certificate()) + _FEDERATION_ROLE * 2, out=_OUT),
    "google": _case("/o/saml2/idp?idpid=C01&x=1", formats=(EMAIL,), block=_BY_EMAIL,
        entity={"validUntil": "2031-01-01T00:00:00.000Z"}),
    "ad fs": _case("/adfs/ls/", entity_id="http://adfs.acme.example/adfs/services/trust", prefix="", layout="one line",
        before=signature(certificate()) + _FEDERATION_ROLE * 2 + SERVICE_PROVIDER_ROLE, keys=(_ENCRYPTION, _SIGNING),
        formats=(EMAIL, PERSISTENT, TRANSIENT), out="https://idp.acme.example/adfs/ls/", block=_BY_EMAIL, after=_CONTACT),
    "ad fs in utf-16": _case("/adfs/ls/", encoding="utf-16", prefix="", before=_FEDERATION_ROLE),
    "onelogin": _case("/trust/saml2/http-post/sso/1", prefix="", layout="lines", formats=(EMAIL,), block=_BY_EMAIL,
        sso=[(REDIRECT, "https://idp.acme.example/trust/saml2/http-post/sso/1")], after=_CONTACT),
    "pingfederate": _case("/idp/SSO.saml2", entity_id="acme:ping:idp", layout="one line", out="https://idp.acme.example/idp/SLO",
        sso=[(SOAP, "https://idp.acme.example/idp/soap"), (ARTIFACT, "https://idp.acme.example/idp/art"),
            *_both("https://idp.acme.example/idp/SSO.saml2")], formats=(UNSPECIFIED,), before=signature(certificate()),
        block={"idp_name_id_format": "UNSPECIFIED"}),
    "pingone": _case("/0001/saml20/idp/sso", formats=(EMAIL,), block=_BY_EMAIL, out=_OUT),
    "keycloak": _case("/realms/acme/protocol/saml", entity_id="https://idp.acme.example/realms/acme", layout="one line",
        sso=[*_both("https://idp.acme.example/realms/acme/protocol/saml"), (SOAP, "https://idp.acme.example/soap")],
        formats=_ALL_FORMATS, role={"WantAuthnRequestsSigned": "true"}, out=_OUT,
        block={"want_request_signed": True, **_BY_EMAIL}),
    "keycloak, as EntitiesDescriptor": _case("/realms/old", file=lambda one: document(entities(one.text(), Name="urn:keycloak"))),
    "auth0": _case("/samlp/1", entity_id="urn:acme.eu.auth0.example", prefix="", layout="one line", out=_OUT,
        formats=(EMAIL, PERSISTENT, TRANSIENT), block=_BY_EMAIL),
    "jumpcloud": _case("/saml2/acme", entity_id="JumpCloud", formats=(UNSPECIFIED,), block={"idp_name_id_format": "UNSPECIFIED"}),
    "duo": _case("/saml2/sp/DI1/sso", formats=(UNSPECIFIED, EMAIL), layout="indented", out=_OUT, block=_BY_EMAIL),
    "cyberark": _case("/login?appkey=1&customerid=AAA", prefix="", layout="one line", sso=_both(
        "https://idp.acme.example/login?appkey=1&customerid=AAA"), formats=(UNSPECIFIED, EMAIL), block=_BY_EMAIL),
    "shibboleth": _case("/idp/profile/SAML2/Redirect/SSO", entity_id="https://idp.acme.example/idp/shibboleth", layout="indented",
        protocols=f"{SAML_2} {SAML_1} urn:mace:shibboleth:1.0", role={"errorURL": "https://acme.example/?e=1&f=2"},
        before=_EXTENSIONS, sso=[(SHIBBOLETH_1, "https://idp.acme.example/idp/profile/Shibboleth/SSO"),
            (POST, "https://idp.acme.example/idp/profile/SAML2/POST/SSO"),
            (SIMPLE_SIGN, "https://idp.acme.example/idp/profile/SAML2/POST-SimpleSign/SSO"),
            (REDIRECT, "https://idp.acme.example/idp/profile/SAML2/Redirect/SSO")],
        formats=("urn:mace:shibboleth:1.0:nameIdentifier", TRANSIENT, PERSISTENT), block=_BY_PERSISTENT, after=_CONTACT),
    "shibboleth in a federation": _case("/idp/profile", file=_in_a_federation, prefix=""),
    "simplesamlphp": _case("/saml2/idp/SSOService.php", formats=(TRANSIENT,), block={"idp_name_id_format": "TRANSIENT"},
        keys=(_SIGNING, replace(_SIGNING, use="encryption")), out=_OUT, layout="one line"),
    "authentik": _case("/application/saml/acme/sso/binding/redirect/", prefix="ns0:", entity_id="authentik", formats=_ALL_FORMATS,
        block=_BY_EMAIL, out=_OUT),
    "aws iam identity center": _case("/saml/assertion/MTIz", role={"WantAuthnRequestsSigned": "false"}, out=_OUT,
        layout="carriage returns"),
    "oracle": _case("/fed/v1/idp/sso", layout="carriage returns", before=signature(certificate("another")), out=_OUT,
        keys=(_SIGNING, _ENCRYPTION), formats=(EMAIL, PERSISTENT), block=_BY_EMAIL),
    "workspace one": _case("/SAAS/auth/federation/sso", before=signature(certificate()), layout="PEM", sso=_both(
        "https://idp.acme.example/SAAS/auth/federation/sso"), formats=(EMAIL,), block=_BY_EMAIL),
    "salesforce": _case("/idp/endpoint/HttpRedirect", entity_id="https://acme.my.salesforce.example", formats=(UNSPECIFIED,),
        sso=[(POST, "https://idp.acme.example/idp/endpoint/HttpPost"),
            (REDIRECT, "https://idp.acme.example/idp/endpoint/HttpRedirect")], block={"idp_name_id_format": "UNSPECIFIED"},
        entity={"validUntil": "2036-01-01T00:00:00.000Z"}, layout="indented"),
    "with a form only": _case("/post", how="HTTP_POST", sso=[(POST, "https://idp.acme.example/post")]),
    "with a form only, and SOAP": _case("/form", how="HTTP_POST",
        sso=[(SOAP, "https://idp.acme.example/s"), (POST, "https://idp.acme.example/form")]),
    "sign-out by a form": _case("/sso", slo=((SOAP, "https://idp.acme.example/s"), (POST, _OUT)),
        block={"idp_slo_url": _OUT, "idp_slo_request_binding": "HTTP_POST"}),
    "sign-out by SOAP only": _case("/sso", slo=((SOAP, _OUT),)),
    "a key for everything": _case("/sso", keys=(Key((certificate(),), None),)),
    "a key with an empty use": _case("/sso", keys=(Key((certificate(),), " "),)),
    "a key for encryption first": _case("/sso", keys=(_ENCRYPTION, Key((certificate(),), None))),
    "the same certificate twice": _case("/sso", keys=(_SIGNING, Key((certificate(),), None), _SIGNING)),
    "a chain": _case("/sso", keys=(Key((_AUTHORITY, _LEAF, certificate("root.acme.example"))),)),
    "a key by its name too": _case("/sso", keys=(Key(), _SIGNING)),
    "a comment in the certificate": _case("/sso", layout="a comment within"),
    "an instruction in the certificate": _case("/sso", layout="an instruction within"),
    "a certificate in CDATA": _case("/sso", layout="CDATA"),
    "latin-1": _case("/sso", encoding="iso-8859-1", after=_CONTACT),
    "windows-1252": _case("/sso", encoding="windows-1252", after=_CONTACT),
    "utf-16 without a mark": _case("/sso", encoding="utf-16-le", after=_CONTACT),
    "utf-16 the other way round": _case("/sso", encoding="utf-16-be", after=_CONTACT),
    "utf-8 that says that it is utf-16": _case("/sso", file=lambda one: document(one.text()).replace(b"utf-8", b"utf-16")),
    "pasted as text": _case("/sso", file=_pasted),
    "without a declaration": _case("/sso", file=lambda one: f"<!-- Acme --><?a b?>\n{one.text()}".encode()),
    "blanks around values": _case("/sso", sso=[(f" {REDIRECT} ", "\n https://idp.acme.example/sso ")], formats=(f"\n{EMAIL}\n",),
        entity_id="https://idp.acme.example/sso", role={"WantAuthnRequestsSigned": " 1 "},
        block={"want_request_signed": True, **_BY_EMAIL}),
    "formats of the other version": _case("/sso", formats=(EMAIL.replace("1.1", "2.0"),), block=_BY_EMAIL),
    "formats that nobody knows": _case("/sso", formats=("urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos", "email")),
    "no protocols": _case("/sso", protocols=None),
    "an address that is none beside a good one": _case("/sso", sso=[(REDIRECT, ""), (POST, "/sso"),
        (REDIRECT, "https://idp.acme.example/sso")]),
    "a service provider too": _case("/sso", before=SERVICE_PROVIDER_ROLE, after=_FEDERATION_ROLE),
}  # fmt: skip
