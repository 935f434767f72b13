from __future__ import annotations

from tests.support.cases.case import ABSENT, Case, Edit, Place, at, collection, put

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
