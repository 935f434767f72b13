"""getPermissions: every permission of the environment."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.functions.lookup import list_function
from pulumi_scalekit.program.invoke import invoke, keys
from pulumi_scalekit.program.provider import Provider
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


_FIELDS = keys(PermissionResult, Permission.kind)
GET_PERMISSIONS = list_function(
    "getPermissions",
    "Every permission of the environment, Scalekit's own included.",
    Permission.kind,
    PermissionResult,
    _FIELDS,
    PermissionsResult,
)


def get_permissions(*, provider: Provider | None = None, opts: InvokeOptions | None = None) -> PermissionsResult:
    """List every permission of the environment, Scalekit's own included.

    Args:
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/permissions`.

    """
    return invoke(GET_PERMISSIONS, provider, opts)
