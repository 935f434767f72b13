"""Single sign-on with a customer's Microsoft Entra, both sides in one program.

Entra needs our addresses, and we need its certificate. So the connection comes first, without settings; then the enterprise
application at Entra, in the order in which Microsoft Graph wants it; then the settings.
"""

import pulumi
import pulumi_azuread as azuread

import pulumi_scalekit as scalekit

contoso = scalekit.Organization("contoso", display_name="Contoso", external_id="contoso", features={"sso": True})
sso = scalekit.Connection("contoso-sso", organization_id=contoso.id, provider="MICROSOFT_AD", type="SAML")

application = azuread.ApplicationFromTemplate(
    "our-product",
    display_name="Our product",
    # The template of an application that is not in Microsoft's gallery; it has this id for everybody.
    template_id="8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
)
made = azuread.get_application_output(object_id=application.application_object_id)
principal = azuread.ServicePrincipal(
    "our-product", client_id=made.client_id, use_existing=True, preferred_single_sign_on_mode="saml"
)
identifier = azuread.ApplicationIdentifierUri(
    "our-product", application_id=application.application_id, identifier_uri=sso.sp_entity_id
)
addresses = azuread.ApplicationRedirectUris(
    "our-product", application_id=application.application_id, type="Web", redirect_uris=[sso.sp_assertion_url]
)
# It is renewed by a new name, before it ends: `CN=Our product 2027`.
certificate = azuread.ServicePrincipalTokenSigningCertificate(
    "our-product", service_principal_id=principal.id, display_name="CN=Our product 2026"
)
tenant = azuread.get_client_config_output().tenant_id

scalekit.ConnectionSettings(
    "contoso-sso-settings",
    organization_id=contoso.id,
    connection_id=sso.id,
    provider=sso.provider,
    type=sso.type,
    saml={
        "idp_entity_id": pulumi.Output.format("https://sts.windows.net/{0}/", tenant),
        "idp_sso_url": pulumi.Output.format("https://login.microsoftonline.com/{0}/saml2", tenant),
        "idp_certificate": certificate.value,
        "saml_signing_option": "SAML_ONLY_ASSERTION_SIGNING",
    },
    enabled=True,
    # Nobody is sent to Entra before it knows where they come from.
    opts=pulumi.ResourceOptions(depends_on=[identifier, addresses]),
)

pulumi.export("testConnectionUri", sso.test_connection_uri)
