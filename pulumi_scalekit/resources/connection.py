"""Connection: an organization's enterprise single sign-on, by OIDC or SAML."""

from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums
from pulumi_scalekit.declare import ListProp, MapProp, Prop, Resource, prop
from pulumi_scalekit.model import address, certificate, secret
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.resources import connection_rules

IdentityProvider = Literal[
    "OKTA", "GOOGLE", "MICROSOFT_AD", "AUTH0", "ONELOGIN", "PING_IDENTITY", "JUMPCLOUD", "CUSTOM", "GITHUB", "GITLAB",
    "LINKEDIN", "SALESFORCE", "MICROSOFT", "IDP_SIMULATOR", "SCALEKIT", "ADFS",
] | enums.ConnectionProvider  # fmt: skip
Protocol = Literal["OIDC", "SAML"] | enums.ConnectionType
ConfigurationType = Literal["DISCOVERY", "MANUAL"] | enums.ConnectionConfigurationType
Scope = Literal["openid", "profile", "email", "address", "phone"] | enums.OidcScopes
TokenAuthType = Literal["URL_PARAMS", "BASIC_AUTH"] | enums.OidcTokenAuthType
NameIdFormat = Literal["UNSPECIFIED", "EMAIL", "TRANSIENT", "PERSISTENT"] | enums.SamlIdpNameIdFormat
RequestBinding = Literal["HTTP_POST", "HTTP_REDIRECT"] | enums.SamlIdpSsoRequestBinding
SigningOption = Literal[
    "NO_SIGNING", "SAML_ONLY_RESPONSE_SIGNING", "SAML_ONLY_ASSERTION_SIGNING", "SAML_RESPONSE_ASSERTION_SIGNING",
    "SAML_RESPONSE_OR_ASSERTION_SIGNING",
] | enums.SamlSamlSigningOption  # fmt: skip


_DISCOVERED: dict[str, Any] = {
    "computed": ("issuer", "discovery_endpoint"),
    "given_with": ("configuration_type", "MANUAL"),
    "rule": address.web,
}
_FROM_METADATA: dict[str, Any] = {"computed": ("idp_metadata_url",)}
_JIT_PROVISIONING: Any = prop("Create users at their first log-in.", computed=True)


class Oidc(TypedDict, total=False):
    """Settings of an OIDC connection.

    Removing a text or a set clears it; removing a switch, a choice such as `token_auth_type`, the client secret or the whole
    block leaves it as it is.
    """

    issuer: Annotated[
        Input[str],
        prop(
            "Issuer of the identity provider. With discovery the endpoints follow from it.",
            computed=("discovery_endpoint",),
            rule=address.issuer,
        ),
    ]
    discovery_endpoint: Annotated[
        Input[str],
        prop("Address of the discovery document, in place of the issuer.", computed=("issuer",), rule=address.web),
    ]
    authorize_uri: Annotated[Input[str], prop("Authorization endpoint. Needed without discovery.", also=_DISCOVERED)]
    token_uri: Annotated[Input[str], prop("Token endpoint. Needed without discovery.", also=_DISCOVERED)]
    user_info_uri: Annotated[Input[str], prop("User info endpoint.", also=_DISCOVERED)]
    jwks_uri: Annotated[Input[str], prop("Address of the provider's keys. Needed without discovery.", also=_DISCOVERED)]
    client_id: Annotated[
        Input[str], prop("Client id that the identity provider gave to Scalekit.", rule=secret.placeholder)
    ]
    client_secret: Annotated[
        Input[str],
        prop(
            "Client secret that belongs to it. Never shown; the API does not return it, so a change is found by comparing "
            "with the last declaration, and a change made elsewhere is not seen. Removing it sends nothing: the old one stays "
            "valid.",
            secret=True,
            write_only=True,
        ),
    ]
    scopes: Annotated[Input[list[Input[Scope]]], prop("Scopes to ask for, a set.", unordered=True, computed=True)]
    token_auth_type: Annotated[
        Input[TokenAuthType], prop("How the client authenticates at the token endpoint.", computed=True)
    ]
    pkce_enabled: Annotated[Input[bool], prop("Use PKCE.")]
    idp_logout_required: Annotated[Input[bool], prop("Log out of the identity provider too.")]
    sync_user_profile_on_login: Annotated[Input[bool], prop("Copy the user's profile at each log-in.")]
    jit_provisioning_with_sso_enabled: Annotated[Input[bool], _JIT_PROVISIONING]


class Saml(TypedDict, total=False):
    """Settings of a SAML connection: a metadata URL, or entity id, SSO URL and certificate."""

    idp_metadata_url: Annotated[
        Input[str],
        prop(
            "Address of the identity provider's metadata. Scalekit reads entity id, URLs and certificates from it, again and "
            "again.",
            rule=address.web,
        ),
    ]
    idp_entity_id: Annotated[
        Input[str], prop("Entity id of the identity provider.", rule=address.entity_id, also=_FROM_METADATA)
    ]
    idp_sso_url: Annotated[
        Input[str], prop("Where Scalekit sends the user to sign in.", rule=address.web, also=_FROM_METADATA)
    ]
    idp_slo_url: Annotated[
        Input[str], prop("Where Scalekit sends the user to sign out.", rule=address.web, also=_FROM_METADATA)
    ]
    idp_certificate: Annotated[
        Input[str],
        prop(
            "Signing certificate of the identity provider: one X.509 certificate, in PEM form, or as the base64 that "
            "metadata and dashboards show. Line breaks, and text before and after it, do not matter.",
            normal=certificate.normal,
            rule=certificate.refused,
            also=_FROM_METADATA,
        ),
    ]
    idp_name_id_format: Annotated[Input[NameIdFormat], prop("Format of the name id.", computed=True)]
    idp_sso_request_binding: Annotated[Input[RequestBinding], prop("Binding of the sign-in request.", computed=True)]
    idp_slo_request_binding: Annotated[Input[RequestBinding], prop("Binding of the sign-out request.", computed=True)]
    saml_signing_option: Annotated[Input[SigningOption], prop("What the identity provider signs.", computed=True)]
    force_authn: Annotated[Input[bool], prop("Make the user sign in again each time.")]
    want_request_signed: Annotated[Input[bool], prop("Sign our requests.", computed=True)]
    assertion_encrypted: Annotated[Input[bool], prop("Expect encrypted assertions.")]
    idp_slo_required: Annotated[Input[bool], prop("Sign out of the identity provider too.")]
    default_redirect_uri: Annotated[
        Input[str], prop("Where a user lands after a sign-in that the provider started.", rule=address.target)
    ]
    certificate_id: Annotated[Input[str], prop("Scalekit's certificate that signs requests, `cer_…`.", computed=True)]
    ui_button_title: Annotated[Input[str], prop("Title of the button on the sign-in page.")]
    sync_user_profile_on_login: Annotated[Input[bool], prop("Copy the user's profile at each log-in.")]
    jit_provisioning_with_sso_enabled: Annotated[Input[bool], _JIT_PROVISIONING]
    sp_entity_id: Annotated[
        Input[str], prop("Our entity id, to keep a former service provider's.", computed=True, rule=address.entity_id)
    ]
    sp_assertion_url: Annotated[
        Input[str], prop("Our ACS URL, to keep a former service provider's.", computed=True, rule=address.web)
    ]
    sp_slo_url: Annotated[
        Input[str], prop("Our sign-out URL, to keep a former service provider's.", computed=True, rule=address.web)
    ]


class IdpCertificate(TypedDict, total=False):
    """A certificate of the identity provider, as Scalekit holds it."""

    id: Annotated[str, prop("Its id.")]
    certificate: Annotated[str, prop("PEM.")]
    issuer: Annotated[str, prop("Who issued it.")]
    create_time: Annotated[str, prop("When Scalekit got it, RFC 3339.")]
    expiry_time: Annotated[str, prop("When it expires, RFC 3339.")]


ITEM = "/organizations/{organization_id}/connections/{id}"
_SETTINGS = ("debug_enabled", "configuration_type", "ui_button_title", "attribute_mapping", "key_id", "oidc", "saml")
SETTINGS_ENDPOINTS = (
    Endpoint("PATCH", ITEM, owns=_SETTINGS, carries=("provider", "type"), left_out="unknown", unpublished=True),
    Endpoint("PUT", ITEM + "/domains", owns=("domain_ids",), unpublished=True),
    Endpoint("PATCH", ITEM, owns=("enabled",), action={True: ":enable", False: ":disable"}),
)

# What Connection and ConnectionSettings both have: the same properties of the same object.
PROVIDER: Any = prop(
    "The customer's identity provider, or `CUSTOM`. `SCALEKIT`, which Scalekit keeps for its own, and the social sign-ins "
    "`GITHUB`, `GITLAB`, `LINKEDIN`, `SALESFORCE` and `MICROSOFT` cannot be an organization's. A change replaces."
)
TYPE: Any = prop("The protocol. A change replaces.")
DEBUG_ENABLED: Any = prop("Allow endpoints without https. For development only. A change updates.", default=None)
CONFIGURATION_TYPE: Any = prop("Whether endpoints are discovered or given. A change updates.", default=None)
UI_BUTTON_TITLE: Any = prop(
    "Title of the button on the sign-in page. A change updates; removing it clears it.", default=None, hidden=True
)
ATTRIBUTE_MAPPING: Any = prop(
    "From Scalekit's attribute to the identity provider's, at most 30 pairs: keys of 1 to 100 characters, values of 1 to "
    "256. Managed as a whole: a mapping that somebody added is drift. A change updates.",
    default=None,
    items=(0, 30),
    keys=(1, 100),
    length=(1, 256),
)
KEY_ID: Any = prop(
    "Alias of the connection, 1 to 300 characters; Scalekit makes one where none is given. A change updates.",
    default=None,
    length=(1, 300),
    computed=True,
    clear=REFUSE,
    clear_advice="Keep it, or declare another one.",
)
OIDC: Any = prop("Settings of an OIDC connection. A change updates.", default=None, wire="oidc_config")
SAML: Any = prop("Settings of a SAML connection. A change updates.", default=None, wire="saml_config")
DOMAIN_IDS: Any = prop(
    "Domains whose users sign in here, `dom_…`: a set of at most 50. A change updates; removing it unassigns all.",
    default=None,
    unordered=True,
    items=(0, 50),
)
ENABLED: Any = prop(
    "Whether users can sign in with it. A change updates; left out or removed, it stays as it is. Enabling needs complete "
    "settings.",
    default=None,
)
STATUS: Any = prop(
    "How far it is set up: `DRAFT`, `IN_PROGRESS`, `COMPLETED`.", init=False, incomplete=("DRAFT", "IN_PROGRESS")
)
TEST_CONNECTION_URI: Any = prop("Address at which an administrator can try it.", init=False, stable=True)
REDIRECT_URI: Any = prop("OIDC: the redirect URI to register at the identity provider.", init=False, stable=True)
POST_LOGOUT_REDIRECT_URI: Any = prop("OIDC: where the provider sends the user after log-out.", init=False, stable=True)
BACKCHANNEL_LOGOUT_REDIRECT_URI: Any = prop("OIDC: where the provider announces log-outs.", init=False, stable=True)
SP_ENTITY_ID: Any = prop("SAML: our entity id, to register at the identity provider.", init=False)
SP_ASSERTION_URL: Any = prop("SAML: our assertion consumer service (ACS) URL, to register there.", init=False)
SP_METADATA_URL: Any = prop("SAML: our metadata.", init=False, stable=True)
SP_SLO_URL: Any = prop("SAML: our sign-out URL.", init=False)
IDP_CERTIFICATES: Any = prop("SAML: the provider's certificates that Scalekit holds.", init=False)


def from_wire(found: Body, declared: Values) -> Body:
    """Outputs stand beside the settings here, and inside them in the API."""
    oidc, saml = found.get("oidc_config") or {}, dict(found.get("saml_config") or {})
    mine: dict[str, Any] = declared.get("saml") or {}
    certificates = [one.get("certificate") or "" for one in saml.get("idp_certificates") or ()]
    wanted = certificate.normal(mine.get("idp_certificate") or "")
    # Several may be held while one is rolled over: ours counts if it is among them.
    saml["idp_certificate"] = next(
        (one for one in certificates if wanted and certificate.normal(one) == wanted),
        certificates[-1] if certificates else "",
    )
    if mine.get("idp_metadata_url"):
        # Scalekit reads these from the metadata again and again: their change is the provider's, not drift.
        followed = ("idp_entity_id", "idp_sso_url", "idp_slo_url", "idp_certificate")
        saml |= {name: mine[name] for name in followed if name in mine}
    return {
        **found,
        "saml_config": saml if found.get("saml_config") else None,
        "domain_ids": [one["id"] for one in found.get("domains") or () if isinstance(one, dict)],
        "redirect_uri": oidc.get("redirect_uri"),
        "post_logout_redirect_uri": oidc.get("post_logout_redirect_uri"),
        "backchannel_logout_redirect_uri": oidc.get("backchannel_logout_redirect_uri"),
        **{name: saml.get(name) for name in ("sp_entity_id", "sp_assertion_url", "sp_metadata_url", "sp_slo_url")},
        "idp_certificates": saml.get("idp_certificates"),
        "create_time": found.get("create_time") or found.get("created_at"),
    }


class Connection(Resource, rule=connection_rules.fitting, rule_of_new=connection_rules.whole):
    """An organization's enterprise single sign-on.

    It can be declared without its settings, which then follow in a `ConnectionSettings`: an identity provider needs our
    outputs, and we need its.

    Creating a connection and writing its settings use endpoints that Scalekit has not published
    (`POST /api/v1/organizations/{organization_id}/connections`, `PATCH …/connections/{id}`, `PUT …/domains`). Reading,
    enabling, disabling and deleting use published ones.
    """

    organization_id: Prop[str] = prop("Organization it belongs to, `org_…`. A change replaces.")
    provider: Prop[IdentityProvider] = prop(PROVIDER)
    type: Prop[Protocol] = prop(TYPE)
    debug_enabled: Prop[bool] = prop(DEBUG_ENABLED, default=None)
    configuration_type: Prop[ConfigurationType] = prop(CONFIGURATION_TYPE, default=None)
    ui_button_title: Prop[str] = prop(UI_BUTTON_TITLE, default=None)
    attribute_mapping: MapProp[str] = prop(ATTRIBUTE_MAPPING, default=None)
    key_id: Prop[str] = prop(KEY_ID, default=None)
    oidc: Prop[Oidc] = prop(OIDC, default=None)
    saml: Prop[Saml] = prop(SAML, default=None)
    domain_ids: ListProp[str] = prop(DOMAIN_IDS, default=None)
    enabled: Prop[bool] = prop(ENABLED, default=None)
    status: Prop[str] = prop(STATUS, init=False)
    test_connection_uri: Prop[str] = prop(TEST_CONNECTION_URI, init=False)
    redirect_uri: Prop[str] = prop(REDIRECT_URI, init=False)
    post_logout_redirect_uri: Prop[str] = prop(POST_LOGOUT_REDIRECT_URI, init=False)
    backchannel_logout_redirect_uri: Prop[str] = prop(BACKCHANNEL_LOGOUT_REDIRECT_URI, init=False)
    sp_entity_id: Prop[str] = prop(SP_ENTITY_ID, init=False)
    sp_assertion_url: Prop[str] = prop(SP_ASSERTION_URL, init=False)
    sp_metadata_url: Prop[str] = prop(SP_METADATA_URL, init=False)
    sp_slo_url: Prop[str] = prop(SP_SLO_URL, init=False)
    idp_certificates: ListProp[IdpCertificate] = prop(IDP_CERTIFICATES, init=False)
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=ITEM,
        envelope="connection",
        create=Endpoint(
            "POST",
            "/organizations/{organization_id}/connections",
            owns=("provider", "type", "key_id"),
            unpublished=True,
        ),
        update=SETTINGS_ENDPOINTS,
        delete=Endpoint("DELETE", ITEM),
        unlock=Endpoint("PATCH", ITEM + ":disable"),
        listing=Listing(
            "/connections",
            "connections",
            query=(("organization_id", "{organization_id}"), ("include", "all")),
            paged="no",
        ),
        twin=("provider", "type"),
        from_wire=from_wire,
    )
