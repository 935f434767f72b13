"""getDomains, verifyDomain."""

from dataclasses import dataclass
from typing import Annotated

from pulumi_scalekit.api.errors import NotFound
from pulumi_scalekit.functions.lookup import existing, listed
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.absence import endpoint_missing
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.resources.domain import Domain

_KIND = Domain.kind
_EVERY = 10
"""Seconds between two looks at the DNS."""


@dataclass(frozen=True)
class DomainResult:
    """A domain as it is now."""

    id: str
    organization_id: str
    domain: str
    domain_type: str | None
    verification_status: str | None
    verification_method: str | None
    txt_record_key: str | None
    txt_record_secret: str | None
    create_time: str | None


class DomainsResult(list[DomainResult]):
    """A list, and its own `domains`: the name that code in every other language, and generated code, reads it by."""

    @property
    def domains(self) -> list[DomainResult]:
        return self


@function(_KIND)
def get_domains(environment: Environment, *, organization_id: str) -> DomainsResult:
    """The domains of an organization. One request for each hundred.

    Args:
        environment: Where it lives.
        organization_id: The organization, `org_…`.

    Raises:
        ScalekitError: The organization does not exist.

    API: `GET /api/v1/organizations/{organization_id}/domains`.

    """
    return DomainsResult(listed(DomainResult, _KIND, environment, organization_id=organization_id))


@dataclass(frozen=True)
class DomainVerificationResult:
    """What Scalekit found in the DNS.

    Attributes:
        verified: Whether the domain is verified now.

    """

    verified: bool


@function(_KIND, writes=True)
def verify_domain(
    environment: Environment,
    *,
    organization_id: str,
    id: str,
    wait: Annotated[int | None, words(between=(0, 3600))] = None,
) -> DomainVerificationResult:
    """Ask Scalekit to look now for the TXT record of a domain that has to be verified.

    The record is `txt_record_key` with `txt_record_secret` of the domain. Every update asks, and no preview; for a domain that
    is verified Scalekit says so at once. It uses an endpoint that Scalekit has not published.

    Args:
        environment: Where it lives.
        organization_id: The organization, `org_…`.
        id: The domain, `dom_…`.
        wait: Seconds to go on asking, every 10, until the record is found: a new one takes a while to be seen. At most 3600.

    Raises:
        ScalekitError: The domain does not exist, or the environment has no such endpoint.

    API: `PATCH /api/v1/organizations/{organization_id}/domains/{id}:verify`.

    """
    above = {"organization_id": organization_id}
    doing = f"verifying domain {id}"
    path = wire.path("/organizations/{organization_id}/domains/{id}", above, id) + ":verify"

    def is_verified() -> bool:
        return environment.client.request("PATCH", path, doing=doing).get("verified") is True

    try:
        verified = is_verified()
        for _ in range((wait or 0) // _EVERY):
            if verified:
                break
            environment.client.pause(_EVERY, doing)
            verified = is_verified()
    except NotFound as error:
        found = Objects(_KIND, environment).read(id, above, doing)
        existing(DomainResult, environment, id, found, above, doing)
        raise endpoint_missing(_KIND, error, unpublished=True) from None
    return DomainVerificationResult(verified)
