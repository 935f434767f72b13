"""getPermissions: every permission of the environment."""

from dataclasses import dataclass

from pulumi_scalekit.functions.call import ask, keys, shown
from pulumi_scalekit.functions.lookup import every
from pulumi_scalekit.provider.registration import Provider
from pulumi_scalekit.resources.permission import Permission


@dataclass(frozen=True)
class PermissionResult:
    """A permission as it is now; its name is its id."""

    name: str
    description: str | None
    create_time: str | None


_FIELDS = keys(PermissionResult, Permission.kind)
GET_PERMISSIONS = every(
    "getPermissions",
    "Every permission of the environment, Scalekit's own included.",
    Permission.kind,
    PermissionResult,
    _FIELDS,
)


def get_permissions(*, provider: Provider | None = None) -> list[PermissionResult]:
    """List every permission of the environment, Scalekit's own included.

    Args:
        provider: Another environment than the stack's.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/permissions`.

    """
    return [shown(PermissionResult, _FIELDS, one) for one in ask(GET_PERMISSIONS, provider)["permissions"]]
