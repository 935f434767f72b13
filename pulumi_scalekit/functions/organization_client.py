"""getOrganizationClient."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import read
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
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


@function(OrganizationClient.kind)
def get_organization_client(
    environment: Environment, *, organization_id: str, client_id: str
) -> OrganizationClientResult:
    """Read a machine client that somebody else manages, without its secrets.

    Args:
        environment: Where it lives.
        organization_id: The organization it belongs to, `org_…`.
        client_id: Its id, `m2morg_…`.

    Raises:
        ScalekitError: It does not exist.

    API: `GET /api/v1/organizations/{organization_id}/clients/{client_id}`.

    """
    kind = OrganizationClient.kind
    return read(OrganizationClientResult, kind, environment, client_id, organization_id=organization_id)
