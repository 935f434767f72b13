"""The certificate that an identity provider signs with, of those in its metadata: Scalekit takes one.

Metadata holds several while an identity provider changes its key, and does not say which one it signs with today. What
tells, in this order:

1. A certificate that has expired, or is not valid yet, is probably not it.
2. AD FS, Entra and others sign the metadata itself, with the key that they sign everything with: the certificate beside that
   signature is the one.
3. Keycloak, AD FS and PingFederate name first the one that they use, and whoever takes one certificate takes the first.

Not the one that expires last: it is there so that everybody has it before the change, and until then it signs nothing. This
is a guess all the same, so it is told, with what it left out; and a fingerprint chooses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pulumi_scalekit.model import certificate
from pulumi_scalekit.model.saml_document import METADATA, SIGNATURE, MetadataError, shown, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_KEY = f"{METADATA}KeyDescriptor"
_CERTIFICATE = f".//{SIGNATURE}X509Certificate"
_OWN_SIGNATURE = f"{SIGNATURE}Signature/{SIGNATURE}KeyInfo//{SIGNATURE}X509Certificate"
_NAMED = 6


@dataclass(frozen=True)
class SigningCertificate:
    """A certificate as far as it is compared with others.

    Attributes:
        pem: The certificate, in the one spelling.
        subject: Whose it is.
        issuer: Who signed it.
        starts: When it begins to be valid.
        ends: When it expires.
        fingerprint: SHA-256, as `openssl x509 -fingerprint` and dashboards write it.

    """

    pem: str
    subject: str
    issuer: str
    starts: datetime
    ends: datetime
    fingerprint: str

    def is_valid(self, now: datetime) -> bool:
        return self.starts <= now <= self.ends

    def __str__(self) -> str:
        return (
            f"{shown(self.subject) or 'no subject'}, valid {self.starts:%Y-%m-%d} to {self.ends:%Y-%m-%d}, SHA-256 "
            f"{self.fingerprint}"
        )


def chosen(role: _Element, fingerprint: str | None, now: datetime) -> tuple[str, list[str]]:
    """The certificate to declare, in PEM form, and what a person should know of the choice.

    Args:
        role: The identity provider's descriptor.
        fingerprint: SHA-256 of the one that is wanted; None for the one that probably signs today.
        now: What is valid today depends on it.

    Raises:
        MetadataError: There is none, none that can be read, or not the wanted one.

    """
    found, unread = _all(role)
    if not found:
        raise MetadataError(unread[0]) if unread else MetadataError(*_none(role))
    warnings = [f"{reason}; it is left out" for reason in unread]
    if fingerprint is not None:
        return _wanted(found, fingerprint).pem, warnings
    usable = [one for one in found if one.is_valid(now)] or found
    beside_signature = _signed_with(role)
    taken = next((one for one in usable if one.pem in beside_signature), usable[0])
    if len(found) > 1:
        why = "the file itself is signed with it" if taken.pem in beside_signature else "it comes first in the file"
        valid = "is valid today" if taken.is_valid(now) else "none is valid today"
        others = [one for one in found if one is not taken]
        warnings.append(
            f"has {len(found)} signing certificates, and Scalekit takes one. Taken: {taken}, because {why} and {valid}. Not "
            f"taken: {_list(others)}. Ask the identity provider's administrator which one signs today, and name it: "
            f'fingerprint="{taken.fingerprint}"'
        )
    return taken.pem, warnings


def _all(role: _Element) -> tuple[list[SigningCertificate], list[str]]:
    """Each certificate that may sign, once, in the order of the file; and what is wrong with those that cannot be read."""
    found: dict[str, SigningCertificate] = {}
    unread: list[str] = []
    for number, key in enumerate(_signing_keys(role), start=1):
        chain: list[SigningCertificate] = []
        for text in filter(None, map(words_of, key.iterfind(_CERTIFICATE))):
            try:
                chain.append(_read(text))
            except ValueError as error:
                unread.append(f"has a signing certificate (the {_th(number)}) that {error}")
        # Of a chain, the key is that of the certificate which signed no other.
        issuers = {one.issuer for one in chain if one.issuer != one.subject}
        for one in [one for one in chain if one.subject not in issuers] or chain:
            found.setdefault(one.pem, one)
    return list(found.values()), list(dict.fromkeys(unread))


def _signing_keys(role: _Element) -> Iterator[_Element]:
    """A key without a use is for both."""
    return (key for key in role.iterfind(_KEY) if (key.get("use") or "").strip().lower() in ("", "signing"))


def _none(role: _Element) -> tuple[str, str]:
    """Why there is no signing certificate, and what to do."""
    keys, ask = list(role.iterfind(_KEY)), "ask the identity provider's administrator for a file that has one"
    if not keys:
        return "has no signing certificate", ask
    if not list(_signing_keys(role)):
        return "has no signing certificate, only keys for encryption", ask
    return "has a signing key without its X.509 certificate, which is what Scalekit takes", ask


def _read(text: str) -> SigningCertificate:
    """A certificate.

    Raises:
        ValueError: It is none; why, as the end of a sentence about it.

    """
    if reason := certificate.refused(text):
        raise ValueError(reason)
    # Late: it costs every program, and few have metadata.
    from cryptography.x509 import NameOID

    names = {NameOID.EMAIL_ADDRESS: "emailAddress"}
    der, parsed = certificate.parsed(text)
    digest = hashlib.sha256(der).hexdigest().upper()
    try:
        # Only here are the names and dates in it looked at.
        return SigningCertificate(
            pem=certificate.normal(text),
            subject=parsed.subject.rfc4514_string(names),
            issuer=parsed.issuer.rfc4514_string(names),
            starts=parsed.not_valid_before_utc,
            ends=parsed.not_valid_after_utc,
            fingerprint=":".join(digest[at : at + 2] for at in range(0, len(digest), 2)),
        )
    except ValueError:
        raise ValueError("has a name or a date in it that cannot be read: download the file anew") from None


def _signed_with(role: _Element) -> set[str]:
    """The certificates beside the signatures over the descriptor, in the one spelling.

    Only one that is a signing certificate of the descriptor too is ever looked for here, so that nothing is trusted because
    of it.
    """
    above = (role, *role.iterancestors())
    return {certificate.normal(words_of(one)) for element in above for one in element.iterfind(_OWN_SIGNATURE)}


def _wanted(found: Sequence[SigningCertificate], fingerprint: str) -> SigningCertificate:
    digits = re.sub(r"^sha-?256|[^0-9a-f]", "", fingerprint.strip().lower())
    for one in found:
        if one.fingerprint.replace(":", "").lower() == digits:
            return one
    raise MetadataError(f"has no signing certificate with this SHA-256 fingerprint; there is {_list(found)}")


def _list(certificates: Sequence[SigningCertificate]) -> str:
    named = "; ".join(str(one) for one in certificates[:_NAMED])
    more = len(certificates) - _NAMED
    return f"{named}; and {more} more" if more > 0 else named


def _th(number: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")
