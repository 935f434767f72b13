"""What users declare, one class a file. RESOURCES is the one list: it orders the schema and the reference."""

from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.program.resource import Resource
from pulumi_scalekit.resources.application import Application
from pulumi_scalekit.resources.application_secret import ApplicationSecret
from pulumi_scalekit.resources.connection import Connection
from pulumi_scalekit.resources.connection_settings import ConnectionSettings
from pulumi_scalekit.resources.custom_domain import CustomDomain
from pulumi_scalekit.resources.custom_provider import CustomProvider
from pulumi_scalekit.resources.default_application import DefaultApplication
from pulumi_scalekit.resources.default_roles import DefaultRoles
from pulumi_scalekit.resources.directory import Directory
from pulumi_scalekit.resources.directory_mapping import DirectoryMapping
from pulumi_scalekit.resources.directory_secret import DirectorySecret
from pulumi_scalekit.resources.directory_user_attribute import DirectoryUserAttribute
from pulumi_scalekit.resources.domain import Domain
from pulumi_scalekit.resources.email_server import EmailServer
from pulumi_scalekit.resources.email_template import EmailTemplate
from pulumi_scalekit.resources.environment_connection import EnvironmentConnection
from pulumi_scalekit.resources.environment_session_settings import EnvironmentSessionSettings
from pulumi_scalekit.resources.environment_user_management import EnvironmentUserManagement
from pulumi_scalekit.resources.interceptor import Interceptor
from pulumi_scalekit.resources.log_stream import LogStream
from pulumi_scalekit.resources.mcp_config import McpConfig
from pulumi_scalekit.resources.mcp_server import McpServer
from pulumi_scalekit.resources.mcp_server_client import McpServerClient
from pulumi_scalekit.resources.organization import Organization
from pulumi_scalekit.resources.organization_branding import OrganizationBranding
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
from pulumi_scalekit.resources.token_template import TokenTemplate
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
    OrganizationBranding,
    SessionPolicy,
    UserLimit,
    Permission,
    Role,
    RolePermissions,
    DefaultRoles,
    EnvironmentSessionSettings,
    EnvironmentUserManagement,
    CustomDomain,
    UserAttribute,
    DirectoryUserAttribute,
    EnvironmentConnection,
    Application,
    ApplicationSecret,
    DefaultApplication,
    RedirectUri,
    EmailServer,
    EmailTemplate,
    Interceptor,
    TokenTemplate,
    LogStream,
    McpServer,
    McpServerClient,
    CustomProvider,
    McpConfig,
)

KINDS.update({resource.kind.token: resource.kind for resource in RESOURCES})
