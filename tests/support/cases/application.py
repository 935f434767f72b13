from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.cases.case import ABSENT, Case, Edit, Place, at, collection, put, secrets_of, sorted_at


def _claims(record: Any) -> dict[str, str]:
    return {one["key"]: one["value"] for one in record.get("custom_claims", ())}


def _ranges(record: Any) -> tuple[Any, list[str]]:
    allowed = record["ip_allowlist"]
    return allowed.get("opted_in", False), sorted(one["value"] for one in allowed["cidrs"])


APPLICATION = Case(
    "application",
    "scalekit:index:Application",
    lambda _: {
        "name": "Portal",
        "clientType": "WEB_APP",
        "postLoginUris": ["https://b.acme.example/in", "https://a.acme.example/in"],
        "postLogoutRedirectUris": ["https://acme.example/out"],
        "backChannelLogoutUris": ["https://acme.example/back"],
        "initiateLoginUri": "https://acme.example/start",
        "accessTokenExpiry": 300,
        "scopes": ["openid", "email"],
        "customClaims": {"app": "portal"},
        "disallowScalekitApiAccess": True,
        "grantTypes": ["refresh_token", "authorization_code"],
        "enforcePkce": True,
        "ipAllowlist": {"optedIn": True, "cidrs": ["2001:db8::/32", "203.0.113.0/24"]},
    },
    collection("applications"),
    edits={
        "name": Edit("Console", at("name"), "Console"),
        "postLoginUris": Edit(["https://c.acme.example/in"], at("post_login_uris"), ["https://c.acme.example/in"]),
        "postLogoutRedirectUris": Edit(["https://c.example"], at("post_logout_redirect_uris"), ["https://c.example"]),
        "backChannelLogoutUris": Edit(["https://c.example"], at("back_channel_logout_uris"), ["https://c.example"]),
        "initiateLoginUri": Edit("https://c.example/start", at("initiate_login_uri"), "https://c.example/start"),
        "accessTokenExpiry": Edit(600, at("access_token_expiry"), "600"),
        "scopes": Edit(["profile", "openid"], sorted_at("scopes"), ["openid", "profile"]),
        "customClaims": Edit({"app": "console", "tier": "1"}, _claims, {"app": "console", "tier": "1"}),
        "disallowScalekitApiAccess": Edit(False, lambda one: one["disallow_scalekit_api_access"], False),
        "grantTypes": Edit(["authorization_code"], at("grant_types"), ["authorization_code"]),
        "enforcePkce": Edit(False, lambda one: one["enforce_pkce"], False),
        "ipAllowlist": Edit({"optedIn": True, "cidrs": ["203.0.113.0/25"]}, _ranges, (True, ["203.0.113.0/25"])),
    },
    removals={
        "postLogoutRedirectUris": Edit(ABSENT, lambda one: one.get("post_logout_redirect_uris") or [], []),
        "initiateLoginUri": Edit(ABSENT, lambda one: one.get("initiate_login_uri") or "", ""),
        "scopes": Edit(ABSENT, lambda one: one.get("scopes") or [], []),
        "customClaims": Edit(ABSENT, _claims, {}),
    },
    kept=("accessTokenExpiry",),
    replacing={"clientType": lambda _: {"clientType": "SPA"}},
    drift={
        "name": put("Renamed", "name"),
        "postLoginUris": put(["https://evil.example"], "post_login_uris"),
        "initiateLoginUri": put("https://evil.example", "initiate_login_uri"),
        "accessTokenExpiry": put("9", "access_token_expiry"),
        "scopes": put(["openid"], "scopes"),
        "enforcePkce": put(False, "enforce_pkce"),
        "ipAllowlist.optedIn": put(False, "ip_allowlist", "opted_in"),
    },
    unmoved={
        "application_update=non_zero": ("postLogoutRedirectUris", "scopes", "customClaims"),
    },
)

APPLICATION_SECRET = Case(
    "application secret",
    "scalekit:index:ApplicationSecret",
    lambda api: {"clientId": api.application(), "rotation": "2026-01"},
    secrets_of("applications", "clientId"),
    replacing={
        "clientId": lambda api: {"clientId": api.application("Console")},
        "rotation": lambda _: {"rotation": "2026-02"},
    },
    pins={"last_application_credential": "deleted"},
    secret_outputs=frozenset({"plainSecret"}),
    unread=frozenset({"rotation"}),
)

_BUILT_IN = (
    "postLogoutRedirectUris", "backChannelLogoutUris", "initiateLoginUri", "accessTokenExpiry", "customClaims", "enforcePkce",
    "ipAllowlist",
)  # fmt: skip
"""What an application and the default one have in common, and may be declared of both."""


def _built_in(store: Any) -> Any:
    return next(one for one in store.applications.values() if one["client_type"] == "ENV")


DEFAULT_APPLICATION = Case(
    "default application",
    "scalekit:index:DefaultApplication",
    lambda api: {name: value for name, value in APPLICATION.program(api).items() if name in _BUILT_IN},
    Place(lambda store, *_: _built_in(store), lambda *_: None),
    edits={
        **{name: edit for name, edit in APPLICATION.edits.items() if name in _BUILT_IN},
        "initiateLoginUri": replace(APPLICATION.edits["initiateLoginUri"], reads=1),
    },
    removals={name: APPLICATION.removals[name] for name in ("postLogoutRedirectUris", "customClaims")},
    kept=("accessTokenExpiry", "initiateLoginUri"),
    drift={
        "postLogoutRedirectUris": put(["https://evil.example"], "post_logout_redirect_uris"),
        **{
            name: APPLICATION.drift[name]
            for name in ("initiateLoginUri", "accessTokenExpiry", "enforcePkce", "ipAllowlist.optedIn")
        },
    },
    unmoved={"application_update=non_zero": ("postLogoutRedirectUris", "customClaims")},
    setting=True,
    stays=True,
)

_URI = "https://app.acme.example/call%20back/+1"


def _uris(store: Any) -> list[str]:
    uris: list[str] = _built_in(store).setdefault("post_login_uris", [])
    return uris


def _redirect_uri(api: Any) -> dict[str, Any]:
    api.send("POST", "/environment/redirect-uris", {"redirect_uri": "https://app.acme.example/first"})
    return {"redirectUri": _URI}


REDIRECT_URI = Case(
    "redirect uri",
    "scalekit:index:RedirectUri",
    _redirect_uri,
    Place(
        lambda store, id_, _: id_ if id_ in _uris(store) else None,
        lambda store, id_, _: _uris(store).remove(id_),
    ),
    replacing={"redirectUri": lambda _: {"redirectUri": "https://app.acme.example/other"}},
)
