"""One case per resource, for the lifecycle test that runs all of them.

A case says what to declare, which changes to make, and where each of them must be found in the emulator's store: under the
API's own names, so that a mistake in our declarations cannot agree with itself.
"""

from tests.support.cases.application import APPLICATION, APPLICATION_SECRET, DEFAULT_APPLICATION, REDIRECT_URI
from tests.support.cases.case import ABSENT, Case, Edit, under
from tests.support.cases.client import CLIENT, CLIENT_SECRET
from tests.support.cases.connection import (
    CERTIFICATE,
    CONNECTION_SETTINGS,
    OIDC_CONNECTION,
    SAML_CONNECTION,
    SAML_CONNECTION_SETTINGS,
)
from tests.support.cases.directory import DIRECTORY, DIRECTORY_MAPPING, DIRECTORY_SECRET
from tests.support.cases.domain import DOMAIN
from tests.support.cases.email import EMAIL_SERVER, EMAIL_TEMPLATE, ORGANIZATION_EMAIL_TEMPLATE
from tests.support.cases.environment import CUSTOM_DOMAIN, ENVIRONMENT_SESSION_SETTINGS, ENVIRONMENT_USER_MANAGEMENT
from tests.support.cases.environment_connection import (
    CONNECTOR,
    GOOGLE_DELEGATION,
    PASSKEYS,
    SIGN_IN_BY_E_MAIL,
    SOCIAL_SIGN_IN,
)
from tests.support.cases.interceptor import INTERCEPTOR, OAUTH2_INTERCEPTOR, TOKEN_TEMPLATE
from tests.support.cases.log_stream import CROWDSTRIKE_LOG_STREAM, LOG_STREAM, SECOPS_LOG_STREAM
from tests.support.cases.mcp import CUSTOM_PROVIDER, MCP_CONFIG, MCP_SERVER, MCP_SERVER_CLIENT
from tests.support.cases.member import JOINED_MEMBER, MEMBER
from tests.support.cases.organization import ORGANIZATION
from tests.support.cases.role import (
    DEFAULT_ROLES,
    ORGANIZATION_DEFAULT_ROLES,
    ORGANIZATION_ROLE,
    PERMISSION,
    ROLE,
    ROLE_PERMISSIONS,
)
from tests.support.cases.setting import (
    INHERITED_ORGANIZATION_BRANDING,
    INHERITED_SESSION_POLICY,
    ORGANIZATION_BRANDING,
    SESSION_POLICY,
    USER_LIMIT,
)
from tests.support.cases.user_attribute import DIRECTORY_USER_ATTRIBUTE, USER_ATTRIBUTE

__all__ = ["ABSENT", "CASES", "CERTIFICATE", "OIDC_CONNECTION", "Case", "Edit", "under"]

CASES = (
    ORGANIZATION,
    OIDC_CONNECTION,
    SAML_CONNECTION,
    CONNECTION_SETTINGS,
    SAML_CONNECTION_SETTINGS,
    DOMAIN,
    DIRECTORY,
    DIRECTORY_MAPPING,
    DIRECTORY_SECRET,
    CLIENT,
    CLIENT_SECRET,
    ORGANIZATION_ROLE,
    ORGANIZATION_DEFAULT_ROLES,
    MEMBER,
    JOINED_MEMBER,
    ORGANIZATION_BRANDING,
    INHERITED_ORGANIZATION_BRANDING,
    SESSION_POLICY,
    INHERITED_SESSION_POLICY,
    USER_LIMIT,
    PERMISSION,
    ROLE,
    ROLE_PERMISSIONS,
    DEFAULT_ROLES,
    ENVIRONMENT_SESSION_SETTINGS,
    ENVIRONMENT_USER_MANAGEMENT,
    CUSTOM_DOMAIN,
    USER_ATTRIBUTE,
    DIRECTORY_USER_ATTRIBUTE,
    SOCIAL_SIGN_IN,
    CONNECTOR,
    SIGN_IN_BY_E_MAIL,
    PASSKEYS,
    GOOGLE_DELEGATION,
    APPLICATION,
    APPLICATION_SECRET,
    DEFAULT_APPLICATION,
    REDIRECT_URI,
    EMAIL_SERVER,
    EMAIL_TEMPLATE,
    ORGANIZATION_EMAIL_TEMPLATE,
    INTERCEPTOR,
    OAUTH2_INTERCEPTOR,
    TOKEN_TEMPLATE,
    LOG_STREAM,
    CROWDSTRIKE_LOG_STREAM,
    SECOPS_LOG_STREAM,
    MCP_SERVER,
    MCP_SERVER_CLIENT,
    CUSTOM_PROVIDER,
    MCP_CONFIG,
)
