"""One of each resource, with as many of its properties as there are."""

import pulumi

import pulumi_scalekit as scalekit

acme = scalekit.Organization(
    "acme",
    display_name="Acme Inc",
    external_id="acme",
    metadata={"tier": "gold", "crm_key": "4711"},
    slug="acme",
    logo_url="https://acme.example/logo.png",
    features={"sso": True, "dir_sync": True, "session_policy": True},
)
domain = scalekit.Domain("domain", organization_id=acme.id, domain="acme.example", domain_type="ORGANIZATION_DOMAIN")
scalekit.Connection(
    "oidc",
    organization_id=acme.id,
    provider="OKTA",
    type="OIDC",
    key_id="acme-okta",
    configuration_type="DISCOVERY",
    ui_button_title="Sign in",
    attribute_mapping={"email": "mail"},
    oidc={
        "issuer": "https://acme.okta.com",
        "client_id": "0oa1",
        "client_secret": "not-a-secret",
        "scopes": ["openid", "email"],
        "token_auth_type": "BASIC_AUTH",
        "pkce_enabled": True,
    },
    domain_ids=[domain.id],
    enabled=True,
)
saml = scalekit.Connection("saml", organization_id=acme.id, provider="CUSTOM", type="SAML")
scalekit.Domain("tied-domain", organization_id=acme.id, domain="acme.org", connection_id=saml.id)
scalekit.ConnectionSettings(
    "saml-settings",
    organization_id=acme.id,
    connection_id=saml.id,
    provider="CUSTOM",
    type="SAML",
    saml={"idp_entity_id": "https://idp.example/metadata", "idp_sso_url": "https://idp.example/sso"},
)
directory = scalekit.Directory(
    "directory", organization_id=acme.id, directory_type="SCIM", directory_provider="OKTA", enabled=True
)
scalekit.DirectoryMapping(
    "directory-mapping",
    organization_id=acme.id,
    directory_id=directory.id,
    attribute_mapping={"cost_center": "costCenter"},
    group_roles={"dirgroup_1234": "admin"},
    tracked_groups=["00g1"],
)
scalekit.DirectorySecret("directory-secret", organization_id=acme.id, directory_id=directory.id, rotation="2026-01")
client = scalekit.OrganizationClient(
    "client",
    organization_id=acme.id,
    name="Importer",
    description="Fetches invoices",
    scopes=["invoices:read"],
    audience=["https://api.acme.example"],
    custom_claims={"tenant": "acme"},
    expiry=3600,
)
scalekit.OrganizationClientSecret("client-secret", organization_id=acme.id, client_id=client.id, rotation="2026-01")
scalekit.SessionPolicy(
    "sessions",
    organization_id=acme.id,
    policy_source="CUSTOM",
    absolute_session_timeout=480,
    idle_session_timeout_enabled=True,
    idle_session_timeout=60,
)
scalekit.UserLimit("limit", organization_id=acme.id, max_allowed_users=100)
read = scalekit.Permission("read", name="invoices:read", description="See invoices")
owner = scalekit.Role("owner", name="owner", display_name="Owner", description="Owns", permissions=[read.name])
guest = scalekit.Role("guest", name="guest", display_name="Guest", extends="member", reassign_role_name="member")
treasurer = scalekit.OrganizationRole(
    "treasurer", organization_id=acme.id, name="treasurer", display_name="Treasurer", permissions=[read.name]
)
scalekit.OrganizationDefaultRoles("organization-defaults", organization_id=acme.id, default_member_role=treasurer.name)
scalekit.OrganizationMember(
    "member",
    organization_id=acme.id,
    email="ada@acme.example",
    roles=[treasurer.name],
    metadata={"team": "finance"},
    user_profile={"given_name": "Ada", "family_name": "Byron", "locale": "en-GB"},
    send_invitation_email=False,
    delete_user=True,
)
scalekit.RolePermissions("member-permissions", role_name="member", permissions=[read.name])
scalekit.DefaultRoles("defaults", default_creator_role="admin", default_member_role="member")
scalekit.UserAttribute(
    "attribute",
    key="cost_center",
    label="Cost center",
    datatype="STRING",
    required=True,
    enabled=True,
    sso_addition_info={"default_saml_mapping": "costCenter", "default_oidc_mapping": "cost_center"},
)
application = scalekit.Application(
    "application",
    name="Portal",
    client_type="WEB_APP",
    post_login_uris=["https://acme.example/in"],
    access_token_expiry=300,
    scopes=["openid"],
    custom_claims={"app": "portal"},
    grant_types=["authorization_code"],
    ip_allowlist={"opted_in": True, "cidrs": ["203.0.113.0/24"]},
)
scalekit.ApplicationSecret("application-secret", client_id=application.id, rotation="2026-01")
scalekit.DefaultApplication(
    "default-application",
    post_logout_redirect_uris=["https://app.acme.example/out"],
    back_channel_logout_uris=["https://app.acme.example/back-channel"],
    initiate_login_uri="https://app.acme.example/start",
    access_token_expiry=600,
    custom_claims={"app": "environment"},
    enforce_pkce=True,
    ip_allowlist={"opted_in": True, "cidrs": ["203.0.113.0/24"]},
)
scalekit.RedirectUri("redirect", redirect_uri="https://app.acme.example/back")
pulumi.export("organization", acme.id)
