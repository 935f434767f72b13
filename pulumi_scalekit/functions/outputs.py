"""Each function with outputs as arguments. Generated from the functions by `make generated`. Do not edit."""

from collections.abc import Sequence
from typing import Literal

from pulumi import Input, InvokeOptions, InvokeOutputOptions, Output

from pulumi_scalekit import enums
from pulumi_scalekit.functions.authorization_url import (
    GET_AUTHORIZATION_URL,
    AuthorizationUrlResult,
)
from pulumi_scalekit.functions.connection import (
    GET_CONNECTION,
    GET_CONNECTIONS,
    ConnectionDetailResult,
    ConnectionsResult,
)
from pulumi_scalekit.functions.directory import (
    GET_DIRECTORIES,
    GET_DIRECTORY,
    DirectoriesResult,
    DirectoryResult,
)
from pulumi_scalekit.functions.domain import (
    GET_DOMAINS,
    DomainsResult,
)
from pulumi_scalekit.functions.organization import (
    GET_ORGANIZATION,
    GET_ORGANIZATIONS,
    OrganizationResult,
    OrganizationsResult,
)
from pulumi_scalekit.functions.organization_client import (
    GET_ORGANIZATION_CLIENT,
    OrganizationClientResult,
)
from pulumi_scalekit.functions.permission import (
    GET_PERMISSIONS,
    PermissionsResult,
)
from pulumi_scalekit.functions.portal_link import (
    CREATE_PORTAL_LINK,
    PortalLinkResult,
)
from pulumi_scalekit.functions.role import (
    GET_ROLE,
    GET_ROLES,
    RoleResult,
    RolesResult,
)
from pulumi_scalekit.program.invoke import (
    invoke_output,
)


def create_portal_link_output(
    *,
    organization_id: Input[str],
    features: Input[Sequence[Input[Literal["sso", "dir_sync"] | enums.CreatePortalLinkFeatures]]] | None = None,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[PortalLinkResult]:
    """`create_portal_link` with outputs as arguments."""
    return invoke_output(
        CREATE_PORTAL_LINK,
        None,
        opts,
        organization_id=organization_id,
        features=features,
    )


def get_authorization_url_output(
    *,
    redirect_uri: Input[str],
    organization_id: Input[str] | None = None,
    connection_id: Input[str] | None = None,
    domain: Input[str] | None = None,
    provider: Input[str] | None = None,
    scopes: Input[Sequence[Input[str]]] | None = None,
    login_hint: Input[str] | None = None,
    prompt: Input[str] | None = None,
    client_id: Input[str] | None = None,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[AuthorizationUrlResult]:
    """`get_authorization_url` with outputs as arguments."""
    return invoke_output(
        GET_AUTHORIZATION_URL,
        None,
        opts,
        redirect_uri=redirect_uri,
        organization_id=organization_id,
        connection_id=connection_id,
        domain=domain,
        provider=provider,
        scopes=scopes,
        login_hint=login_hint,
        prompt=prompt,
        client_id=client_id,
    )


def get_connection_output(
    *,
    organization_id: Input[str],
    id: Input[str],
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[ConnectionDetailResult]:
    """`get_connection` with outputs as arguments."""
    return invoke_output(
        GET_CONNECTION,
        None,
        opts,
        organization_id=organization_id,
        id=id,
    )


def get_connections_output(
    *,
    organization_id: Input[str] | None = None,
    domain: Input[str] | None = None,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[ConnectionsResult]:
    """`get_connections` with outputs as arguments."""
    return invoke_output(
        GET_CONNECTIONS,
        None,
        opts,
        organization_id=organization_id,
        domain=domain,
    )


def get_directories_output(
    *,
    organization_id: Input[str],
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[DirectoriesResult]:
    """`get_directories` with outputs as arguments."""
    return invoke_output(
        GET_DIRECTORIES,
        None,
        opts,
        organization_id=organization_id,
    )


def get_directory_output(
    *,
    organization_id: Input[str],
    id: Input[str],
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[DirectoryResult]:
    """`get_directory` with outputs as arguments."""
    return invoke_output(
        GET_DIRECTORY,
        None,
        opts,
        organization_id=organization_id,
        id=id,
    )


def get_domains_output(
    *,
    organization_id: Input[str],
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[DomainsResult]:
    """`get_domains` with outputs as arguments."""
    return invoke_output(
        GET_DOMAINS,
        None,
        opts,
        organization_id=organization_id,
    )


def get_organization_output(
    *,
    id: Input[str] | None = None,
    external_id: Input[str] | None = None,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[OrganizationResult]:
    """`get_organization` with outputs as arguments."""
    return invoke_output(
        GET_ORGANIZATION,
        None,
        opts,
        id=id,
        external_id=external_id,
    )


def get_organization_client_output(
    *,
    organization_id: Input[str],
    client_id: Input[str],
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[OrganizationClientResult]:
    """`get_organization_client` with outputs as arguments."""
    return invoke_output(
        GET_ORGANIZATION_CLIENT,
        None,
        opts,
        organization_id=organization_id,
        client_id=client_id,
    )


def get_organizations_output(
    *,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[OrganizationsResult]:
    """`get_organizations` with outputs as arguments."""
    return invoke_output(
        GET_ORGANIZATIONS,
        None,
        opts,
    )


def get_permissions_output(
    *,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[PermissionsResult]:
    """`get_permissions` with outputs as arguments."""
    return invoke_output(
        GET_PERMISSIONS,
        None,
        opts,
    )


def get_role_output(
    *,
    name: Input[str],
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[RoleResult]:
    """`get_role` with outputs as arguments."""
    return invoke_output(
        GET_ROLE,
        None,
        opts,
        name=name,
    )


def get_roles_output(
    *,
    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[RolesResult]:
    """`get_roles` with outputs as arguments."""
    return invoke_output(
        GET_ROLES,
        None,
        opts,
    )
