"""What a program may ask, one noun a file. FILES is the one list: it orders the schema and the reference."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_scalekit.model.function import Function

    FUNCTIONS: tuple[Function[Any], ...]

FILES = {
    "get_organization": "organization",
    "get_organizations": "organization",
    "get_connection": "connection",
    "get_connections": "connection",
    "get_domains": "domain",
    "verify_domain": "domain",
    "get_role": "role",
    "get_roles": "role",
    "get_permissions": "permission",
    "get_directory": "directory",
    "get_directories": "directory",
    "get_directory_groups": "directory_group",
    "get_organization_client": "organization_client",
    "get_application_session_policy": "session_policy",
    "get_applications": "application",
    "get_environment": "environment",
    "get_features": "feature",
    "get_custom_domain_records": "custom_domain_records",
    "get_email_template_placeholders": "email_template",
    "create_portal_link": "portal_link",
    "get_authorization_url": "authorization_url",
    "parse_saml_metadata": "saml_metadata",
}


def _token(name: str) -> str:
    first, *others = name.split("_")
    return f"scalekit:index:{first}{''.join(map(str.title, others))}"


PLACES = {_token(name): (file, name) for name, file in FILES.items()}
"""Where each stands, for the registry."""


def __getattr__(name: str) -> Any:
    """All of them, which only what looks at the whole package needs."""
    if name != "FUNCTIONS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return tuple(getattr(import_module(f"{__name__}.{module}"), name) for module, name in PLACES.values())
