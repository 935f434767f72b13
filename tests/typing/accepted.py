"""Programs that both type checkers must accept. Checked by tests/test_typing.py, never run."""

import pulumi
from typing_extensions import assert_type

import pulumi_scalekit as scalekit

config = pulumi.Config()
text: pulumi.Output[str] = pulumi.Output.from_input("acme")
switch: pulumi.Output[bool] = pulumi.Output.from_input(True)

# Only what is required, and everything at once.
scalekit.Organization("least", display_name="Acme Inc")
acme = scalekit.Organization(
    "acme",
    pulumi.ResourceOptions(protect=True),
    display_name="Acme Inc",
    external_id="acme",
    metadata={"tier": "gold"},
    slug="acme",
    logo_url="https://acme.example/logo.png",
    features={"sso": True},
)

# An output wherever an input is, inside lists, maps and blocks too.
scalekit.Organization("outputs", display_name=text, external_id=acme.id, metadata=pulumi.Output.from_input({"a": "b"}))
scalekit.Organization("inside", display_name="Acme", metadata={"parent": acme.id}, features={"sso": switch})
conn = scalekit.Connection(
    "oidc",
    organization_id=acme.id,
    provider="OKTA",
    type="OIDC",
    ui_button_title=text,
    attribute_mapping={"email": text, "given_name": "first"},
    oidc={
        "issuer": text,
        "client_id": "0oa1",
        "client_secret": config.require_secret("okta"),
        "scopes": ["openid", "email"],
        "pkce_enabled": switch,
    },
    domain_ids=[text, "dom_1"],
    enabled=switch,
)
scalekit.Connection("saml", organization_id="org_1", provider="CUSTOM", type="SAML", saml={"idp_metadata_url": text})

# A member of an enum wherever its text is: at the top, in a block, in a list, as an output.
chosen: pulumi.Output[scalekit.ConnectionType] = pulumi.Output.from_input(scalekit.ConnectionType.OIDC)
member = scalekit.Connection(
    "members",
    organization_id=acme.id,
    provider=scalekit.ConnectionProvider.OKTA,
    type=chosen,
    configuration_type=scalekit.ConnectionConfigurationType.DISCOVERY,
    oidc={
        "scopes": [scalekit.OidcScopes.OPENID, "email", pulumi.Output.from_input(scalekit.OidcScopes.PROFILE)],
        "token_auth_type": scalekit.OidcTokenAuthType.BASIC_AUTH,
    },
)
member.provider.apply(str.lower)
saml_block: scalekit.Saml = {"saml_signing_option": scalekit.SamlSamlSigningOption.NO_SIGNING}
scalekit.Domain(
    "member",
    organization_id=acme.id,
    domain="acme.example",
    domain_type=scalekit.DomainDomainType.ORGANIZATION_DOMAIN,
)

# None is the same as left out.
scalekit.Organization("none", display_name="Acme", external_id=None, metadata=None)

# A block may be built beforehand, and a list be computed.
block: scalekit.Oidc = {"issuer": "https://acme.okta.com"}
ids: pulumi.Output[list[str]] = pulumi.Output.from_input(["dom_1"])
scalekit.ConnectionSettings(
    "settings",
    organization_id=acme.id,
    connection_id=conn.id,
    provider="OKTA",
    type="OIDC",
    oidc=block,
    domain_ids=ids,
)

# What is read is an output of the property's type.
assert_type(acme.id, pulumi.Output[str])
assert_type(acme.display_name, pulumi.Output[str])
assert_type(acme.metadata, pulumi.Output[dict[str, str]])
assert_type(acme.features, pulumi.Output[dict[str, bool]])
assert_type(conn.redirect_uri, pulumi.Output[str])
assert_type(conn.enabled, pulumi.Output[bool])
assert_type(conn.domain_ids, pulumi.Output[list[str]])
assert_type(conn.oidc, pulumi.Output[scalekit.Oidc])
assert_type(conn.idp_certificates, pulumi.Output[list[scalekit.IdpCertificate]])
pulumi.export("uri", conn.redirect_uri.apply(str.upper))

# What somebody else manages is read by its id.
found = scalekit.Organization.get("found", "external:acme")
assert_type(found, scalekit.Organization)
assert_type(scalekit.Connection.get("conn", pulumi.Output.concat(found.id, "/conn_1")), scalekit.Connection)

# A second environment in the same program.
europe = scalekit.Provider("eu", environment_url=text, client_id="skc_1", client_secret=config.require_secret("eu"))
scalekit.Organization("european", pulumi.ResourceOptions(provider=europe), display_name="Acme GmbH")

# A function at once, with what is known; and with outputs.
options = pulumi.InvokeOptions(provider=europe)
connections = scalekit.get_connections(organization_id="org_1", opts=options)
assert_type(connections, scalekit.ConnectionsResult)
assert_type(connections.connections, list[scalekit.ConnectionResult])
assert_type([one.id for one in connections], list[str])
later = scalekit.get_connections_output(organization_id=acme.id, opts=pulumi.InvokeOutputOptions(depends_on=[conn]))
assert_type(later, pulumi.Output[scalekit.ConnectionsResult])
assert_type(scalekit.get_role_output(name=text, opts=options), pulumi.Output[scalekit.RoleResult])
scalekit.create_portal_link_output(
    organization_id=acme.id, features=[scalekit.CreatePortalLinkFeatures.SSO, "dir_sync"]
)
