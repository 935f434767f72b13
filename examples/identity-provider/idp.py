"""A stand-in for the customer's identity provider: it wants our addresses, and gives a certificate for them.

In a program of your own this is a resource of Pulumi's provider for it, as in the examples `okta` and `entra`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from typing import Any

import pulumi
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pulumi import Input, ResourceOptions
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider, UpdateResult


class _Provider(ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        id_ = hashlib.sha256(props["acs_url"].encode()).hexdigest()[:12]
        address = f"https://idp.cyberdyne.example/{id_}"
        made = {"entity_id": f"{address}/metadata", "sso_url": f"{address}/sso", "certificate": _certificate()}
        return CreateResult(id_, {**props, **made})

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        return DiffResult(changes=any(olds.get(name) != news.get(name) for name in ("acs_url", "audience")))

    def update(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        return UpdateResult({**olds, **news})


def _certificate() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.cyberdyne.example")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(Encoding.PEM).decode()


class SamlApplication(Resource, module="idp", name="SamlApplication"):
    """An application at the identity provider.

    Attributes:
        entity_id: The identity provider's entity id.
        sso_url: Where users sign in.
        certificate: What its assertions are signed with, in PEM form.

    """

    entity_id: pulumi.Output[str]
    sso_url: pulumi.Output[str]
    certificate: pulumi.Output[str]

    def __init__(
        self, name: str, *, acs_url: Input[str], audience: Input[str], opts: ResourceOptions | None = None
    ) -> None:
        given = {"acs_url": acs_url, "audience": audience}
        super().__init__(_Provider(), name, {**given, "entity_id": None, "sso_url": None, "certificate": None}, opts)
