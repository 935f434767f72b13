"""The emulator, judged by a client that its vendor's generator wrote and that knows nothing of this package."""

from __future__ import annotations

import httpx
import pytest
import scalekit_demo
from google.protobuf import json_format

from pulumi_scalekit.emulator import Switches
from pulumi_scalekit.emulator.serving import descriptors, routes
from tests.support.cases import CERTIFICATE

OKTA, OIDC, SAML, DISCOVERY, COMPLETED, SCIM = 1, 1, 2, 1, 3, 1


@pytest.fixture
def vendor(start):
    """The client's models hold enums as numbers, which the API may answer with; it then validates strictly."""
    tenant = start(switches=Switches(enum_form="number"))
    with scalekit_demo.ScalekitDemo(
        api_key=tenant.token()["access_token"],
        base_url=tenant.emulator.url,
        max_retries=0,
        http_client=httpx.Client(verify=False),
        _strict_response_validation=True,
    ) as client:
        yield client.api.v1


def test_organizations(vendor):
    created = vendor.organizations.create(display_name="Acme", external_id="acme", metadata={"tier": "gold"})
    organization = created.organization
    assert organization.metadata == {"tier": "gold"}
    read = vendor.organizations.retrieve(organization.id).organization
    assert read == organization
    changed = vendor.organizations.update(organization.id, display_name="New").organization
    assert (changed.display_name, changed.external_id) == ("New", "acme")
    listed = vendor.organizations.list(page_size=5)
    assert [found.id for found in listed.organizations] == [organization.id]
    assert listed.total_size == 1
    vendor.organizations.delete(organization.id)
    with pytest.raises(scalekit_demo.NotFoundError):
        vendor.organizations.retrieve(organization.id)


def test_errors(vendor):
    with pytest.raises(scalekit_demo.BadRequestError) as refused:
        vendor.organizations.create(display_name="")
    assert refused.value.body["details"][0]["error_code"] == "INVALID_ARGUMENT"
    vendor.organizations.create(display_name="A", external_id="acme")
    with pytest.raises(scalekit_demo.ConflictError):
        vendor.organizations.create(display_name="B", external_id="acme")


def test_a_connection_from_draft_to_sign_in(vendor):
    organization_id = vendor.organizations.create(display_name="Acme").organization.id
    connections = vendor.organizations.connections
    created = connections.create(organization_id, provider=OKTA, type=OIDC).connection
    assert created.oidc_config.redirect_uri
    changed = connections.update(
        created.id,
        organization_id=organization_id,
        provider=OKTA,
        type=OIDC,
        configuration_type=DISCOVERY,
        oidc_config={
            "issuer": "https://acme.okta.com",
            "client_id": "a",
            "client_secret": "b",
            "scopes": [1, 3],
        },
    ).connection
    assert changed.status == COMPLETED
    assert changed.oidc_config.scopes == [1, 3]
    assert created.create_time.tzinfo
    domain = vendor.organizations.domains.create(organization_id, domain="acme.com").domain
    assigned = connections.update_domains(
        path_connection_id=created.id, path_organization_id=organization_id, domain_ids=[domain.id]
    ).connection
    assert assigned.domains[0].domain == "acme.com"
    enabled = connections.update_id_enable(created.id, organization_id=organization_id)
    assert enabled.enabled is True
    assert vendor.connections.list(organization_id=organization_id).connections[0].enabled is True
    connections.update_id_disable(created.id, organization_id=organization_id)
    connections.delete(created.id, organization_id=organization_id)
    with pytest.raises(scalekit_demo.NotFoundError):
        connections.retrieve(created.id, organization_id=organization_id)


def test_saml(vendor):
    organization_id = vendor.organizations.create(display_name="Acme").organization.id
    connections = vendor.organizations.connections
    created = connections.create(organization_id, provider=OKTA, type=SAML).connection
    assert created.saml_config.sp_entity_id
    changed = connections.update(
        created.id,
        organization_id=organization_id,
        provider=OKTA,
        type=SAML,
        saml_config={
            "idp_entity_id": "https://idp",
            "idp_sso_url": "https://idp/sso",
            "idp_certificate": CERTIFICATE,
        },
    ).connection
    assert changed.saml_config.idp_certificates[0].certificate == CERTIFICATE


def test_permissions_and_roles(vendor):
    vendor.permissions.create(name="read", description="Reads")
    vendor.roles.create(name="viewer", display_name="Viewer", permissions=["read"])
    role = vendor.roles.retrieve("viewer", include="permissions").role
    assert [permission.name for permission in role.permissions] == ["read"]
    vendor.roles.delete("viewer")
    with pytest.raises(scalekit_demo.NotFoundError):
        vendor.roles.retrieve("viewer")


def test_machine_clients_and_directories(vendor):
    organization_id = vendor.organizations.create(display_name="Acme").organization.id
    clients = vendor.organizations.clients
    created = clients.create(organization_id, name="machine", expiry="3600")
    assert created.plain_secret
    assert clients.retrieve(created.client.client_id, organization_id=organization_id).client == created.client
    vendor.organizations.settings.patch_all(organization_id, features=[{"name": "dir_sync", "enabled": True}])
    directories = vendor.organizations.directories
    directory = directories.create(organization_id, directory_type=SCIM).directory
    with pytest.raises(scalekit_demo.BadRequestError):
        directories.delete(directory.id, organization_id=organization_id)


@pytest.mark.parametrize(
    "switches",
    [
        Switches(),
        Switches(empty_values="null", order="shuffled", int64="number", client_secret_echo="masked"),
        Switches(empty_values="omitted", enum_form="number", timestamps="nanoseconds", saml_defaults="filled"),
    ],
    ids=["default", "nulls", "omitted"],
)
def test_every_answer_holds_only_what_the_descriptors_know(start, switches):
    """Parsed by protobuf itself, strictly, and not by what wrote them."""
    api = start(switches=switches)
    seen: dict[str, httpx.Response] = {}

    def parse(response: httpx.Response) -> None:
        response.read()
        path = response.request.url.raw_path.decode().partition("?")[0]
        route = routes.load().find(response.request.method, path, "kept").route
        known = descriptors.load()
        if response.is_success:
            json_format.ParseDict(response.json(), known.message(route.response), descriptor_pool=known.pool)
            seen[route.rpc] = response

    api.http.event_hooks["response"] = [parse]
    organization = api.bare_organization(external_id="acme", metadata={"tier": "gold"}, slug="acme")
    api.enable_features(organization, "dir_sync", "sso", "session_policy")
    api.patch(f"{organization}/session-policy", {"policy_source": "CUSTOM", "absolute_session_timeout": 5})
    api.patch(f"{organization}/settings/usermanagement", {"settings": {"max_allowed_users": 5}})
    api.put(f"{organization}/portal_links", features="sso")
    for kind in ("OIDC", "SAML"):
        connection = api.bare_connection(organization, kind)
        api.get(connection)
    domain = api.post(f"{organization}/domains", {"domain": "acme.com"})["domain"]["id"]
    api.put(f"{connection}/domains", {"domain_ids": [domain]})
    api.get("/connections", include="all")
    api.patch(f"{connection}:enable")
    api.post("/permissions", {"name": "read"})
    api.post("/roles", {"name": "viewer", "display_name": "Viewer", "permissions": ["read"]})
    for include in ("permissions", "permissions:all"):
        api.get("/roles", include=include)
    api.post(f"{organization}/roles", {"name": "chief", "display_name": "Chief", "extends": "viewer"})
    api.get(f"{organization}/roles", include="permissions")
    client = api.post(f"{organization}/clients", {"name": "machine", "expiry": 60})["client"]["client_id"]
    api.post(f"{organization}/clients/{client}/secrets")
    api.get(f"{organization}/clients")
    directory = api.post(f"{organization}/directories", {"directory_type": "SCIM"})["directory"]["id"]
    api.post(f"{organization}/directories/{directory}/secrets")
    api.get(f"{organization}/directories")
    application = api.post("/clients", {"name": "Web", "client_type": "SPA", "access_token_expiry": 5})["client"]
    api.get(f"/clients/{application['id']}")
    api.get("/clients")
    api.post("/environment/redirect-uris", {"redirect_uri": "https://a"})
    api.post("/user-profile-attributes", {"key": "team", "label": "Team", "datatype": "STRING"})
    api.get("/user-profile-attributes")
    api.get("/organizations")
    api.delete(organization)
    assert len(seen) >= 30
