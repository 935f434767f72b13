"""getDomains."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import listed
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.resources.domain import Domain


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


@function(Domain.kind)
def get_domains(environment: Environment, *, organization_id: str) -> DomainsResult:
    """The domains of an organization. One request for each hundred.

    Args:
        environment: Where it lives.
        organization_id: The organization, `org_…`.

    Raises:
        ScalekitError: The organization does not exist.

    API: `GET /api/v1/organizations/{organization_id}/domains`.

    """
    return DomainsResult(listed(DomainResult, Domain.kind, environment, organization_id=organization_id))
