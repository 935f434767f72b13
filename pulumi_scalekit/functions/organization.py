"""getOrganization, getOrganizations."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import existing, listed
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.resources.organization import Organization

_KIND = Organization.kind


@dataclass(frozen=True)
class OrganizationResult:
    """An organization as it is now."""

    id: str
    display_name: str
    external_id: str | None
    metadata: dict[str, str] | None
    slug: str | None
    logo_url: str | None
    features: dict[str, bool] | None
    region_code: str | None
    create_time: str | None


class OrganizationsResult(list[OrganizationResult]):
    """A list, and its own `organizations`: the name that code in every other language, and generated code, reads it by."""

    @property
    def organizations(self) -> list[OrganizationResult]:
        return self


def _exactly_one(arguments: Values) -> list[tuple[str, str]]:
    if ("id" in arguments) == ("external_id" in arguments):
        return [("id", "provide exactly one of id and external_id")]
    return []


@function(_KIND, rule=_exactly_one)
def get_organization(
    environment: Environment, *, id: str | None = None, external_id: str | None = None
) -> OrganizationResult:
    """Read an organization that somebody else manages, by its id or by your own key of it.

    Args:
        environment: Where it lives.
        id: Its id, `org_…`.
        external_id: Your own key of the customer, in place of the id.

    Raises:
        ScalekitError: It does not exist, or not exactly one of the two is given.

    API: `GET /api/v1/organizations/{id}`, `GET /api/v1/organizations:external/{external_id}`.

    """
    objects, doing = Objects(_KIND, environment), f"reading organization {id or external_id}"
    if id:
        return existing(OrganizationResult, environment, id, objects.read(id, {}, doing), {}, doing)
    by_key, found = objects.find_unique({"external_id": external_id}, doing) or ("", None)
    return existing(OrganizationResult, environment, by_key, found, {}, doing)


@function(_KIND)
def get_organizations(environment: Environment) -> OrganizationsResult:
    """Every organization of the environment, newest first. One request for each hundred of them.

    API: `GET /api/v1/organizations`.
    """
    return OrganizationsResult(listed(OrganizationResult, _KIND, environment))
