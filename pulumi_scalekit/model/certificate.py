"""X.509 certificates as identity providers, metadata and files give them: one spelling of each, and what is none.

The one spelling is PEM with lines of 64 characters. It is found without X.509: PEM, the base64 in it or alone, and base64 of a
whole PEM file all hold the same bytes. Only the rule parses those.
"""

from __future__ import annotations

import base64
import binascii
import re
import threading
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509

_LABELS = ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
_BEGIN = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")
# In two letters, at the end of a continued line, or as XML writes a carriage return.
_LITERAL_BREAK = re.compile(r"\\+r\\+n|\\+[rnt]|\\+(?=[\r\n])|&#(?:[xX]0*[9aAdD]|0*(?:9|10|13));")
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_COMMENT_OF_XML = re.compile(r"<!--.*?-->", re.DOTALL)
_DATA_URI = re.compile(r"data:[^,\s]*;base64,")
_BYTES = re.compile(r"""b(['"])(.*)\1""", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_HEX = re.compile(r"(?:[0-9a-f]{2}[:\s-]?){15,63}[0-9a-f]{2}", re.IGNORECASE)
_DIGESTS = (20, 28, 32, 48, 64)
_SEQUENCE = 0x30
_PKCS7 = bytes.fromhex("06092a864886f70d0107")
_PKCS12 = bytes.fromhex("020103")
_LONG_FORM = 0x80

_WANTED = "give one X.509 certificate, in PEM form or as base64"
_OTHER_BLOCKS = (
    ("CERTIFICATE REQUEST", f"is a certificate signing request (CSR): {_WANTED}"),
    ("PKCS7", f"is a PKCS #7 bundle: {_WANTED}. `openssl pkcs7 -print_certs` takes it out"),
    ("CMS", f"is a PKCS #7 bundle: {_WANTED}. `openssl pkcs7 -print_certs` takes it out"),
    ("X509 CRL", f"is a list of revoked certificates: {_WANTED}"),
    ("PUBLIC KEY", f"is a public key, not the certificate that holds it: {_WANTED}"),
)
_PRIVATE_KEY = (
    "is or holds a private key, which nobody but its owner may have: give the certificate that belongs to it, alone"
)
_FINGERPRINT = f"is the fingerprint of a certificate, not the certificate: {_WANTED}"
_CUT_OFF = "is cut off: give the whole certificate, down to its last line"

_loading = threading.Lock()


def normal(text: str) -> str:
    """The spelling that is sent. What is no certificate stays as it is."""
    der = _der(text)
    return _pem(der) if der and der[0] == _SEQUENCE and _length(der) == len(der) else text


def refused(text: str) -> str | None:
    """Why this is not one certificate, as the end of a sentence about it. The text is never in it."""
    return _refused_blocks(_plain(text)) or _refused_der(text)


def _refused_blocks(text: str) -> str | None:
    labels = _BEGIN.findall(text)
    if any("PRIVATE KEY" in label for label in labels):
        return _PRIVATE_KEY
    certificates = [label for label in labels if label in _LABELS]
    if len(certificates) > 1:
        return f"holds {len(certificates)} certificates: give only the one that the identity provider signs with"
    if certificates and len(labels) > 1:
        return "holds more than a certificate: give the certificate alone"
    if certificates:
        return None if _BLOCK.search(text) else _CUT_OFF
    for ending, reason in _OTHER_BLOCKS:
        if any(label.endswith(ending) for label in labels):
            return reason
    return f"is a PEM file of another kind: {_WANTED}" if labels else None


def _refused_der(text: str) -> str | None:
    der = _der(text)
    if not der or der[0] != _SEQUENCE:
        return _what(_plain(text).strip(), len(der or b""))
    try:
        _loaded(der)
    except ValueError:
        return _what_der(der)
    return None


def parsed(text: str) -> tuple[bytes, x509.Certificate]:
    """A certificate that is not refused: its bytes, and what X.509 says of it."""
    der = _der(text) or b""
    return der, _loaded(der)


def _loaded(der: bytes) -> x509.Certificate:
    # Late: only who declares a certificate pays for X.509.
    from cryptography import x509
    from cryptography.utils import CryptographyDeprecationWarning

    # Some identity providers give serial numbers below zero, of which the library warns on the user's terminal.
    with _loading, warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            return x509.load_der_x509_certificate(der)
        except x509.InvalidVersion as error:
            # Alone of what is wrong with a certificate, this is no ValueError.
            raise ValueError(str(error)) from None


def _what(text: str, size: int) -> str:
    """What a text is that is not base64 of what a certificate begins with. As base64 it would be so many bytes."""
    if text.startswith("<"):
        if "EntityDescriptor" in text or "EntitiesDescriptor" in text:
            return (
                "is SAML metadata: give the text of <X509Certificate> in it; or declare the address of the metadata as "
                "idp_metadata_url, and no certificate"
            )
        if "X509Certificate" in text:
            return "is XML: give the text of <X509Certificate> in it, alone"
        return f"is XML or HTML: {_WANTED}"
    if re.match(r"https?://", text, re.IGNORECASE):
        return "is an address, not a certificate: give the certificate's text; the address of metadata goes to idp_metadata_url"
    # One in 64 begins with a slash, as a path does; no path ends with this.
    if size in _DIGESTS and text.endswith("="):
        return _FINGERPRINT
    # The line breaks in two letters are gone, and \new.pem with them.
    if re.fullmatch(
        r"(?:\.{0,2}/|~|[a-zA-Z]:[\\/]|file:).*|(?!.*://).*\.(?:pem|crt|cert?|der|p7[bcs]|pfx|p12|key|xml)",
        text,
        re.IGNORECASE | re.DOTALL,
    ):
        return "is a path: give what stands in the file, such as Path(…).read_text()"
    if re.match(r"ssh-|ecdsa-sha2-", text):
        return f"is an SSH key: {_WANTED}"
    if text.startswith(("{", "[")):
        return f"is JSON: {_WANTED}"
    if (
        re.search(r"fingerprint|thumbprint|^sha-?(?:1|256)\b", text, re.IGNORECASE)
        or _HEX.fullmatch(text)
        or size in _DIGESTS
    ):
        return _FINGERPRINT
    if re.fullmatch(r"cer_\w+", text):
        return f"is the id of a certificate at Scalekit, which goes to certificate_id: {_WANTED}"
    if "-----END " in text and "-----BEGIN " not in text:
        return _CUT_OFF.replace("last", "first")
    if re.search(r"[\x00-\x08\x0e-\x1f\ufffd]", text):
        return f"is binary and was read as text: {_WANTED}, such as base64.b64encode(Path(…).read_bytes()).decode()"
    return f"is no certificate: {_WANTED}"


def _what_der(der: bytes) -> str:
    """What bytes are that are no certificate."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    if len(der) in _DIGESTS and _length(der) != len(der):
        return _FINGERPRINT
    if _length(der) > len(der):
        return _CUT_OFF
    if _length(der) < len(der):
        return f"has something behind the certificate: {_WANTED}"
    if _PKCS7 in der[:32]:
        return (
            f"is a PKCS #12 file, which may hold a private key: {_WANTED}"
            if _PKCS12 in der[:8]
            else dict(_OTHER_BLOCKS)["PKCS7"]
        )
    for load, reason in (
        (lambda: x509.load_der_x509_csr(der), dict(_OTHER_BLOCKS)["CERTIFICATE REQUEST"]),
        (lambda: x509.load_der_x509_crl(der), dict(_OTHER_BLOCKS)["X509 CRL"]),
        (lambda: serialization.load_der_public_key(der), dict(_OTHER_BLOCKS)["PUBLIC KEY"]),
        (lambda: serialization.load_der_private_key(der, None), _PRIVATE_KEY),
    ):
        try:
            load()
        except TypeError:
            # It has a password.
            return _PRIVATE_KEY
        except (ValueError, UnsupportedAlgorithm):
            continue
        return reason
    return f"is base64 of something else than a certificate: {_WANTED}"


def _der(text: str) -> bytes | None:
    """The bytes of the one certificate that a text may hold; None where there are no bytes in it, or several blocks."""
    plain = _plain(text)
    label, body = "", plain
    if _BEGIN.search(plain):
        blocks = _BLOCK.findall(plain)
        if len(blocks) != 1 or len(_BEGIN.findall(plain)) != 1 or blocks[0][0] not in _LABELS:
            return None
        label, body = blocks[0]
    found = _decoded(body)
    # OpenSSL keeps what it trusts a certificate for behind the certificate.
    return found[: _length(found)] if found and label == "TRUSTED CERTIFICATE" else found


def _decoded(text: str) -> bytes | None:
    """What a text is base64 of, with or without blanks, padding, and the alphabet of addresses; None if it is none."""
    body = "".join(text.split())
    if not _BASE64.fullmatch(body) or _HEX.fullmatch(body):
        return None
    body = body.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4))
    except binascii.Error:
        return None


def _plain(text: str) -> str:
    """Without what a file, a variable or a JSON text put around it: marks, quotes, line breaks in two letters, base64."""
    plain = _clean(text)
    inner = _decoded(plain)
    return _clean(inner.decode("utf-8", "replace")) if inner and b"-----BEGIN " in inner else plain


def _clean(text: str) -> str:
    plain = _UNSEEN.sub("", text.removeprefix("ï»¿")).strip()
    if written := _BYTES.fullmatch(plain):
        plain = written[2]
    plain = _DATA_URI.sub("", _LITERAL_BREAK.sub("\n", plain.strip("\"' \t\r\n")).replace("\\/", "/"), count=1)
    return _COMMENT_OF_XML.sub("", _COMMENT.sub("", plain)).strip()


def _pem(der: bytes) -> str:
    body = base64.b64encode(der).decode()
    lines = (body[start : start + 64] for start in range(0, len(body), 64))
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


def _length(der: bytes) -> int:
    """How long the outermost object says that it is; 0 where it does not say."""
    if len(der) < 2:  # noqa: PLR2004 - a tag and a length
        return 0
    if der[1] < _LONG_FORM:
        return 2 + der[1]
    octets = der[1] - _LONG_FORM
    return 2 + octets + int.from_bytes(der[2 : 2 + octets], "big")
