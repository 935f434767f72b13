"""The customers of the pictures."""

from pathlib import Path

import pulumi

import pulumi_scalekit as scalekit

okta_secret = pulumi.Config().require_secret("acmeOktaSecret")
certificate = Path("globex.pem").read_text(encoding="utf-8")

acme = scalekit.Organization("acme", display_name="Acme Inc", external_id="acme", deletion_protection=True)
scalekit.Connection(
    "acme-sso",
    organization_id=acme.id,
    provider="OKTA",
    type="OIDC",
    ui_button_title="Sign in with Acme",
    oidc={
        "issuer": "https://acme.okta.com",
        "client_id": "0oa1acme",
        "client_secret": okta_secret,
        "scopes": ["openid", "email", "profile"],
    },
    enabled=True,
)
scalekit.Domain("acme-domain", organization_id=acme.id, domain="acme.example", domain_type="ORGANIZATION_DOMAIN")

globex = scalekit.Organization("globex", display_name="Globex Inc", external_id="globex", deletion_protection=True)
scalekit.Connection(
    "globex-sso",
    organization_id=globex.id,
    provider="CUSTOM",
    type="SAML",
    saml={
        "idp_entity_id": "https://idp.globex.example",
        "idp_sso_url": "https://idp.globex.example/sso",
        "idp_certificate": certificate,
        "want_request_signed": True,
    },
    enabled=True,
)

initech = scalekit.Organization("initech", display_name="Initech", external_id="initech", metadata={"tier": "trial"})
scalekit.OrganizationRole(
    "initech-auditor", organization_id=initech.id, name="org_auditor", display_name="Auditor", extends="member"
)
