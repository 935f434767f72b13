"""getDomains: the domains of an organization."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.functions.lookup import list_function
from pulumi_scalekit.program.invoke import invoke, keys
from pulumi_scalekit.program.provider import Provider
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


_FIELDS = keys(DomainResult, Domain.kind)
GET_DOMAINS = list_function(
    "getDomains",
    "The domains of an organization. One request for each hundred.",
    Domain.kind,
    DomainResult,
    _FIELDS,
    DomainsResult,
)


def get_domains(
    *, organization_id: str, provider: Provider | None = None, opts: InvokeOptions | None = None
) -> DomainsResult:
    """List the domains of an organization: one request for each hundred.

    Args:
        organization_id: The organization, `org_…`.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is no such organization.

    API: `GET /api/v1/organizations/{organization_id}/domains`.

    """
    return invoke(GET_DOMAINS, provider, opts, organization_id=organization_id)
