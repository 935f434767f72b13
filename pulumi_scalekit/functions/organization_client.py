"""getOrganizationClient: a machine client that somebody else manages."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.functions.lookup import get_function
from pulumi_scalekit.program.invoke import argument, invoke, keys
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.resources.organization_client import OrganizationClient


@dataclass(frozen=True)
class OrganizationClientResult:
    """A machine client as it is now, without its secrets."""

    client_id: str
    organization_id: str
    name: str | None
    description: str | None
    scopes: list[str] | None
    audience: list[str] | None
    custom_claims: dict[str, str] | None
    expiry: int | None
    create_time: str | None


_FIELDS = keys(OrganizationClientResult, OrganizationClient.kind)
GET_ORGANIZATION_CLIENT = get_function(
    "getOrganizationClient",
    "Read a machine client that somebody else manages, without its secrets.",
    OrganizationClient.kind,
    OrganizationClientResult,
    _FIELDS,
    argument("client_id", str, "Its id, `m2morg_…`.", required=True),
)


def get_organization_client(
    *, organization_id: str, client_id: str, provider: Provider | None = None, opts: InvokeOptions | None = None
) -> OrganizationClientResult:
    """Read a machine client that somebody else manages, without its secrets.

    Args:
        organization_id: The organization it belongs to, `org_…`.
        client_id: Its id, `m2morg_…`.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is none.

    API: `GET /api/v1/organizations/{organization_id}/clients/{client_id}`.

    """
    return invoke(GET_ORGANIZATION_CLIENT, provider, opts, organization_id=organization_id, client_id=client_id)
