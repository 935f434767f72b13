"""What a program may ask, one noun a file. FUNCTIONS is the one list."""

from typing import Any

from pulumi_scalekit.functions.authorization_url import GET_AUTHORIZATION_URL
from pulumi_scalekit.functions.connection import GET_CONNECTION, GET_CONNECTIONS
from pulumi_scalekit.functions.directory import GET_DIRECTORIES, GET_DIRECTORY
from pulumi_scalekit.functions.domain import GET_DOMAINS
from pulumi_scalekit.functions.organization import GET_ORGANIZATION, GET_ORGANIZATIONS
from pulumi_scalekit.functions.organization_client import GET_ORGANIZATION_CLIENT
from pulumi_scalekit.functions.permission import GET_PERMISSIONS
from pulumi_scalekit.functions.portal_link import CREATE_PORTAL_LINK
from pulumi_scalekit.functions.role import GET_ROLE, GET_ROLES
from pulumi_scalekit.model import registry
from pulumi_scalekit.model.function import Function

FUNCTIONS: tuple[Function[Any], ...] = (
    GET_ORGANIZATION,
    GET_ORGANIZATIONS,
    GET_CONNECTION,
    GET_CONNECTIONS,
    GET_DOMAINS,
    GET_ROLE,
    GET_ROLES,
    GET_PERMISSIONS,
    GET_DIRECTORY,
    GET_DIRECTORIES,
    GET_ORGANIZATION_CLIENT,
    CREATE_PORTAL_LINK,
    GET_AUTHORIZATION_URL,
)

registry.FUNCTIONS.update({function.token: function for function in FUNCTIONS})
