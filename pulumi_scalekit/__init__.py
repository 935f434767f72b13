"""B2B tenants and their single sign-on at Scalekit, declared in code.

    import pulumi_scalekit as scalekit

    acme = scalekit.Organization("acme", display_name="Acme Inc", external_id="acme")

Resources are what a program declares, functions what it asks, `Provider` is a further environment. The enums hold what may
be declared where there is a choice; a plain text does as well. `outputs` holds the blocks as they are read, `config` the
stack's settings.
"""

import importlib
import sys
import typing

from pulumi_scalekit.exports import MODULES as _MODULES

if typing.TYPE_CHECKING:
    # The list that `exports` is generated from.
    from pulumi_scalekit import outputs
    from pulumi_scalekit.enums import (
        ApplicationClientType,
        CimdAllowlistEntryType,
        ConnectionConfigurationType,
        ConnectionProvider,
        ConnectionType,
        CreatePortalLinkFeatures,
        DirectoryDirectoryProvider,
        DirectoryDirectoryType,
        DomainDomainType,
        EmailServerProvider,
        EmailTemplateUseCase,
        EnvironmentConnectionAuthMode,
        EnvironmentConnectionProvider,
        EnvironmentConnectionType,
        EnvironmentSessionSettingsCookiePersistenceType,
        EnvironmentSessionSettingsCookieSameSiteSetting,
        EnvironmentUserManagementOrgUserRelationship,
        InterceptorFailurePolicy,
        InterceptorInterceptorType,
        InterceptorTriggerPoint,
        LogStreamProvider,
        OAuthTokenEndpointAuthMethod,
        OidcScopes,
        OidcTokenAuthType,
        OrganizationBrandingSource,
        PasswordlessCodeChallengeType,
        PasswordlessType,
        SamlIdpNameIdFormat,
        SamlIdpSsoRequestBinding,
        SamlSamlSigningOption,
        SessionPolicyPolicySource,
        UserAttributeDatatype,
        WebAuthnAuthenticatorAttachment,
        WebAuthnConveyancePreference,
        WebAuthnDesiredAuthenticatorStatus,
        WebAuthnUserVerification,
    )
    from pulumi_scalekit.functions.application import ApplicationResult, ApplicationsResult
    from pulumi_scalekit.functions.authorization_url import AuthorizationUrlResult
    from pulumi_scalekit.functions.calls.application import get_applications, get_applications_output
    from pulumi_scalekit.functions.calls.authorization_url import get_authorization_url, get_authorization_url_output
    from pulumi_scalekit.functions.calls.connection import (
        get_connection,
        get_connection_output,
        get_connections,
        get_connections_output,
    )
    from pulumi_scalekit.functions.calls.custom_domain_records import (
        get_custom_domain_records,
        get_custom_domain_records_output,
    )
    from pulumi_scalekit.functions.calls.directory import (
        get_directories,
        get_directories_output,
        get_directory,
        get_directory_output,
    )
    from pulumi_scalekit.functions.calls.directory_group import get_directory_groups, get_directory_groups_output
    from pulumi_scalekit.functions.calls.domain import (
        get_domains,
        get_domains_output,
        verify_domain,
        verify_domain_output,
    )
    from pulumi_scalekit.functions.calls.email_template import (
        get_email_template_placeholders,
        get_email_template_placeholders_output,
    )
    from pulumi_scalekit.functions.calls.environment import get_environment, get_environment_output
    from pulumi_scalekit.functions.calls.feature import get_features, get_features_output
    from pulumi_scalekit.functions.calls.organization import (
        get_organization,
        get_organization_output,
        get_organizations,
        get_organizations_output,
    )
    from pulumi_scalekit.functions.calls.organization_client import (
        get_organization_client,
        get_organization_client_output,
    )
    from pulumi_scalekit.functions.calls.permission import get_permissions, get_permissions_output
    from pulumi_scalekit.functions.calls.portal_link import create_portal_link, create_portal_link_output
    from pulumi_scalekit.functions.calls.role import get_role, get_role_output, get_roles, get_roles_output
    from pulumi_scalekit.functions.calls.saml_metadata import parse_saml_metadata, parse_saml_metadata_output
    from pulumi_scalekit.functions.calls.session_policy import (
        get_application_session_policy,
        get_application_session_policy_output,
    )
    from pulumi_scalekit.functions.connection import ConnectionDetailResult, ConnectionResult, ConnectionsResult
    from pulumi_scalekit.functions.custom_domain_records import CustomDomainRecordResult, CustomDomainRecordsResult
    from pulumi_scalekit.functions.directory import DirectoriesResult, DirectoryResult
    from pulumi_scalekit.functions.directory_group import DirectoryGroupResult, DirectoryGroupsResult
    from pulumi_scalekit.functions.domain import DomainResult, DomainsResult, DomainVerificationResult
    from pulumi_scalekit.functions.email_template import EmailTemplatePlaceholdersResult
    from pulumi_scalekit.functions.environment import EnvironmentResult
    from pulumi_scalekit.functions.feature import FeatureResult, FeaturesResult
    from pulumi_scalekit.functions.organization import OrganizationResult, OrganizationsResult
    from pulumi_scalekit.functions.organization_client import OrganizationClientResult
    from pulumi_scalekit.functions.permission import PermissionResult, PermissionsResult
    from pulumi_scalekit.functions.portal_link import PortalLinkResult
    from pulumi_scalekit.functions.role import RoleResult, RolesResult
    from pulumi_scalekit.functions.saml_metadata import SamlMetadataResult, saml_metadata
    from pulumi_scalekit.functions.session_policy import ApplicationSessionPolicyResult
    from pulumi_scalekit.program.provider import Provider
    from pulumi_scalekit.program.stack_settings import config
    from pulumi_scalekit.provider.dynamic import DynamicProvider
    from pulumi_scalekit.resources.application import Application, IpAllowlist
    from pulumi_scalekit.resources.application_secret import ApplicationSecret
    from pulumi_scalekit.resources.connection import Connection
    from pulumi_scalekit.resources.connection_protocols import IdpCertificate, Oidc, Saml
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
    from pulumi_scalekit.resources.email_server import EmailServer, SmtpSettings
    from pulumi_scalekit.resources.email_template import EmailTemplate
    from pulumi_scalekit.resources.environment_connection import EnvironmentConnection
    from pulumi_scalekit.resources.environment_connection_protocols import (
        GoogleDwd,
        OAuth,
        Passwordless,
        ScopeSelection,
        WebAuthn,
    )
    from pulumi_scalekit.resources.environment_session_settings import EnvironmentSessionSettings
    from pulumi_scalekit.resources.environment_user_management import EnvironmentUserManagement
    from pulumi_scalekit.resources.interceptor import Interceptor, InterceptorApiKey, InterceptorOauth2
    from pulumi_scalekit.resources.log_stream import (
        LogStream,
        LogStreamCrowdstrike,
        LogStreamDatadog,
        LogStreamGoogleSecops,
    )
    from pulumi_scalekit.resources.mcp_config import McpConfig, McpConfigConnectionToolMapping
    from pulumi_scalekit.resources.mcp_server import CimdAllowlistEntry, McpServer
    from pulumi_scalekit.resources.mcp_server_client import McpServerClient
    from pulumi_scalekit.resources.organization import Organization
    from pulumi_scalekit.resources.organization_branding import OrganizationBranding
    from pulumi_scalekit.resources.organization_client import OrganizationClient
    from pulumi_scalekit.resources.organization_client_secret import OrganizationClientSecret
    from pulumi_scalekit.resources.organization_default_roles import OrganizationDefaultRoles
    from pulumi_scalekit.resources.organization_member import OrganizationMember, UserProfile
    from pulumi_scalekit.resources.organization_role import OrganizationRole
    from pulumi_scalekit.resources.permission import Permission
    from pulumi_scalekit.resources.redirect_uri import RedirectUri
    from pulumi_scalekit.resources.role import Role
    from pulumi_scalekit.resources.role_permissions import RolePermissions
    from pulumi_scalekit.resources.session_policy import SessionPolicy
    from pulumi_scalekit.resources.token_template import TokenTemplate
    from pulumi_scalekit.resources.user_attribute import SsoAdditionInfo, UserAttribute
    from pulumi_scalekit.resources.user_limit import UserLimit

__all__ = [
    "Application",
    "ApplicationClientType",
    "ApplicationResult",
    "ApplicationSecret",
    "ApplicationSessionPolicyResult",
    "ApplicationsResult",
    "AuthorizationUrlResult",
    "CimdAllowlistEntry",
    "CimdAllowlistEntryType",
    "Connection",
    "ConnectionConfigurationType",
    "ConnectionDetailResult",
    "ConnectionProvider",
    "ConnectionResult",
    "ConnectionSettings",
    "ConnectionType",
    "ConnectionsResult",
    "CreatePortalLinkFeatures",
    "CustomDomain",
    "CustomDomainRecordResult",
    "CustomDomainRecordsResult",
    "CustomProvider",
    "DefaultApplication",
    "DefaultRoles",
    "DirectoriesResult",
    "Directory",
    "DirectoryDirectoryProvider",
    "DirectoryDirectoryType",
    "DirectoryGroupResult",
    "DirectoryGroupsResult",
    "DirectoryMapping",
    "DirectoryResult",
    "DirectorySecret",
    "DirectoryUserAttribute",
    "Domain",
    "DomainDomainType",
    "DomainResult",
    "DomainVerificationResult",
    "DomainsResult",
    "DynamicProvider",
    "EmailServer",
    "EmailServerProvider",
    "EmailTemplate",
    "EmailTemplatePlaceholdersResult",
    "EmailTemplateUseCase",
    "EnvironmentConnection",
    "EnvironmentConnectionAuthMode",
    "EnvironmentConnectionProvider",
    "EnvironmentConnectionType",
    "EnvironmentResult",
    "EnvironmentSessionSettings",
    "EnvironmentSessionSettingsCookiePersistenceType",
    "EnvironmentSessionSettingsCookieSameSiteSetting",
    "EnvironmentUserManagement",
    "EnvironmentUserManagementOrgUserRelationship",
    "FeatureResult",
    "FeaturesResult",
    "GoogleDwd",
    "IdpCertificate",
    "Interceptor",
    "InterceptorApiKey",
    "InterceptorFailurePolicy",
    "InterceptorInterceptorType",
    "InterceptorOauth2",
    "InterceptorTriggerPoint",
    "IpAllowlist",
    "LogStream",
    "LogStreamCrowdstrike",
    "LogStreamDatadog",
    "LogStreamGoogleSecops",
    "LogStreamProvider",
    "McpConfig",
    "McpConfigConnectionToolMapping",
    "McpServer",
    "McpServerClient",
    "OAuth",
    "OAuthTokenEndpointAuthMethod",
    "Oidc",
    "OidcScopes",
    "OidcTokenAuthType",
    "Organization",
    "OrganizationBranding",
    "OrganizationBrandingSource",
    "OrganizationClient",
    "OrganizationClientResult",
    "OrganizationClientSecret",
    "OrganizationDefaultRoles",
    "OrganizationMember",
    "OrganizationResult",
    "OrganizationRole",
    "OrganizationsResult",
    "Passwordless",
    "PasswordlessCodeChallengeType",
    "PasswordlessType",
    "Permission",
    "PermissionResult",
    "PermissionsResult",
    "PortalLinkResult",
    "Provider",
    "RedirectUri",
    "Role",
    "RolePermissions",
    "RoleResult",
    "RolesResult",
    "Saml",
    "SamlIdpNameIdFormat",
    "SamlIdpSsoRequestBinding",
    "SamlMetadataResult",
    "SamlSamlSigningOption",
    "ScopeSelection",
    "SessionPolicy",
    "SessionPolicyPolicySource",
    "SmtpSettings",
    "SsoAdditionInfo",
    "TokenTemplate",
    "UserAttribute",
    "UserAttributeDatatype",
    "UserLimit",
    "UserProfile",
    "WebAuthn",
    "WebAuthnAuthenticatorAttachment",
    "WebAuthnConveyancePreference",
    "WebAuthnDesiredAuthenticatorStatus",
    "WebAuthnUserVerification",
    "config",
    "create_portal_link",
    "create_portal_link_output",
    "get_application_session_policy",
    "get_application_session_policy_output",
    "get_applications",
    "get_applications_output",
    "get_authorization_url",
    "get_authorization_url_output",
    "get_connection",
    "get_connection_output",
    "get_connections",
    "get_connections_output",
    "get_custom_domain_records",
    "get_custom_domain_records_output",
    "get_directories",
    "get_directories_output",
    "get_directory",
    "get_directory_groups",
    "get_directory_groups_output",
    "get_directory_output",
    "get_domains",
    "get_domains_output",
    "get_email_template_placeholders",
    "get_email_template_placeholders_output",
    "get_environment",
    "get_environment_output",
    "get_features",
    "get_features_output",
    "get_organization",
    "get_organization_client",
    "get_organization_client_output",
    "get_organization_output",
    "get_organizations",
    "get_organizations_output",
    "get_permissions",
    "get_permissions_output",
    "get_role",
    "get_role_output",
    "get_roles",
    "get_roles_output",
    "outputs",
    "parse_saml_metadata",
    "parse_saml_metadata_output",
    "saml_metadata",
    "verify_domain",
    "verify_domain_output",
]

# A text: to ask the installed metadata for it costs every program 15 ms. A test compares it with pyproject.toml.
__version__ = "0.1.0"

if not typing.TYPE_CHECKING:  # which would take every name for one that is here

    def __getattr__(name: str) -> object:
        """What is used is imported, and nothing else: a process has a few of the resources."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
        module = importlib.import_module(_MODULES[name])
        globals()[name] = module if name == "outputs" else getattr(module, name)
        return globals()[name]

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
