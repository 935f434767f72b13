"""getPermissions."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import listed
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.resources.permission import Permission


@dataclass(frozen=True)
class PermissionResult:
    """A permission as it is now; its name is its id."""

    name: str
    description: str | None
    create_time: str | None


class PermissionsResult(list[PermissionResult]):
    """A list, and its own `permissions`: the name that code in every other language, and generated code, reads it by."""

    @property
    def permissions(self) -> list[PermissionResult]:
        return self


@function(Permission.kind)
def get_permissions(environment: Environment) -> PermissionsResult:
    """Every permission of the environment, Scalekit's own included.

    API: `GET /api/v1/permissions`.
    """
    return PermissionsResult(listed(PermissionResult, Permission.kind, environment))
