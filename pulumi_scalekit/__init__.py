"""B2B tenants and their single sign-on at Scalekit, declared in code.

    import pulumi_scalekit as scalekit

    acme = scalekit.Organization("acme", display_name="Acme Inc", external_id="acme")

Resources are what a program declares, functions what it asks, `Provider` is a further environment.
"""

from pulumi_scalekit.functions.authorization_url import AuthorizationUrlResult, get_authorization_url
from pulumi_scalekit.functions.connection import (
    ConnectionDetailResult,
    ConnectionResult,
    get_connection,
    get_connections,
)
from pulumi_scalekit.functions.directory import DirectoryResult, get_directories, get_directory
from pulumi_scalekit.functions.domain import DomainResult, get_domains
from pulumi_scalekit.functions.organization import OrganizationResult, get_organization, get_organizations
from pulumi_scalekit.functions.organization_client import OrganizationClientResult, get_organization_client
from pulumi_scalekit.functions.permission import PermissionResult, get_permissions
from pulumi_scalekit.functions.portal_link import PortalLinkResult, create_portal_link
from pulumi_scalekit.functions.role import RoleResult, get_role, get_roles
from pulumi_scalekit.provider.dynamic import DynamicProvider
from pulumi_scalekit.provider.registration import Provider
from pulumi_scalekit.resources.application import Application, IpAllowlist
from pulumi_scalekit.resources.connection import Connection, IdpCertificate, Oidc, Saml
from pulumi_scalekit.resources.connection_settings import ConnectionSettings
from pulumi_scalekit.resources.default_roles import DefaultRoles
from pulumi_scalekit.resources.directory import Directory
from pulumi_scalekit.resources.directory_secret import DirectorySecret
from pulumi_scalekit.resources.domain import Domain
from pulumi_scalekit.resources.organization import Organization
from pulumi_scalekit.resources.organization_client import OrganizationClient
from pulumi_scalekit.resources.organization_client_secret import OrganizationClientSecret
from pulumi_scalekit.resources.organization_role import OrganizationRole
from pulumi_scalekit.resources.permission import Permission
from pulumi_scalekit.resources.redirect_uri import RedirectUri
from pulumi_scalekit.resources.role import Role
from pulumi_scalekit.resources.session_policy import SessionPolicy
from pulumi_scalekit.resources.user_attribute import SsoAdditionInfo, UserAttribute
from pulumi_scalekit.resources.user_limit import UserLimit

__all__ = [
    "Application",
    "AuthorizationUrlResult",
    "Connection",
    "ConnectionDetailResult",
    "ConnectionResult",
    "ConnectionSettings",
    "DefaultRoles",
    "Directory",
    "DirectoryResult",
    "DirectorySecret",
    "Domain",
    "DomainResult",
    "DynamicProvider",
    "IdpCertificate",
    "IpAllowlist",
    "Oidc",
    "Organization",
    "OrganizationClient",
    "OrganizationClientResult",
    "OrganizationClientSecret",
    "OrganizationResult",
    "OrganizationRole",
    "Permission",
    "PermissionResult",
    "PortalLinkResult",
    "Provider",
    "RedirectUri",
    "Role",
    "RoleResult",
    "Saml",
    "SessionPolicy",
    "SsoAdditionInfo",
    "UserAttribute",
    "UserLimit",
    "create_portal_link",
    "get_authorization_url",
    "get_connection",
    "get_connections",
    "get_directories",
    "get_directory",
    "get_domains",
    "get_organization",
    "get_organization_client",
    "get_organizations",
    "get_permissions",
    "get_role",
    "get_roles",
]

# The state of every resource names this class. The name must not follow the file that it stands in.
DynamicProvider.__module__ = __name__
