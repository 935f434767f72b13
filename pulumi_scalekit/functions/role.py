"""getRole, getRoles: the roles of the environment."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import listed, read
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
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


@function(Role.kind)
def get_role(environment: Environment, *, name: str) -> RoleResult:
    """Read a role that somebody else manages.

    Args:
        environment: Where it lives.
        name: Its name.

    Raises:
        ScalekitError: It does not exist.

    API: `GET /api/v1/roles/{role_name}?include=permissions`.

    """
    return read(RoleResult, Role.kind, environment, name)


@function(Role.kind)
def get_roles(environment: Environment) -> RolesResult:
    """Every role of the environment, Scalekit's own included.

    API: `GET /api/v1/roles?include=permissions`.
    """
    return RolesResult(listed(RoleResult, Role.kind, environment))
