"""Connection: an organization's enterprise single sign-on, by OIDC or SAML."""

from dataclasses import replace
from typing import Any, Literal

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model import certificate
from pulumi_scalekit.model.api import Api, Endpoint, Happened, Inventory, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.program.resource import (
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Property,
    Resource,
    prop,
)
from pulumi_scalekit.resources import connection_rules
from pulumi_scalekit.resources.connection_findings import (
    CONNECTION_FINDINGS,
    CONNECTION_HEALTH,
    LOST_FOR_GOOD,
    consequence,
)
from pulumi_scalekit.resources.connection_protocols import IdpCertificate, Oidc, Saml

IdentityProvider = Literal[
    "OKTA", "GOOGLE", "MICROSOFT_AD", "AUTH0", "ONELOGIN", "PING_IDENTITY", "JUMPCLOUD", "CUSTOM", "GITHUB", "GITLAB",
    "LINKEDIN", "SALESFORCE", "MICROSOFT", "IDP_SIMULATOR", "SCALEKIT", "ADFS",
] | enums.ConnectionProvider  # fmt: skip
Protocol = Literal["OIDC", "SAML"] | enums.ConnectionType
ConfigurationType = Literal["DISCOVERY", "MANUAL"] | enums.ConnectionConfigurationType

ITEM = "/organizations/{organization_id}/connections/{id}"
_SETTINGS = ("debug_enabled", "configuration_type", "ui_button_title", "attribute_mapping", "key_id", "oidc", "saml")
SETTINGS_ENDPOINTS = (
    Endpoint("PATCH", ITEM, owns=_SETTINGS, carries=("provider", "type"), left_out="unknown", unpublished=True),
    Endpoint("PUT", ITEM + "/domains", owns=("domain_ids",), unpublished=True),
    Endpoint(
        "PATCH",
        ITEM,
        owns=("enabled",),
        action={True: ":enable", False: ":disable"},
        moves={"status": ("COMPLETED", "CONFIGURED")},
    ),
)
EVERY_CONNECTION = Listing("/connections", "connections", query=(("include", "all"),), paged="no")
"""What belongs to no organization may stand in it too."""
SWITCHED: dict[Happened, str] = {"enabled": "organization.sso_enabled", "disabled": "organization.sso_disabled"}

# What Connection and ConnectionSettings both have: the same properties of the same object.
PROVIDER: Any = prop(
    "The customer's identity provider, or `CUSTOM` for any other. An organization cannot have `SCALEKIT`, which is reserved "
    "for Scalekit, nor the social sign-ins `GITHUB`, `GITLAB`, `LINKEDIN`, `SALESFORCE` and `MICROSOFT`."
)
TYPE: Any = prop("The protocol.")
DEBUG_ENABLED: Any = prop("Allow endpoints without https. For development only.", default=None)
CONFIGURATION_TYPE: Any = prop("Whether the endpoints are discovered or declared.", default=None)
UI_BUTTON_TITLE: Any = prop("Title of the button on the sign-in page.", default=None, sparse=True)
ATTRIBUTE_MAPPING: Any = prop(
    "Maps Scalekit's attributes to the identity provider's, at most 30 pairs: keys of 1 to 100 characters, values of 1 to "
    "256. Managed as a whole: a pair that somebody added is drift.",
    default=None,
    items=(0, 30),
    keys=(1, 100),
    length=(1, 256),
)
KEY_ID: Any = prop(
    "Alias of the connection, 1 to 300 characters. If it is not declared, Scalekit generates an alias.",
    default=None,
    length=(1, 300),
    server_default=True,
    clear=REFUSE,
    clear_advice="Keep it, or declare another one.",
)
OIDC: Any = prop("Settings of an OIDC connection.", default=None, wire="oidc_config")
SAML: Any = prop("Settings of a SAML connection.", default=None, wire="saml_config")
DOMAIN_IDS: Any = prop(
    "Domains whose users sign in here, `dom_…`: a set of at most 50.",
    default=None,
    unordered=True,
    items=(0, 50),
    refers_to=("Domain.id",),
)
ENABLED: Any = prop(
    "Whether users can sign in with it. Enabling needs complete settings.",
    default=None,
)
STATUS: Any = prop(
    "How far it is set up: `DRAFT`, `IN_PROGRESS` or `COMPLETED`.", init=False, incomplete=("DRAFT", "IN_PROGRESS")
)
TEST_CONNECTION_URI: Any = prop("Address at which an administrator can test the connection.", init=False, stable=True)
REDIRECT_URI: Any = prop("OIDC: the redirect URI to register at the identity provider.", init=False, stable=True)
POST_LOGOUT_REDIRECT_URI: Any = prop("OIDC: where the provider sends the user after log-out.", init=False, stable=True)
BACKCHANNEL_LOGOUT_REDIRECT_URI: Any = prop("OIDC: where the provider announces log-outs.", init=False, stable=True)
SP_ENTITY_ID: Any = prop("SAML: the service provider's entity id, to register at the identity provider.", init=False)
SP_ASSERTION_URL: Any = prop(
    "SAML: the service provider's assertion consumer service (ACS) URL, to register at the identity provider.",
    init=False,
)
SP_METADATA_URL: Any = prop("SAML: address of the service provider's metadata.", init=False, stable=True)
SP_SLO_URL: Any = prop("SAML: the service provider's sign-out URL.", init=False)
IDP_CERTIFICATES: Any = prop("SAML: the provider's certificates that Scalekit holds.", init=False)


def from_wire(found: Body, declared: Values) -> Body:
    """Outputs stand beside the settings here, and inside them in the API."""
    oidc, saml = found.get("oidc_config") or {}, dict(found.get("saml_config") or {})
    mine: dict[str, Any] = declared.get("saml") or {}
    certificates = [listed.get("certificate") or "" for listed in saml.get("idp_certificates") or ()]
    wanted = certificate.normal(mine.get("idp_certificate") or "")
    # Several may be held while one is rolled over: ours counts if it is among them.
    saml["idp_certificate"] = next(
        (text for text in certificates if wanted and certificate.normal(text) == wanted),
        certificates[-1] if certificates else "",
    )
    if mine.get("idp_metadata_url"):
        # Scalekit reads these from the metadata again and again: their change is the provider's, not drift.
        followed = ("idp_entity_id", "idp_sso_url", "idp_slo_url", "idp_certificate")
        saml |= {name: mine[name] for name in followed if name in mine}
    return {
        **found,
        "saml_config": saml if found.get("saml_config") else None,
        "domain_ids": [domain["id"] for domain in found.get("domains") or () if isinstance(domain, dict)],
        "redirect_uri": oidc.get("redirect_uri"),
        "post_logout_redirect_uri": oidc.get("post_logout_redirect_uri"),
        "backchannel_logout_redirect_uri": oidc.get("backchannel_logout_redirect_uri"),
        **{name: saml.get(name) for name in ("sp_entity_id", "sp_assertion_url", "sp_metadata_url", "sp_slo_url")},
        "idp_certificates": saml.get("idp_certificates"),
        "create_time": found.get("create_time") or found.get("created_at"),
    }


class Connection(
    Resource,
    rule=connection_rules.fitting,
    rule_of_new=connection_rules.whole,
    findings=CONNECTION_FINDINGS,
    consequence=consequence,
    health=CONNECTION_HEALTH,
    lost_for_good=LOST_FOR_GOOD,
):
    """An organization's enterprise single sign-on.

    Its settings may be declared in a `ConnectionSettings` instead. That breaks a cycle: an application at the identity
    provider is created from outputs of the connection, and the settings are outputs of that application.

    Creating a connection and writing its settings use endpoints that Scalekit has not published
    (`POST /api/v1/organizations/{organization_id}/connections`, `PATCH …/connections/{id}`, `PUT …/domains`). Reading,
    enabling, disabling and deleting use published ones.
    """

    organization_id: Prop[str] = prop("Organization it belongs to, `org_…`.", refers_to=("Organization.id",))
    provider: Prop[IdentityProvider] = prop(PROVIDER)
    type: Prop[Protocol] = prop(TYPE)
    debug_enabled: OptionalProp[bool] = prop(DEBUG_ENABLED, default=None)
    configuration_type: OptionalProp[ConfigurationType] = prop(CONFIGURATION_TYPE, default=None)
    ui_button_title: OptionalProp[str] = prop(UI_BUTTON_TITLE, default=None)
    attribute_mapping: OptionalMapProp[str] = prop(ATTRIBUTE_MAPPING, default=None)
    key_id: OptionalProp[str] = prop(KEY_ID, default=None)
    oidc: OptionalBlockProp[Oidc, outputs.Oidc] = prop(OIDC, default=None)
    saml: OptionalBlockProp[Saml, outputs.Saml] = prop(SAML, default=None)
    domain_ids: OptionalListProp[str] = prop(DOMAIN_IDS, default=None)
    enabled: OptionalProp[bool] = prop(ENABLED, default=None)
    status: Prop[str] = prop(STATUS, init=False)
    test_connection_uri: Prop[str] = prop(TEST_CONNECTION_URI, init=False)
    redirect_uri: Prop[str] = prop(REDIRECT_URI, init=False)
    post_logout_redirect_uri: Prop[str] = prop(POST_LOGOUT_REDIRECT_URI, init=False)
    backchannel_logout_redirect_uri: Prop[str] = prop(BACKCHANNEL_LOGOUT_REDIRECT_URI, init=False)
    sp_entity_id: Prop[str] = prop(SP_ENTITY_ID, init=False)
    sp_assertion_url: Prop[str] = prop(SP_ASSERTION_URL, init=False)
    sp_metadata_url: Prop[str] = prop(SP_METADATA_URL, init=False)
    sp_slo_url: Prop[str] = prop(SP_SLO_URL, init=False)
    idp_certificates: Property[list[IdpCertificate], list[outputs.IdpCertificate] | None] = prop(
        IDP_CERTIFICATES, init=False
    )
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
        before_delete=Endpoint("PATCH", ITEM + ":disable", owns=("enabled",)),
        events={"created": "organization.sso_created", "deleted": "organization.sso_deleted", **SWITCHED},
        listing=Listing(
            "/connections",
            "connections",
            query=(("organization_id", "{organization_id}"), ("include", "all")),
            paged="no",
        ),
        inventory=Inventory(replace(EVERY_CONNECTION, of="organizations")),
        identity=("provider", "type"),
        leads_to=connection_rules.IDENTITY_PROVIDER,
        from_wire=from_wire,
    )
