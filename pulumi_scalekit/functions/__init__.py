"""What a program may ask, one noun a file. FUNCTIONS is the one list."""

from typing import Any

from pulumi_scalekit.functions.application import get_applications
from pulumi_scalekit.functions.authorization_url import get_authorization_url
from pulumi_scalekit.functions.connection import get_connection, get_connections
from pulumi_scalekit.functions.custom_domain_records import get_custom_domain_records
from pulumi_scalekit.functions.directory import get_directories, get_directory
from pulumi_scalekit.functions.directory_group import get_directory_groups
from pulumi_scalekit.functions.domain import get_domains, verify_domain
from pulumi_scalekit.functions.email_template import get_email_template_placeholders
from pulumi_scalekit.functions.environment import get_environment
from pulumi_scalekit.functions.feature import get_features
from pulumi_scalekit.functions.organization import get_organization, get_organizations
from pulumi_scalekit.functions.organization_client import get_organization_client
from pulumi_scalekit.functions.permission import get_permissions
from pulumi_scalekit.functions.portal_link import create_portal_link
from pulumi_scalekit.functions.role import get_role, get_roles
from pulumi_scalekit.functions.saml_metadata import parse_saml_metadata
from pulumi_scalekit.functions.session_policy import get_application_session_policy
from pulumi_scalekit.model import registry
from pulumi_scalekit.model.function import Function

FUNCTIONS: tuple[Function[Any], ...] = (
    get_organization,
    get_organizations,
    get_connection,
    get_connections,
    get_domains,
    verify_domain,
    get_role,
    get_roles,
    get_permissions,
    get_directory,
    get_directories,
    get_directory_groups,
    get_organization_client,
    get_application_session_policy,
    get_applications,
    get_environment,
    get_features,
    get_custom_domain_records,
    get_email_template_placeholders,
    create_portal_link,
    get_authorization_url,
    parse_saml_metadata,
)

registry.FUNCTIONS.update({function.token: function for function in FUNCTIONS})
