"""Functions about roles of the environment: getRole, getRoles."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.functions.lookup import get_function, list_function
from pulumi_scalekit.program.invoke import argument, invoke, keys
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.resources.role import Role


@dataclass(frozen=True)
class RoleResult:
    """A role as it is now; its name is its id."""

    name: str
    display_name: str
    description: str | None
    extends: str | None
    permissions: list[str] | None


class RolesResult(list[RoleResult]):
    """A list, and its own `roles`: the name that code in every other language, and generated code, reads it by."""

    @property
    def roles(self) -> list[RoleResult]:
        return self


_FIELDS = keys(RoleResult, Role.kind)
GET_ROLE = get_function(
    "getRole",
    "Read a role that somebody else manages.",
    Role.kind,
    RoleResult,
    _FIELDS,
    argument("name", str, "Its name.", required=True),
)
GET_ROLES = list_function(
    "getRoles", "Every role of the environment, Scalekit's own included.", Role.kind, RoleResult, _FIELDS, RolesResult
)


def get_role(*, name: str, provider: Provider | None = None, opts: InvokeOptions | None = None) -> RoleResult:
    """Read a role that somebody else manages.

    Args:
        name: Its name.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is none.

    API: `GET /api/v1/roles/{role_name}?include=permissions`.

    """
    return invoke(GET_ROLE, provider, opts, name=name)


def get_roles(*, provider: Provider | None = None, opts: InvokeOptions | None = None) -> RolesResult:
    """List every role of the environment, Scalekit's own included.

    Args:
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/roles?include=permissions`.

    """
    return invoke(GET_ROLES, provider, opts)
