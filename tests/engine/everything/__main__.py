"""One of each resource, with as many of its properties as there are."""

import json

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
scalekit.OrganizationBranding(
    "branding",
    organization_id=acme.id,
    source="CUSTOM",
    portal_customization={"button_color": "#b71c1c"},
    application_customization={"name": "Acme"},
)
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
scalekit.EnvironmentSessionSettings(
    "environment-sessions",
    environment_id=domain.environment_id,
    access_token_expiry=5,
    client_access_token_expiry=60,
    absolute_session_timeout=1440,
    session_management_enabled=True,
    idle_session_timeout=120,
    idle_session_enabled=True,
    cookie_persistence_type="PERSISTENT",
    cookie_same_site_setting="LAX_MODE",
    cookie_custom_domain="acme.example",
)
scalekit.EnvironmentUserManagement(
    "environment-users",
    environment_id=domain.environment_id,
    allow_duplicate_user_identities=False,
    allow_multiple_memberships=True,
    allow_organization_signup=True,
    org_user_relationship="MULTIPLE_ORGANIZATIONS",
    enable_max_users_limit=True,
    max_users_limit=5000,
    invitation_expiry=1440,
    block_disposable_email_domains=True,
    block_public_email_domains=False,
    sync_user_profile_on_signin=True,
    enable_bot_detection=True,
    enable_fail_open=False,
)
scalekit.CustomDomain("custom-domain", environment_id=domain.environment_id, custom_domain="auth.acme.example")
scalekit.UserAttribute(
    "attribute",
    key="cost_center",
    label="Cost center",
    datatype="STRING",
    required=True,
    enabled=True,
    sso_addition_info={"default_saml_mapping": "costCenter", "default_oidc_mapping": "cost_center"},
)
scalekit.DirectoryUserAttribute(
    "directory-attribute", key="cost_center", label="Cost center", datatype="STRING", required=True, enabled=True
)
scalekit.EnvironmentConnection(
    "github",
    provider="GITHUB",
    type="OAUTH",
    key_id="github",
    debug_enabled=False,
    ui_button_title="Sign in with GitHub",
    attribute_mapping={"email": "mail"},
    oauth={
        "client_id": "Iv1.1",
        "client_secret": "github-canary",
        "scopes": ["read:user", "user:email"],
        "optional_scopes": ["repo"],
        "optional_scopes_field_name": "optional_scope",
        "pkce_enabled": True,
        "extra_authorize_params": {"allow_signup": "false"},
    },
    enabled=True,
)
slack = scalekit.EnvironmentConnection(
    "slack",
    provider_key="SLACK",
    type="OAUTH",
    key_id="slack-work",
    auth_mode="USER",
    context_domain="eu.slack.example",
    oauth={"client_id": "1.2", "client_secret": "slack-canary", "scopes": ["chat:write"]},
    scope_selection={"scope_selection_allowed": True, "required_scopes": ["chat:write"]},
)
scalekit.EnvironmentConnection(
    "e-mail",
    provider="SCALEKIT",
    type="PASSWORDLESS",
    passwordless={"type": "LINK_OTP", "validity": 300, "enforce_same_browser_origin": True, "code_challenge_length": 6},
    enabled=True,
)
scalekit.EnvironmentConnection(
    "passkeys",
    provider="SCALEKIT",
    type="WEBAUTHN",
    webauthn={
        "rp_ids": ["acme.example"],
        "rp_origins": ["https://app.acme.example"],
        "show_passkey_button": True,
        "user_verification": "required",
        "authenticator_attachment": "cross-platform",
        "undesired_authenticator_status": ["REVOKED"],
        "registration_timeout": 600,
    },
    enabled=True,
)
scalekit.EnvironmentConnection(
    "workspace",
    provider_key="GOOGLEDWD",
    type="GOOGLE_DWD",
    google_dwd={"service_account_json": '{"private_key": "dwd-canary"}', "scopes": ["https://mail.google.com/"]},
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
mail = scalekit.EmailServer(
    "email-server",
    provider="SENDGRID",
    smtp_settings={
        "host": "smtp.sendgrid.net",
        "port": 587,
        "username": "apikey",
        "password": "mail-password",
        "from_email": "no-reply@acme.example",
        "from_name": "Acme",
    },
    enabled=True,
)
for name, organization in (("email-template", None), ("organization-email-template", acme.id)):
    scalekit.EmailTemplate(
        name,
        organization_id=organization,
        use_case="USER_LOGIN_OTP",
        subject="{{otp}} is your code",
        html_content="<p>Your code is <b>{{otp}}</b>.</p>",
        plain_content="Your code is {{otp}}.",
        enabled=True,
        opts=pulumi.ResourceOptions(depends_on=[mail]),
    )
scalekit.Interceptor(
    "interceptor",
    display_name="Compliance",
    description="Asks compliance",
    trigger_point="PRE_SESSION_CREATION",
    interceptor_type="AUTH",
    api_url="https://hooks.acme.example/session",
    api_key={"api_key": "not-a-secret", "header_name": "x-api-key"},
    timeout_ms=3000,
    failure_policy="FAIL_OPEN",
    request_template="{ email: ctx.user.email }\n",
    response_template="{ decision: res.decision }\n",
    enabled=True,
)
scalekit.LogStream(
    "log-stream",
    provider="DATADOG",
    display_name="Alarms",
    datadog={"site": "datadoghq.eu", "api_key": "not-a-secret"},
    event_types=["organization.created", "organization.deleted"],
    enabled=True,
)
scalekit.LogStream(
    "crowdstrike",
    provider="CROWDSTRIKE",
    display_name="Falcon",
    crowdstrike={"ingest_url": "https://siem.acme.example/ingest", "ingest_token": "not-a-secret"},
)
scalekit.LogStream(
    "secops",
    provider="GOOGLE_SECOPS",
    display_name="Chronicle",
    google_secops={"gcp_project_id": "acme-logs", "location": "eu", "instance_id": "4f1c", "log_type": "SCALEKIT"},
)
scalekit.RedirectUri("redirect", redirect_uri="https://app.acme.example/back")
scalekit.TokenTemplate(
    "token-template", template=json.dumps({"org": "{{organization.name}}", "level": 3}), enabled=True
)
mcp_server = scalekit.McpServer(
    "mcp-server",
    name="Invoices",
    description="Tools for invoices",
    server_url="https://mcp.acme.example",
    resource_uri="https://mcp.acme.example/resource",
    logo_uri="https://acme.example/logo.png",
    access_token_expiry=300,
    refresh_token_expiry=86400,
    scopes=["invoices:read"],
    provider="ACME-LOGIN",
    disable_dynamic_client_registration=True,
    enable_cimd=True,
    cimd_client_allowlist=[{"type": "URL", "value": "https://claude.example/client.json"}],
    cimd_client_allowlist_enabled=True,
    xaa_enabled=True,
    intersect_scopes_user_permission=True,
    resource_scope_selection_allowed=True,
)
scalekit.McpServerClient(
    "mcp-server-client",
    mcp_server_id=mcp_server.id,
    name="Assistant",
    description="Our own agent",
    redirect_uris=["https://a.acme.example/back"],
    scopes=["invoices:read"],
    audience=["https://api.acme.example"],
    custom_claims={"agent": "assistant"},
    expiry=3600,
)
scalekit.CustomProvider(
    "custom-provider",
    display_name="Ticket system",
    description="Tickets and their answers",
    auth_patterns='[{"type": "BEARER", "display_name": "Token", "fields": []}]',
    proxy_url="https://tickets.acme.example/api",
    proxy_enabled=True,
    icon_src="https://acme.example/icon.svg",
    metadata={"team": "support"},
)
scalekit.McpConfig(
    "mcp-config",
    name="daily-summary",
    description="Sums the day up",
    connection_tool_mappings=[{"connection_name": slack.key_id, "tools": ["slack_send_message"]}],
)
pulumi.export("organization", acme.id)
