"""Programs that both type checkers must accept. Checked by tests/test_typing.py, never run."""

from pathlib import Path

import pulumi
from typing_extensions import assert_type

import pulumi_scalekit as scalekit
from pulumi_scalekit.program.resource import BlockProp, ListProp, MapProp, OptionalProp, Prop, Resource, prop

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

# The settings of a metadata file: a path, text or bytes; with others beside them; of an output.
assert_type(scalekit.saml_metadata("google.xml"), scalekit.Saml)
scalekit.Connection(
    "metadata", organization_id=acme.id, provider="GOOGLE", type="SAML", saml=scalekit.saml_metadata(Path("google.xml"))
)
scalekit.ConnectionSettings(
    "metadata",
    organization_id=acme.id,
    connection_id=conn.id,
    provider="GOOGLE",
    type="SAML",
    saml={
        **scalekit.saml_metadata(b"<xml/>", entity_id="https://a.example", fingerprint="0A:1B"),
        "force_authn": switch,
    },
)
scalekit.Connection(
    "metadata-later", organization_id="org_1", provider="GOOGLE", type="SAML", saml=text.apply(scalekit.saml_metadata)
)

# What is read is an output of the property's type, None where it may be left out.
assert_type(acme.id, pulumi.Output[str])
assert_type(acme.display_name, pulumi.Output[str])
assert_type(acme.external_id, pulumi.Output[str | None])
assert_type(acme.metadata, pulumi.Output[dict[str, str] | None])
assert_type(acme.features, pulumi.Output[dict[str, bool] | None])
assert_type(acme.create_time, pulumi.Output[str])
assert_type(conn.redirect_uri, pulumi.Output[str])
assert_type(conn.enabled, pulumi.Output[bool | None])
assert_type(conn.domain_ids, pulumi.Output[list[str] | None])
assert_type(conn.environment_url, pulumi.Output[str])
pulumi.export("name", acme.display_name.apply(str.upper))
pulumi.export("uri", conn.redirect_uri.apply(str.upper))

# A block that is read has its keys as attributes too.
assert_type(conn.oidc, pulumi.Output[scalekit.outputs.Oidc | None])
assert_type(conn.idp_certificates, pulumi.Output[list[scalekit.outputs.IdpCertificate] | None])
pulumi.export("lifted", [conn.oidc.client_id, conn.oidc["client_id"]])
oidc = scalekit.outputs.Oidc(client_id="0oa1")
assert_type([oidc.client_id, oidc["client_id"]], list[str | None])
assert_type([oidc.scopes, oidc["scopes"]], list[list[str] | None])
assert_type([oidc.pkce_enabled, oidc["pkce_enabled"]], list[bool | None])
assert_type(conn.oidc.apply(lambda block: block.issuer if block else None), pulumi.Output[str | None])
info = scalekit.UserAttribute("code", key="code", label="Code", datatype="STRING").sso_addition_info
assert_type(info.apply(lambda block: block.default_oidc_mapping if block else ""), pulumi.Output[str])

# A key that a block may leave out.
mail = scalekit.EmailServer(
    "mail",
    provider=scalekit.EmailServerProvider.OTHER,
    smtp_settings={"host": "h.example", "port": 587, "username": "u", "from_email": "a@h.example", "from_name": "A"},
)
assert_type(mail.smtp_settings.apply(lambda block: block.port), pulumi.Output[int])

scalekit.LogStream(
    "log", provider=scalekit.LogStreamProvider.DATADOG, display_name="Log", datadog={"site": "datadoghq.eu"}
)

# What may be absent fits wherever it may be left out: a value, a list, a map, a choice, a block.
scalekit.Organization("again", display_name=acme.display_name, external_id=acme.external_id, metadata=acme.metadata)
again = scalekit.Connection(
    "again",
    organization_id=acme.id,
    provider=conn.provider,
    type=conn.type,
    configuration_type=conn.configuration_type,
    domain_ids=conn.domain_ids,
    oidc=conn.oidc,
    saml=conn.saml,
)

# What somebody else manages is read by its id.
found = scalekit.Organization.get("found", "external:acme")
assert_type(found, scalekit.Organization)
assert_type(scalekit.Connection.get("conn", pulumi.Output.concat(found.id, "/conn_1")), scalekit.Connection)


# What a class body declares, whoever adds a resource.
class Thing(Resource):
    name: Prop[str] = prop("A text.")
    size: OptionalProp[int] = prop("A number that may be left out.", default=None)
    events: ListProp[str] = prop("A list.")
    tags: MapProp[str] = prop("A map.")
    settings: BlockProp[scalekit.Oidc, scalekit.outputs.Oidc] = prop("A block.")
    status: Prop[str] = prop("An output.", init=False)


thing = Thing("thing", name=text, events=["a", text], tags={"a": text}, settings={"issuer": text})
assert_type(thing.name, pulumi.Output[str])
assert_type(thing.size, pulumi.Output[int | None])
assert_type(thing.events, pulumi.Output[list[str]])
assert_type(thing.tags, pulumi.Output[dict[str, str]])
assert_type(thing.settings, pulumi.Output[scalekit.outputs.Oidc])
assert_type(thing.status, pulumi.Output[str])

# A second environment in the same program.
europe = scalekit.Provider("eu", environment_url=text, client_id="skc_1", client_secret=config.require_secret("eu"))
scalekit.Organization("european", pulumi.ResourceOptions(provider=europe), display_name="Acme GmbH")

assert_type(europe.environment_url, pulumi.Output[str | None])

# What the stack configures.
assert_type(scalekit.config.environment_url, str | None)
assert_type(scalekit.config.client_secret, pulumi.Output[str] | None)
assert_type(scalekit.config.plugin, bool)
assert_type(scalekit.__version__, str)

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
