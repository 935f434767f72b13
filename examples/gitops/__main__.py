"""Our customers and how their people sign in. Reviewed as pull requests, applied on merge."""

import pulumi

import pulumi_scalekit as scalekit

config = pulumi.Config()

# Deleting an organization deletes its users: whoever means it takes the protection away first, and merges that.
acme = scalekit.Organization(
    "acme",
    display_name="Acme Inc",
    external_id="acme",
    metadata={"tier": "gold"},
    features={"sso": True},
    deletion_protection=True,
)
acme_sso = scalekit.Connection(
    "acme-sso",
    organization_id=acme.id,
    provider="OKTA",
    type="OIDC",
    ui_button_title="Sign in with Acme",
    oidc={
        "issuer": "https://acme.okta.com",
        "client_id": "0oa1acme",
        "client_secret": config.require_secret("acmeOktaSecret"),
        "scopes": ["openid", "email", "profile"],
    },
    enabled=True,
)

initech = scalekit.Organization(
    "initech",
    display_name="Initech",
    external_id="initech",
    metadata={"tier": "trial"},
    deletion_protection=True,
)

pulumi.export("acmeRedirectUri", acme_sso.redirect_uri)
