"""What belongs to the environment and not to a customer: permissions, roles, user attributes, applications, settings.

One stack for each environment has it; the stacks of the customers look up what they need of it.
"""

import pulumi

import pulumi_scalekit as scalekit

read = scalekit.Permission("invoices-read", name="invoices:read", description="See invoices")
pay = scalekit.Permission("invoices-pay", name="invoices:pay", description="Pay invoices")

# Whoever creates an organization becomes an owner, whoever joins it a viewer.
owner = scalekit.Role("owner", name="owner", display_name="Owner", permissions=[read.name, pay.name])
viewer = scalekit.Role("viewer", name="viewer", display_name="Viewer", permissions=[read.name])
scalekit.DefaultRoles("defaults", default_creator_role=owner.name, default_member_role=viewer.name)

# Scalekit's own role may read too. Another stack may add permissions of its own to the same role.
scalekit.RolePermissions("members-read", role_name="member", permissions=[read.name])

scalekit.UserAttribute(
    "cost-center",
    key="cost_center",
    label="Cost center",
    datatype="STRING",
    enabled=True,
    sso_addition_info={"default_saml_mapping": "costCenter", "default_oidc_mapping": "cost_center"},
)
# The same for users whom a customer's directory provisions.
scalekit.DirectoryUserAttribute(
    "provisioned-cost-center", key="cost_center", label="Cost center", datatype="STRING", enabled=True
)

# People of every customer may sign in with GitHub, or by a code that they get by e-mail.
config = pulumi.Config()
github_secret = config.get_secret("githubSecret")
github = scalekit.EnvironmentConnection(
    "github",
    provider="GITHUB",
    type="OAUTH",
    key_id="environment-github",
    oauth={"client_id": "Iv1.environment", "client_secret": github_secret, "scopes": ["read:user", "user:email"]}
    if github_secret
    else {"use_platform_creds": True},
    enabled=True,
)
scalekit.EnvironmentConnection(
    "code",
    provider="SCALEKIT",
    type="PASSWORDLESS",
    key_id="environment-code",
    passwordless={"type": "OTP", "validity": 300, "regenerate_passwordless_credentials_on_resend": True},
    enabled=True,
)

portal = scalekit.Application(
    "portal",
    name="Portal",
    client_type="WEB_APP",
    post_login_uris=["https://app.example/signed-in"],
    access_token_expiry=300,
)
# To rotate it: `pulumi config set rotation 2026-02`, then `pulumi up`. The new secret is handed on before the old one goes.
secret = scalekit.ApplicationSecret("portal-secret", client_id=portal.id, rotation=config.get("rotation") or "2026-01")
# The application that every environment has: it is taken over, and stays. Each of its redirect URIs is a resource.
scalekit.DefaultApplication(
    "default", post_logout_redirect_uris=["https://app.example/signed-out"], access_token_expiry=300
)
callback = scalekit.RedirectUri("callback", redirect_uri="https://app.example/callback")

# What holds for the users of all customers: twelve hours, and nobody from a disposable address. The id of the environment is learnt
# from what has happened in it, so that it need not be configured.
made = pulumi.ResourceOptions(depends_on=[owner, viewer])
scalekit.EnvironmentSessionSettings("sessions", absolute_session_timeout=720, idle_session_timeout=60, opts=made)
scalekit.EnvironmentUserManagement("users", block_disposable_email_domains=True, opts=made)

pulumi.export("githubRedirectUri", github.redirect_uri)  # to be registered at GitHub
pulumi.export("portalClientId", portal.client_id)
pulumi.export("portalSecret", secret.plain_secret)
pulumi.export("callback", callback.redirect_uri)
