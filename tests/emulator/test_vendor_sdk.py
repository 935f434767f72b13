"""The vendor's own Python SDK writes a tenant, our provider takes it over and changes it, and the SDK reads and deletes it.

The SDK speaks gRPC, through a bridge that knows the descriptors alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from google.protobuf import json_format

from pulumi_scalekit.emulator.serving import descriptors
from pulumi_scalekit.model.registry import KINDS
from tests.support.grpc_bridge import bridge, http_request
from tests.support.stack import PROVIDERS, Stack, plain

PROGRAM = str(Path(__file__).resolve().parents[1] / "support" / "vendor_sdk.py")


@pytest.fixture
def vendor(emulator, tmp_path):
    """Runs the vendor's program, and returns what it printed."""
    with bridge(emulator, tmp_path) as bridged:
        variables = {**emulator.environment, "SCALEKIT_ENVIRONMENT_URL": bridged.url, **bridged.variables}

        def run(*arguments):
            ended = subprocess.run(
                [sys.executable, PROGRAM, *arguments],
                env={"PATH": os.environ["PATH"], "NO_PROXY": "*", "ISSUER": emulator.url, **variables},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert ended.returncode == 0, ended.stderr
            return json.loads(ended.stdout)

        yield run


@pytest.fixture(params=PROVIDERS)
def taken(request, config):
    """Takes an object over that is there, by its import id, and returns its stack."""

    def take(name, import_id):
        stack = Stack(PROVIDERS[request.param](KINDS[f"scalekit:index:{name}"], config))
        stack.id, stack.inputs, stack.outputs = stack.provider.read(import_id, {}, {})
        assert stack.preview(plain(stack.inputs)) == "same"
        return stack

    return take


def test_what_one_writes_the_other_reads(vendor, taken):
    wrote = vendor("write")
    organization, client = wrote["organization"]["id"], wrote["client"]["client"]["client_id"]
    assert wrote["conflict"] == "ALREADY_EXISTS"
    assert (wrote["claims"]["oid"], wrote["claims"]["sub"]) == (organization, client)
    assert wrote["claims"]["custom_claims"] == {"tenant": "acme"}

    stacks = {
        "organization": taken("Organization", "external:acme"),
        "domain": taken("Domain", f"{organization}/{wrote['domain']['id']}"),
        "connection": taken("Connection", f"{organization}/{wrote['connection']['id']}"),
        "directory": taken("Directory", f"{organization}/{wrote['directory']['id']}"),
        "permission": taken("Permission", "invoices:read"),
        "role": taken("Role", "viewer"),
        "organization role": taken("OrganizationRole", f"{organization}/auditor"),
        "client": taken("OrganizationClient", f"{organization}/{client}"),
    }
    seen = {name: plain(stack.inputs) for name, stack in stacks.items()}
    assert seen["organization"] == {
        "displayName": "Acme",
        "externalId": "acme",
        "metadata": {"tier": "gold"},
        "features": {"sso": True, "dir_sync": True},
    }
    assert seen["domain"] | {"domain": "acme.example"} == seen["domain"]
    assert (seen["connection"]["provider"], seen["connection"]["type"]) == ("OKTA", "OIDC")
    assert seen["directory"]["directoryType"] == "SCIM"
    assert seen["permission"]["description"] == "Reads invoices"
    assert (seen["role"]["displayName"], seen["role"]["permissions"]) == ("Viewer", ["invoices:read"])
    assert seen["organization role"]["extends"] == "viewer"
    assert seen["client"] == {
        "organizationId": organization,
        "name": "Importer",
        "description": "Fetches invoices",
        "scopes": ["invoices:read"],
        "audience": ["https://api.acme.example"],
        "customClaims": {"tenant": "acme"},
    }

    def change(what, **properties):
        assert stacks[what].up({**seen[what], **properties}) == "update"

    change("organization", displayName="Acme Inc", metadata={"tier": "platinum"})
    change("client", name="Exporter", expiry=60)
    change("role", displayName="Reader")
    oidc = {"issuer": "https://acme.okta.com", "clientId": "0oa1", "clientSecret": "s3cret", "scopes": ["openid"]}
    change("connection", oidc=oidc, enabled=True)

    known = {"organization": organization, "connection": wrote["connection"]["id"], "client": client}
    read = vendor("read", json.dumps(known))
    assert read["organization"]["display_name"] == "Acme Inc"
    assert read["organization"]["metadata"] == {"tier": "platinum"}
    assert read["organizations"] == [organization]
    assert [one["domain"] for one in read["domains"]] == ["acme.example"]
    (connection,) = read["connections"]
    assert (connection["id"], connection["enabled"], connection["status"]) == (known["connection"], True, "COMPLETED")
    assert [one["id"] for one in read["directories"]] == [wrote["directory"]["id"]]
    assert (read["role"]["display_name"], read["permissions"]) == ("Reader", ["invoices:read"])
    assert read["organization_role"]["extends"] == "viewer"
    assert (read["client"]["name"], read["client"]["expiry"]) == ("Exporter", "60")

    assert read["gone"] == "NOT_FOUND"
    gone = {name for name, stack in stacks.items() if stack.refresh() == ["deleted"]}
    assert gone == {"organization", "domain", "connection", "directory", "organization role", "client"}


def bound(service, name, **values):
    known = descriptors.load()
    method = known.pool.FindServiceByName(service).methods_by_name[name]
    request = json_format.ParseDict(values, known.message(method.input_type), descriptor_pool=known.pool)
    return http_request(method, request)


def test_a_call_becomes_the_request_of_its_rule():
    """Path, body and query, each value at one place; a call that no rule can say has none."""
    organizations = "scalekit.v1.organizations.OrganizationService"
    assert bound(organizations, "UpdateOrganization", id="org_1", organization={"display_name": "A/B"}) == (
        "PATCH",
        "/api/v1/organizations/org_1",
        (),
        {"display_name": "A/B"},
    )
    assert bound(organizations, "ListOrganization", page_size=5) == (
        "GET",
        "/api/v1/organizations",
        (("page_size", "5"),),
        None,
    )
    assert bound("scalekit.v1.roles.RolesService", "GetRole", role_name="a/b:c").path == "/api/v1/roles/a%2Fb%3Ac"
    assert bound("scalekit.v1.clients.ClientService", "ListClient", filter={"client_type": ["SPA", "NTV"]}).query == (
        ("filter.client_type", "SPA"),
        ("filter.client_type", "NTV"),
    )
    assert bound(organizations, "GetOrganization", external_id="acme") is None
