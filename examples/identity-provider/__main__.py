"""The cycle between the two sides of single sign-on, declared in one program.

The identity provider needs our addresses, and we need its address and certificate. So the connection comes first, without
settings; then the application at the identity provider; then the settings.
"""

import pulumi
from idp import SamlApplication

import pulumi_scalekit as scalekit

cyberdyne = scalekit.Organization(
    "cyberdyne", display_name="Cyberdyne Systems", external_id="cyberdyne", features={"sso": True}
)

sso = scalekit.Connection("cyberdyne-sso", organization_id=cyberdyne.id, provider="CUSTOM", type="SAML")

application = SamlApplication("cyberdyne", acs_url=sso.sp_assertion_url, audience=sso.sp_entity_id)

scalekit.ConnectionSettings(
    "cyberdyne-sso-settings",
    organization_id=cyberdyne.id,
    connection_id=sso.id,
    provider=sso.provider,
    type=sso.type,
    saml={
        "idp_entity_id": application.entity_id,
        "idp_sso_url": application.sso_url,
        "idp_certificate": application.certificate,
        "saml_signing_option": "SAML_ONLY_ASSERTION_SIGNING",
    },
    enabled=True,
)

pulumi.export("acsUrl", sso.sp_assertion_url)
pulumi.export("testConnectionUri", sso.test_connection_uri)
