"""Certificates of identity providers whose days are counted from today."""

from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

TODAY = datetime.now(timezone.utc)
KEY = ec.generate_private_key(ec.SECP256R1())


def certificate(
    name: str, first: int = -10, last: int = 1000, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = KEY
) -> str:
    """A certificate that is valid from so many days from now, and until so many."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number())
    built = built.not_valid_before(TODAY + timedelta(days=first)).not_valid_after(TODAY + timedelta(days=last, hours=1))
    return built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def server_certificate(host: str) -> tuple[bytes, bytes]:
    """A certificate of a server that signed it itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number())
    built = built.not_valid_before(TODAY - timedelta(days=1)).not_valid_after(TODAY + timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM), private
