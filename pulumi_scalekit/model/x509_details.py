"""What a person needs to know of a certificate: whose it is, how long it is valid, its fingerprint, how it is signed."""

from __future__ import annotations

import threading
import warnings
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache

from pulumi_scalekit.model import certificate

_loading = threading.Lock()


@dataclass(frozen=True)
class CertificateDetails:
    """A certificate.

    Attributes:
        subject: Whose it is: `CN=acme.okta.com,O=Okta`.
        issuer: Who signed it.
        valid_from: Since when it is valid.
        valid_until: Until when.
        fingerprint: SHA-256 of its bytes, in upper-case hexadecimal pairs with colons.
        signature_hash: The hash of its signature: `sha1`; empty where the signature has none, as Ed25519 has.
        rsa_bits: The size of an RSA key; 0 of another one.

    """

    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str
    signature_hash: str
    rsa_bits: int

    @property
    def days_left(self) -> int:
        """Whole days until it expires; below 0 once it has."""
        return (self.valid_until - datetime.now(timezone.utc)).days

    @property
    def is_not_yet_valid(self) -> bool:
        return self.valid_from > datetime.now(timezone.utc)

    def __str__(self) -> str:
        by = "itself" if self.issuer == self.subject else self.issuer or "nobody"
        return (
            f"{self.subject or 'no subject'}, issued by {by}, valid {self.valid_from:%Y-%m-%d} to "
            f"{self.valid_until:%Y-%m-%d}, SHA-256 {self.fingerprint}"
        )


@lru_cache(maxsize=1024)
def details(text: str) -> CertificateDetails | None:
    """The details of a certificate in any spelling; None of what is none."""
    pem = certificate.normal(text)
    if certificate.refused(pem):
        return None
    # Late: only who declares a certificate pays for X.509.
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.utils import CryptographyDeprecationWarning

    with _loading, warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        loaded = x509.load_pem_x509_certificate(pem.encode())
        try:
            subject, issuer = loaded.subject.rfc4514_string(), loaded.issuer.rfc4514_string()
        except ValueError:
            subject = issuer = ""
        try:
            algorithm = loaded.signature_hash_algorithm
        except UnsupportedAlgorithm:
            algorithm = None
        try:
            key = loaded.public_key()
        except (UnsupportedAlgorithm, ValueError):
            key = None
        return CertificateDetails(
            subject,
            issuer,
            loaded.not_valid_before_utc,
            loaded.not_valid_after_utc,
            loaded.fingerprint(hashes.SHA256()).hex(":").upper(),
            algorithm.name if algorithm else "",
            key.key_size if isinstance(key, RSAPublicKey) else 0,
        )
