"""What users declare, one class a file. NAMES is the one list: it orders the schema and the reference."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_scalekit.program.resource import Resource

    RESOURCES: tuple[type[Resource], ...]

NAMES = (
    "Organization",
    "Connection",
    "ConnectionSettings",
    "Domain",
    "Directory",
    "DirectoryMapping",
    "DirectorySecret",
    "OrganizationClient",
    "OrganizationClientSecret",
    "OrganizationRole",
    "OrganizationDefaultRoles",
    "OrganizationMember",
    "OrganizationBranding",
    "SessionPolicy",
    "UserLimit",
    "Permission",
    "Role",
    "RolePermissions",
    "DefaultRoles",
    "EnvironmentSessionSettings",
    "EnvironmentUserManagement",
    "CustomDomain",
    "UserAttribute",
    "DirectoryUserAttribute",
    "EnvironmentConnection",
    "Application",
    "ApplicationSecret",
    "DefaultApplication",
    "RedirectUri",
    "EmailServer",
    "EmailTemplate",
    "Interceptor",
    "TokenTemplate",
    "LogStream",
    "McpServer",
    "McpServerClient",
    "CustomProvider",
    "McpConfig",
)
PLACES = {f"scalekit:index:{name}": (re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(), name) for name in NAMES}
"""Where each stands, for the registry: the file is the noun."""


def __getattr__(name: str) -> Any:
    """Their classes, all of which only what looks at the whole package needs."""
    if name != "RESOURCES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return tuple(getattr(import_module(f"{__name__}.{module}"), name) for module, name in PLACES.values())
