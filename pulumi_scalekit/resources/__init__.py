"""What users declare, one class a file. RESOURCES is the one list: it orders the schema and the reference."""

from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.program.resource import Resource
from pulumi_scalekit.resources.application import Application
from pulumi_scalekit.resources.application_secret import ApplicationSecret
from pulumi_scalekit.resources.connection import Connection
from pulumi_scalekit.resources.connection_settings import ConnectionSettings
from pulumi_scalekit.resources.default_application import DefaultApplication
from pulumi_scalekit.resources.default_roles import DefaultRoles
from pulumi_scalekit.resources.directory import Directory
from pulumi_scalekit.resources.directory_mapping import DirectoryMapping
from pulumi_scalekit.resources.directory_secret import DirectorySecret
from pulumi_scalekit.resources.domain import Domain
from pulumi_scalekit.resources.organization import Organization
from pulumi_scalekit.resources.organization_client import OrganizationClient
from pulumi_scalekit.resources.organization_client_secret import OrganizationClientSecret
from pulumi_scalekit.resources.organization_default_roles import OrganizationDefaultRoles
from pulumi_scalekit.resources.organization_member import OrganizationMember
from pulumi_scalekit.resources.organization_role import OrganizationRole
from pulumi_scalekit.resources.permission import Permission
from pulumi_scalekit.resources.redirect_uri import RedirectUri
from pulumi_scalekit.resources.role import Role
from pulumi_scalekit.resources.role_permissions import RolePermissions
from pulumi_scalekit.resources.session_policy import SessionPolicy
from pulumi_scalekit.resources.user_attribute import UserAttribute
from pulumi_scalekit.resources.user_limit import UserLimit

__all__ = ["KINDS", "RESOURCES"]

RESOURCES: tuple[type[Resource], ...] = (
    Organization,
    Connection,
    ConnectionSettings,
    Domain,
    Directory,
    DirectoryMapping,
    DirectorySecret,
    OrganizationClient,
    OrganizationClientSecret,
    OrganizationRole,
    OrganizationDefaultRoles,
    OrganizationMember,
    SessionPolicy,
    UserLimit,
    Permission,
    Role,
    RolePermissions,
    DefaultRoles,
    UserAttribute,
    Application,
    ApplicationSecret,
    DefaultApplication,
    RedirectUri,
)

KINDS.update({resource.kind.token: resource.kind for resource in RESOURCES})
