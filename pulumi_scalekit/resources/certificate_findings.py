"""What a SAML connection's certificate will lead to: it expires, it is weak, it changes, another connection has it too."""

from collections.abc import Iterator

from pulumi_scalekit.model import certificate
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, shared_rule, text_at, value_rule
from pulumi_scalekit.model.x509_details import CertificateDetails, details

_PATH = "saml.idp_certificate"
_SOON = (7, 14, 30)
_WEAK_HASHES = ("md5", "sha1")
_SHORT_RSA = 2048


def _declared(values: Values) -> CertificateDetails | None:
    text = text_at(values, _PATH)
    return details(text) if text else None


@value_rule("certificate-expired", "warning")
def expired(values: Values) -> Iterator[Said]:
    """The identity provider's signing certificate has expired.

    Most service providers then refuse the sign-in. Ask the customer for the certificate that signs today, or
    declare `idp_metadata_url`, which Scalekit reads again by itself.
    """
    found = _declared(values)
    if found and found.days_left < 0:
        yield (
            _PATH,
            (
                f"the certificate of {found.subject or 'no subject'} expired on {found.valid_until:%Y-%m-%d}: nobody may be able "
                f"to sign in. Ask the customer for the one that signs today"
            ),
        )


@value_rule("certificate-expires-soon", "warning")
def expires_soon(values: Values) -> Iterator[Said]:
    """The identity provider's signing certificate expires within 30, 14 or 7 days.

    Ask the customer for the next one while there is time: a new certificate and the change here have to come
    together.
    """
    found = _declared(values)
    if found and 0 <= found.days_left < _SOON[-1]:
        limit = next(days for days in _SOON if found.days_left < days)
        yield (
            _PATH,
            (
                f"the certificate of {found.subject or 'no subject'} expires on {found.valid_until:%Y-%m-%d}, within {limit} days: "
                f"ask the customer for the next one"
            ),
        )


@value_rule("certificate-not-yet-valid", "warning")
def not_yet_valid(values: Values) -> Iterator[Said]:
    """The certificate is valid from a later day on.

    The identity provider signs with another one until then, and the sign-in fails.
    """
    found = _declared(values)
    if found and found.is_not_yet_valid:
        yield (
            _PATH,
            (
                f"the certificate of {found.subject or 'no subject'} is valid from {found.valid_from:%Y-%m-%d} on, and not before"
            ),
        )


@value_rule("certificate-weak-signature", "warning")
def weak_signature(values: Values) -> Iterator[Said]:
    """The certificate is signed with MD5 or SHA-1, which can be forged.

    It hints at an old set-up that signs its assertions with SHA-1 too, which is what counts: ask the customer for a
    certificate with SHA-256.
    """
    found = _declared(values)
    if found and found.signature_hash in _WEAK_HASHES:
        name = {"md5": "MD5", "sha1": "SHA-1"}[found.signature_hash]
        yield (
            _PATH,
            f"the certificate of {found.subject or 'no subject'} is signed with {name}: ask for one with SHA-256",
        )


@value_rule("certificate-short-key", "warning")
def short_key(values: Values) -> Iterator[Said]:
    """The certificate's RSA key has fewer than 2048 bits. Whoever computes the private key signs in as anybody."""
    found = _declared(values)
    if found and 0 < found.rsa_bits < _SHORT_RSA:
        yield (
            _PATH,
            (
                f"the certificate of {found.subject or 'no subject'} has an RSA key of {found.rsa_bits} bits: ask for one of at "
                f"least {_SHORT_RSA}"
            ),
        )


@change_rule("certificate-changed", "note")
def changed(change: ResourceChange) -> Iterator[Said]:
    """Another certificate is expected from now on.

    From that moment only what is signed with it is accepted, so the change has to come when the identity provider
    changes over. The note shows both, to be compared with what the customer announced: subject, issuer, validity
    and SHA-256 fingerprint.
    """
    old, new = _declared(change.before), _declared(change.after)
    if old and new and old.fingerprint != new.fingerprint:
        yield _PATH, f"the certificate changes. Old: {old}. New: {new}"


def _certificate_key(values: Values) -> Iterator[tuple[str, str]]:
    if text := text_at(values, _PATH):
        yield _PATH, certificate.normal(text)


@shared_rule("certificate-shared", "warning", _certificate_key)
def shared(values: Values, other: Values, label: str) -> str | None:
    """Two connections of different organizations expect the same certificate.

    Who signs for the one can sign for the other: most often a certificate was copied with the block around it.
    """
    if is_of_one_organization(values, other):
        return None
    return f"the certificate is also that of {label}: whoever signs for the one organization can sign for the other"


def _entity_key(values: Values) -> Iterator[tuple[str, str]]:
    if text := text_at(values, "saml.idp_entity_id"):
        yield "saml.idp_entity_id", text


@shared_rule("entity-id-shared", "warning", _entity_key)
def entity_id_shared(_values: Values, _other: Values, label: str) -> str | None:
    """Two connections have the same entity id, so they lead to the same identity provider.

    In different organizations that is most often a copy that was not finished; in one organization one of the two
    is left over.
    """
    return f"the entity id is also that of {label}: two connections lead to the same identity provider"


def is_of_one_organization(values: Values, other: Values) -> bool:
    """Whether two resources are known to belong to the same organization."""
    organization = text_at(values, "organization_id")
    return bool(organization) and organization == text_at(other, "organization_id")


CERTIFICATE_FINDINGS = (
    expired,
    expires_soon,
    not_yet_valid,
    weak_signature,
    short_key,
    changed,
    shared,
    entity_id_shared,
)
