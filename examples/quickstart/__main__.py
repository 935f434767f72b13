"""Three customers: Acme signs in with Okta (OIDC), Globex with its own identity provider (SAML), Initech with a password."""

from pathlib import Path

import pulumi

import pulumi_scalekit as scalekit

config = pulumi.Config()

acme = scalekit.Organization(
    "acme",
    display_name="Acme Inc",
    external_id="acme",
    metadata={"tier": "gold", "region": "emea"},
    features={"sso": True, "dir_sync": True},
)
globex = scalekit.Organization(
    "globex",
    display_name="Globex Corporation",
    external_id="globex",
    metadata={"tier": "silver"},
    features={"sso": True},
)
initech = scalekit.Organization(
    "initech",
    display_name="Initech",
    external_id="initech",
    metadata={"tier": "trial"},
    features={"sso": False},
)

# Whose people are sent to which sign-on, by their e-mail address.
acme_domain = scalekit.Domain("acme-domain", organization_id=acme.id, domain="acme.example")
globex_domain = scalekit.Domain("globex-domain", organization_id=globex.id, domain="globex.example")

acme_sso = scalekit.Connection(
    "acme-sso",
    organization_id=acme.id,
    provider="OKTA",
    type="OIDC",
    configuration_type="DISCOVERY",
    ui_button_title="Sign in with Acme",
    oidc={
        "issuer": "https://acme.okta.com",
        "client_id": "0oa1acme",
        "client_secret": config.require_secret("acmeOktaSecret"),
        "scopes": ["openid", "email", "profile"],
        "token_auth_type": "BASIC_AUTH",
        "pkce_enabled": True,
    },
    domain_ids=[acme_domain.id],
    enabled=True,
)
globex_sso = scalekit.Connection(
    "globex-sso",
    organization_id=globex.id,
    provider="CUSTOM",
    type="SAML",
    attribute_mapping={"email": "mail", "given_name": "firstName"},
    saml={
        "idp_entity_id": "https://idp.globex.example/metadata",
        "idp_sso_url": "https://idp.globex.example/sso",
        "idp_certificate": Path(__file__).with_name("globex-idp.pem").read_text(),
        "idp_name_id_format": "EMAIL",
        "saml_signing_option": "SAML_RESPONSE_OR_ASSERTION_SIGNING",
        "want_request_signed": True,
    },
    domain_ids=[globex_domain.id],
    enabled=True,
)

# What Acme's and Globex's administrators have to enter at their identity providers.
pulumi.export("acmeRedirectUri", acme_sso.redirect_uri)
pulumi.export("globexAcsUrl", globex_sso.sp_assertion_url)
pulumi.export("globexEntityId", globex_sso.sp_entity_id)
