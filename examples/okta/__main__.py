"""Single sign-on with a customer's Okta, both sides in one program.

Okta needs our addresses, and we need Okta's and its certificate. So the connection comes first, without settings; then the
application at Okta; then the settings, out of the application's metadata.
"""

import pulumi
import pulumi_okta as okta

import pulumi_scalekit as scalekit

oscorp = scalekit.Organization("oscorp", display_name="Oscorp", external_id="oscorp", features={"sso": True})
sso = scalekit.Connection("oscorp-sso", organization_id=oscorp.id, provider="OKTA", type="SAML")

application = okta.app.Saml(
    "our-product",
    label="Our product",
    sso_url=sso.sp_assertion_url,
    recipient=sso.sp_assertion_url,
    destination=sso.sp_assertion_url,
    audience=sso.sp_entity_id,
    subject_name_id_format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    subject_name_id_template="${user.email}",
    response_signed=True,
    assertion_signed=True,
    signature_algorithm="RSA_SHA256",
    digest_algorithm="SHA256",
    honor_force_authn=True,
    authn_context_class_ref="urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    attribute_statements=[
        {"name": "email", "values": ["user.email"]},
        {"name": "given_name", "values": ["user.firstName"]},
    ],
)

scalekit.ConnectionSettings(
    "oscorp-sso-settings",
    organization_id=oscorp.id,
    connection_id=sso.id,
    provider=sso.provider,
    type=sso.type,
    attribute_mapping={"email": "email", "given_name": "given_name"},
    # When Okta makes a new certificate, the metadata changes, and with it the settings: the next `up --refresh` writes them.
    saml=application.metadata.apply(scalekit.saml_metadata),
    enabled=True,
)

pulumi.export("testConnectionUri", sso.test_connection_uri)
