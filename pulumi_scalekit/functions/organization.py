"""Functions about organizations: getOrganization, getOrganizations."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.functions.lookup import list_function
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.program.invoke import argument, invoke, keys, shown
from pulumi_scalekit.program.provider import Provider
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


_FIELDS = keys(OrganizationResult, _KIND)


def _one(environment: Environment, arguments: Values) -> Values:
    id_, external_id = arguments.get("id"), arguments.get("external_id")
    doing = f"reading organization {id_ or external_id}"
    if id_:
        found = Objects(_KIND, environment).read(id_, {}, doing)
    else:
        by_key = Objects(_KIND, environment).find_unique(arguments, doing)
        id_, found = by_key or ("", None)
    if found is None:
        raise ScalekitError(f"{doing}: there is none in {environment.url}.")
    return {**found, "id": id_}


def _exactly_one(arguments: Values) -> list[tuple[str, str]]:
    if ("id" in arguments) == ("external_id" in arguments):
        return [("id", "give either id or external_id")]
    return []


GET_ORGANIZATION = Function(
    "getOrganization",
    "Read an organization that somebody else manages, by its id or by your own key of it.",
    inputs=(
        argument("id", str, "Its id, `org_…`."),
        argument("external_id", str, "Your own key of the customer, in place of the id."),
    ),
    outputs=_FIELDS,
    run=_one,
    result=lambda found: shown(OrganizationResult, _FIELDS, found),
    rule=_exactly_one,
)


def get_organization(
    *,
    id: str | None = None,
    external_id: str | None = None,
    provider: Provider | None = None,
    opts: InvokeOptions | None = None,
) -> OrganizationResult:
    """Read an organization that somebody else manages.

    Args:
        id: Its id, `org_…`.
        external_id: Your own key of the customer, in place of the id.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is none, or not exactly one of both is given.

    API: `GET /api/v1/organizations/{id}`, `GET /api/v1/organizations:external/{external_id}`.

    """
    return invoke(GET_ORGANIZATION, provider, opts, id=id, external_id=external_id)


GET_ORGANIZATIONS = list_function(
    "getOrganizations",
    "Every organization of the environment, newest first. One request for each hundred of them.",
    _KIND,
    OrganizationResult,
    _FIELDS,
    OrganizationsResult,
)


def get_organizations(*, provider: Provider | None = None, opts: InvokeOptions | None = None) -> OrganizationsResult:
    """List every organization of the environment, newest first: one request for each hundred.

    Args:
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/organizations`.

    """
    return invoke(GET_ORGANIZATIONS, provider, opts)
