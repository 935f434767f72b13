"""Functions about roles of the environment: getRole, getRoles."""

from dataclasses import dataclass

from pulumi_scalekit.functions.call import argument, ask, keys, shown
from pulumi_scalekit.functions.lookup import every, one
from pulumi_scalekit.provider.registration import Provider
from pulumi_scalekit.resources.role import Role


@dataclass(frozen=True)
class RoleResult:
    """A role as it is now; its name is its id."""

    name: str
    display_name: str
    description: str | None
    extends: str | None
    permissions: list[str] | None


_FIELDS = keys(RoleResult, Role.kind)
GET_ROLE = one(
    "getRole",
    "Read a role that somebody else manages.",
    Role.kind,
    _FIELDS,
    argument("name", str, "Its name.", required=True),
)
GET_ROLES = every("getRoles", "Every role of the environment, Scalekit's own included.", Role.kind, RoleResult, _FIELDS)


def get_role(*, name: str, provider: Provider | None = None) -> RoleResult:
    """Read a role that somebody else manages.

    Args:
        name: Its name.
        provider: Another environment than the stack's.

    Raises:
        ScalekitError: There is none.

    API: `GET /api/v1/roles/{role_name}?include=permissions`.

    """
    return shown(RoleResult, _FIELDS, ask(GET_ROLE, provider, name=name))


def get_roles(*, provider: Provider | None = None) -> list[RoleResult]:
    """List every role of the environment, Scalekit's own included.

    Args:
        provider: Another environment than the stack's.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/roles?include=permissions`.

    """
    return [shown(RoleResult, _FIELDS, found) for found in ask(GET_ROLES, provider)["roles"]]
