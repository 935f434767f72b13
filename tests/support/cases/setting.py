from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.store import Record
from tests.support.api import Api
from tests.support.cases.case import ABSENT, Case, Edit, Place, Program, at, collection, put

SESSION_POLICY = Case(
    "session policy",
    "scalekit:index:SessionPolicy",
    lambda api: {
        "organizationId": api.organization(),
        "policySource": "CUSTOM",
        "absoluteSessionTimeout": 480,
        "idleSessionTimeoutEnabled": True,
        "idleSessionTimeout": 60,
    },
    collection("session_policies"),
    edits={
        "absoluteSessionTimeout": Edit(1440, at("absolute_session_timeout"), 1440),
        "idleSessionTimeout": Edit(30, at("idle_session_timeout"), 30),
        "idleSessionTimeoutEnabled": Edit(False, at("idle_session_timeout_enabled"), False),
    },
    kept=("absoluteSessionTimeout", "idleSessionTimeout"),
    replacing={"organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")}},
    drift={
        "absoluteSessionTimeout": put(10, "absolute_session_timeout"),
        "idleSessionTimeout": put(5, "idle_session_timeout"),
        "idleSessionTimeoutEnabled": put(False, "idle_session_timeout_enabled"),
    },
    setting=True,
    stays=True,
)

INHERITED_SESSION_POLICY = Case(
    "inherited session policy",
    "scalekit:index:SessionPolicy",
    lambda api: {"organizationId": api.organization(), "policySource": "APPLICATION"},
    # An organization that inherits has no policy of its own.
    Place(
        lambda store, id_, _: store.session_policies.get(id_, {"policy_source": "APPLICATION"}),
        lambda store, id_, _: store.session_policies.pop(id_),
    ),
    edits={"policySource": Edit("CUSTOM", at("policy_source"), "CUSTOM")},
    setting=True,
    stays=True,
)

USER_LIMIT = Case(
    "user limit",
    "scalekit:index:UserLimit",
    lambda api: {"organizationId": api.organization(), "maxAllowedUsers": 100},
    collection("user_limits"),
    edits={"maxAllowedUsers": Edit(0, at("max_allowed_users"), 0)},
    removals={"maxAllowedUsers": Edit(ABSENT, at("max_allowed_users"), None)},
    replacing={"organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")}},
    drift={"maxAllowedUsers": put(5, "max_allowed_users")},
    pins={"user_limit": "available"},
    setting=True,
    stays=True,
)

ORGANIZATION_BRANDING = Case(
    "organization branding",
    "scalekit:index:OrganizationBranding",
    lambda api: {
        "organizationId": api.organization(),
        "source": "CUSTOM",
        "portalCustomization": {"logo_url": "https://acme.com/logo.png", "button_color": "#b71c1c"},
        "applicationCustomization": {"name": "Acme"},
    },
    collection("organization_brandings"),
    one_of_these=("portalCustomization",),
    edits={
        "portalCustomization": Edit(
            {"button_color": "#000000"},
            at("customization_settings", "portal_customization"),
            {"button_color": "#000000"},
            reads=1,
        ),
        "applicationCustomization": Edit(
            {"name": ""}, at("customization_settings", "application_customization", "name"), "", reads=1
        ),
    },
    removals={
        "portalCustomization": Edit(ABSENT, at("customization_settings", "portal_customization"), {}, reads=1),
        "applicationCustomization": Edit(
            ABSENT, at("customization_settings", "application_customization"), {}, reads=1
        ),
    },
    replacing={"organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")}},
    drift={
        "source": put("BRANDING_SOURCE_ENVIRONMENT", "source"),
        "portalCustomization.button_color": put(
            "#ffffff", "customization_settings", "portal_customization", "button_color"
        ),
        "applicationCustomization.name": put("Other", "customization_settings", "application_customization", "name"),
    },
    pins={"organization_branding": "available"},
    setting=True,
    stays=True,
)


def _saved_branding(api: Api) -> Program:
    organization = api.organization()
    saved = {"customization_settings": {"portal_customization": {"button_color": "#b71c1c"}}}
    api.store.organization_brandings[organization] = Record(source="BRANDING_SOURCE_CUSTOM", **saved)
    return {"organizationId": organization, "source": "ENVIRONMENT"}


INHERITED_ORGANIZATION_BRANDING = Case(
    "inherited organization branding",
    "scalekit:index:OrganizationBranding",
    _saved_branding,
    collection("organization_brandings"),
    edits={"source": Edit("CUSTOM", at("source"), "BRANDING_SOURCE_CUSTOM", reads=1)},
    drift={"source": put("BRANDING_SOURCE_CUSTOM", "source")},
    pins={"organization_branding": "available"},
    setting=True,
    stays=True,
)
