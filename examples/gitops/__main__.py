"""Our customers and how their people sign in. Reviewed as pull requests, applied on merge."""

import pulumi

import pulumi_scalekit as scalekit

config = pulumi.Config()

# Deleting an organization deletes its users: whoever means it takes the protection away first, and merges that.
soylent = scalekit.Organization(
    "soylent",
    display_name="Soylent Corporation",
    external_id="soylent",
    metadata={"tier": "gold"},
    features={"sso": True},
    deletion_protection=True,
)
soylent_sso = scalekit.Connection(
    "soylent-sso",
    organization_id=soylent.id,
    provider="OKTA",
    type="OIDC",
    ui_button_title="Sign in with Soylent",
    oidc={
        "issuer": "https://soylent.okta.com",
        "client_id": "0oa1soylent",
        "client_secret": config.require_secret("soylentOktaSecret"),
        "scopes": ["openid", "email", "profile"],
    },
    enabled=True,
)

tyrell = scalekit.Organization(
    "tyrell",
    display_name="Tyrell",
    external_id="tyrell",
    metadata={"tier": "trial"},
    deletion_protection=True,
)

pulumi.export("soylentRedirectUri", soylent_sso.redirect_uri)
