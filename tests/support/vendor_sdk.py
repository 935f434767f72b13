"""A program with the vendor's own SDK, in a process of its own: it cannot be imported beside Pulumi.

`python vendor_sdk.py write` makes a tenant with all that it has and prints what it was answered, as JSON;
`python vendor_sdk.py read` is given the ids, prints what is there, and deletes it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from google.protobuf.json_format import MessageToDict
from scalekit import ScalekitClient
from scalekit.common.exceptions import ScalekitConflictException, ScalekitNotFoundException
from scalekit.common.scalekit import TokenValidationOptions
from scalekit.v1.clients.clients_pb2 import OrganizationClient
from scalekit.v1.connections.connections_pb2 import OIDC, OKTA, CreateConnection
from scalekit.v1.directories.directories_pb2 import SCIM, CreateDirectory
from scalekit.v1.organizations.organizations_pb2 import CreateOrganization
from scalekit.v1.roles.roles_pb2 import CreateOrganizationRole, CreatePermission, CreateRole


def plain(answer: Any) -> dict[str, Any]:
    """What an RPC answered; most methods return the gRPC call beside it."""
    message = answer[0] if isinstance(answer, tuple) else answer
    return dict(MessageToDict(message, preserving_proto_field_name=True))


def write(sdk: ScalekitClient) -> dict[str, Any]:
    organization = plain(
        sdk.organization.create_organization(
            CreateOrganization(display_name="Acme", external_id="acme", metadata={"tier": "gold"})
        )
    )["organization"]
    id_ = organization["id"]
    sdk.organization.update_organization_settings(id_, [{"name": "dir_sync", "enabled": True}])
    sdk.permissions.create_permission(CreatePermission(name="invoices:read", description="Reads invoices"))
    role = CreateRole(name="viewer", display_name="Viewer", permissions=["invoices:read"])
    of_organization = CreateOrganizationRole(name="auditor", display_name="Auditor", extends="viewer")
    client = OrganizationClient(
        name="Importer",
        description="Fetches invoices",
        scopes=["invoices:read"],
        audience=["https://api.acme.example"],
        custom_claims=[{"key": "tenant", "value": "acme"}],
        expiry=600,
    )
    answers = {
        "organization": organization,
        "domain": plain(sdk.domain.create_domain(id_, "acme.example"))["domain"],
        "connection": plain(sdk.connection.create_connection(id_, CreateConnection(provider=OKTA, type=OIDC)))[
            "connection"
        ],
        "directory": plain(sdk.directory.create_directory(id_, CreateDirectory(directory_type=SCIM)))["directory"],
        "role": plain(sdk.roles.create_role(role))["role"],
        "organization_role": plain(sdk.roles.create_organization_role(id_, of_organization))["role"],
        "client": plain(sdk.m2m_client.create_organization_client(id_, client)),
    }
    options = TokenValidationOptions(issuer=os.environ["ISSUER"], audience=["https://api.acme.example"])
    options.required_scopes = ["invoices:read"]
    token = sdk.generate_client_token(answers["client"]["client"]["client_id"], answers["client"]["plain_secret"])
    answers["claims"] = sdk.validate_access_token_and_get_claims(token, options)
    try:
        sdk.organization.create_organization(CreateOrganization(display_name="Other", external_id="acme"))
    except ScalekitConflictException as conflict:
        answers["conflict"] = conflict.error_code
    return answers


def read(sdk: ScalekitClient, known: dict[str, str]) -> dict[str, Any]:
    id_ = known["organization"]
    answers: dict[str, Any] = {
        "organization": plain(sdk.organization.get_organization(id_))["organization"],
        "organizations": [
            one["id"] for one in plain(sdk.organization.list_organizations(page_size=10))["organizations"]
        ],
        "domains": plain(sdk.domain.list_domains(id_))["domains"],
        "connections": plain(sdk.connection.list_connections(id_, include="all"))["connections"],
        "directories": plain(sdk.directory.list_directories(id_))["directories"],
        "role": plain(sdk.roles.get_role("viewer"))["role"],
        "permissions": [one["name"] for one in plain(sdk.permissions.list_role_permissions("viewer"))["permissions"]],
        "organization_role": plain(sdk.roles.get_organization_role(id_, "auditor"))["role"],
        "client": plain(sdk.m2m_client.get_organization_client(id_, known["client"]))["client"],
    }
    sdk.connection.delete_connection(id_, known["connection"])
    sdk.m2m_client.delete_organization_client(id_, known["client"])
    sdk.organization.delete_organization(id_)
    try:
        sdk.organization.get_organization(id_)
    except ScalekitNotFoundException as gone:
        answers["gone"] = gone.error_code
    return answers


if __name__ == "__main__":
    client = ScalekitClient(
        os.environ["SCALEKIT_ENVIRONMENT_URL"], os.environ["SCALEKIT_CLIENT_ID"], os.environ["SCALEKIT_CLIENT_SECRET"]
    )
    what, *known = sys.argv[1:]
    sys.stdout.write(json.dumps(write(client) if what == "write" else read(client, json.loads(known[0]))))
