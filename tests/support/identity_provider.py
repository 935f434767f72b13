"""Certificates as identity providers give them, and what users give in place of one."""

from __future__ import annotations

import base64
import textwrap
from datetime import datetime, timedelta, timezone
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import NameOID

KEY = rsa.generate_private_key(65537, 2048)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "MÜLLER Identity, sts.acme.example")])


def certificate(key: Any = KEY, serial: int = 0x11223344556677, until: datetime | None = None) -> x509.Certificate:
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now)
        .not_valid_after(until or now + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )


CERTIFICATE = certificate()
DER = CERTIFICATE.public_bytes(Encoding.DER)
PEM = CERTIFICATE.public_bytes(Encoding.PEM).decode()
BODY = base64.b64encode(DER).decode()
OTHER = certificate(ec.generate_private_key(ec.SECP256R1())).public_bytes(Encoding.PEM).decode()
BELOW_ZERO = DER.replace(bytes.fromhex("11223344556677"), bytes.fromhex("91223344556677"))
"""A serial number as some older AD FS farms and appliances have given them."""
_TRUST = bytes.fromhex("300c300a06082b06010505070301")
"""What OpenSSL writes behind a certificate that it trusts for something."""


def labelled(label: str, body: str) -> str:
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


def wrapped(width: int, text: str = BODY) -> str:
    return "\n".join(textwrap.wrap(text, width))


FORMS = {
    "pem": PEM,
    "no line break at the end": PEM.rstrip(),
    "windows": PEM.replace("\n", "\r\n"),
    "old mac": PEM.replace("\n", "\r"),
    "okta and keycloak: base64 in one line": BODY,
    "adfs and entra: base64 in lines of 76": wrapped(76),
    "google: base64 in lines of 64": wrapped(64),
    "out of metadata, indented": textwrap.indent(wrapped(64), " " * 12),
    "out of metadata, with tabs and windows breaks": "\r\n\t\t" + wrapped(76).replace("\n", "\r\n\t\t") + "\r\n\t",
    "indented pem of a yaml block": textwrap.indent(PEM, "    "),
    "byte order mark": "\ufeff" + PEM,
    "byte order mark read as latin 1": "ï»¿" + PEM,
    "byte order mark read as latin 1, before base64": "ï»¿" + BODY,
    "byte order mark and base64": "\ufeff" + BODY + "\r\n",
    "bag attributes": f"Bag Attributes\n    friendlyName: idp\nsubject=CN = idp\nissuer=CN = idp\n{PEM}",
    "openssl x509 -text": f"Certificate:\n    Data:\n        Version: 3 (0x2)\n{PEM}",
    "text behind it": f"{PEM}\n# rolled over on 2026-01-01\n",
    "x509 label": PEM.replace("CERTIFICATE", "X509 CERTIFICATE"),
    "trusted label": labelled("TRUSTED CERTIFICATE", wrapped(64, base64.b64encode(DER + _TRUST).decode())),
    "trusted label without trust": PEM.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
    "base64 of pem": base64.b64encode(PEM.encode()).decode(),
    "base64 of pem in lines": wrapped(76, base64.b64encode(PEM.encode()).decode()),
    "base64 of pem with windows breaks and a mark": base64.b64encode(
        ("\ufeff" + PEM.replace("\n", "\r\n")).encode()
    ).decode(),
    "breaks as two letters": PEM.replace("\n", "\\n"),
    "windows breaks as four letters": PEM.replace("\n", "\\r\\n"),
    "breaks escaped twice": PEM.replace("\n", "\\\\n"),
    "one line with blanks": PEM.replace("\n", " "),
    "quoted in an env file": f'"{PEM.replace(chr(10), chr(92) + "n")}"',
    "no padding": BODY.rstrip("="),
    "url-safe base64": BODY.replace("+", "-").replace("/", "_"),
    "body in one long line": labelled("CERTIFICATE", BODY),
    "shibboleth and xmlsec: carriage returns as XML writes them": wrapped(76).replace("\n", "&#13;\n"),
    "in hexadecimal too": PEM.replace("\n", "&#xD;\n"),
    "a comment above base64": f"# idp.acme.example, signing\r\n{wrapped(64)}",
    "comments between the lines": PEM.replace("\n", "\n# signing\n", 3),
    "a comment of XML": f"<!-- signing -->\n{wrapped(76)}\n<!-- until 2035 -->",
    "copied from a web page": BODY[:64] + "\u200b\n" + BODY[64:128] + "\ufeff" + BODY[128:],
    "slashes as PHP's JSON has them": BODY.replace("/", "\\/"),
    "str() of bytes": str(PEM.encode()),
    "str() of base64's bytes": str(base64.b64encode(DER)),
    "address with the data": f"data:application/x-x509-ca-cert;base64,{BODY}",
    "lines that a shell continues": PEM.replace("\n", "\\\n"),
    "a line that begins with slashes": BODY.replace("/", "\n/", 1),
    "body in lines of 76": labelled("CERTIFICATE", wrapped(76)),
}

_METADATA = (
    '<?xml version="1.0"?><EntityDescriptor entityID="https://idp.example"><ds:X509Certificate>'
    f"{BODY}</ds:X509Certificate></EntityDescriptor>"
)
_PRIVATE = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
_PRIVATE_DER = base64.b64encode(KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()
_ENCRYPTED = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")).decode()
_RSA = KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
_CSR = x509.CertificateSigningRequestBuilder().subject_name(NAME).sign(KEY, hashes.SHA256())
_PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
_BUNDLE = pkcs7.serialize_certificates([CERTIFICATE], Encoding.PEM).decode()
_BUNDLE_DER = base64.b64encode(pkcs7.serialize_certificates([CERTIFICATE], Encoding.DER)).decode()
_PFX = base64.b64encode(
    pkcs12.serialize_key_and_certificates(b"idp", KEY, CERTIFICATE, None, BestAvailableEncryption(b"password"))
).decode()
_CRL = (
    x509.CertificateRevocationListBuilder()
    .issuer_name(NAME)
    .last_update(datetime(2026, 1, 1, tzinfo=timezone.utc))
    .next_update(datetime(2027, 1, 1, tzinfo=timezone.utc))
    .sign(KEY, hashes.SHA256())
)
_SHA1, _SHA256 = CERTIFICATE.fingerprint(hashes.SHA1()), CERTIFICATE.fingerprint(hashes.SHA256())

NOT_ONE = {
    "private key": (_PRIVATE, "private key"),
    "encrypted private key": (_ENCRYPTED, "private key"),
    "rsa private key": (_RSA, "private key"),
    "private key with literal breaks": (_PRIVATE.replace("\n", "\\n"), "private key"),
    "private key in base64 of der": (_PRIVATE_DER, "private key"),
    "private key in base64 of pem": (base64.b64encode(_PRIVATE.encode()).decode(), "private key"),
    "key and certificate": (_PRIVATE + PEM, "private key"),
    "certificate and key": (PEM + _PRIVATE, "private key"),
    "csr": (_CSR.public_bytes(Encoding.PEM).decode(), "certificate signing request"),
    "csr of older openssl": (
        _CSR.public_bytes(Encoding.PEM).decode().replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
        "certificate signing request",
    ),
    # The library raises something else for it than for anything else that is wrong.
    "certificate of a version that is none": (
        base64.b64encode(DER.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020101"), 1)).decode(),
        "something else than a certificate",
    ),
    "csr in base64": (base64.b64encode(_CSR.public_bytes(Encoding.DER)).decode(), "certificate signing request"),
    "pkcs 7": (_BUNDLE, "PKCS #7"),
    "pkcs 7 in base64": (_BUNDLE_DER, "PKCS #7"),
    "pkcs 12 in base64": (_PFX, "PKCS #12"),
    "public key": (_PUBLIC, "public key"),
    "public key in base64": ("".join(_PUBLIC.splitlines()[1:-1]), "public key"),
    "revocation list": (_CRL.public_bytes(Encoding.PEM).decode(), "revoked"),
    "ssh key": ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC idp@acme", "SSH key"),
    "path": ("/etc/ssl/certs/idp.pem", "path"),
    "path of base64 letters": ("/etc/ssl/certs/idp", "path"),
    "relative path": ("certs/okta.cert", "path"),
    "windows path": ("C:\\certs\\idp.cer", "path"),
    "windows path with a backslash and an n": ("C:\\certs\\new.cer", "path"),
    "windows path without a drive": ("certs\\new\\idp.pem", "path"),
    "file as an address": ("file:///etc/ssl/idp.pem", "path"),
    "commented private key": (_PRIVATE.replace("\n", "\n# idp\n", 2), "private key"),
    "private key as XML writes it": (_PRIVATE.replace("\n", "&#13;\n"), "private key"),
    "home": ("~/idp.crt", "path"),
    "address": ("https://acme.okta.com/app/exk1/sso/saml/metadata", "address"),
    "metadata": (_METADATA, "SAML metadata"),
    "metadata of several": (_METADATA.replace("EntityDescriptor", "EntitiesDescriptor"), "SAML metadata"),
    "one element of it": (f"<ds:X509Certificate>{BODY}</ds:X509Certificate>", "give the text of <X509Certificate>"),
    "web page": ("<!doctype html><html><body>Sign in</body></html>", "HTML"),
    "sha1 fingerprint": (_SHA1.hex(), "fingerprint"),
    "sha1 with colons": (_SHA1.hex(":").upper(), "fingerprint"),
    "sha256 with colons": (_SHA256.hex(":").upper(), "fingerprint"),
    "sha256 in base64": (base64.b64encode(_SHA256).decode(), "fingerprint"),
    "sha256 that begins as a path does": (base64.b64encode(b"\xff" * 32).decode(), "fingerprint"),
    "sha1 in base64": (base64.b64encode(_SHA1).decode(), "fingerprint"),
    "openssl's fingerprint": (f"SHA256 Fingerprint={_SHA256.hex(':')}", "fingerprint"),
    "jwks": ('{"keys": [{"x5c": ["MIIC"]}]}', "JSON"),
    "id": ("cer_119194717446387", "id of a certificate"),
    "two certificates": (PEM + OTHER, "holds 2 certificates"),
    "the same twice": (PEM * 2, "holds 2 certificates"),
    "cut off": (PEM[:400], "cut off"),
    "base64 cut off": (BODY[:400], "cut off"),
    "without its beginning": ("".join(PEM.splitlines(keepends=True)[5:]), "cut off"),
    "two in base64": (base64.b64encode(DER + DER).decode(), "behind the certificate"),
    "binary": (DER.decode("latin-1"), "binary"),
    "empty block": ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "no certificate"),
    "spoilt": (PEM.replace("M", "N"), "no certificate"),
    "word": ("to be filled in", "no certificate"),
}
