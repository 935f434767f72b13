from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.cases.case import ABSENT, Case, Edit, at, collection, put

_TOKEN = "scalekit:index:EnvironmentConnection"
_PLACE = collection("environment_connections")
_ONE_OF_TWO = ("provider", "providerKey")
_WORKSPACE_SCOPES = [f"https://www.googleapis.com/auth/{name}" for name in ("calendar", "drive", "gmail.readonly")]


def _of(block: str, *names: str) -> Callable[[Any], dict[str, Any]]:
    """Some settings of a block; lists sorted."""

    def read(record: Any) -> dict[str, Any]:
        held = record[block]
        return {name: sorted(held[name]) if isinstance(held[name], list) else held[name] for name in names}

    return read


SOCIAL_SIGN_IN = Case(
    "social sign-in",
    _TOKEN,
    lambda _: {
        "provider": "GITHUB",
        "type": "OAUTH",
        "keyId": "github",
        "debugEnabled": False,
        "uiButtonTitle": "Sign in with GitHub",
        "attributeMapping": {"email": "mail"},
        "oauth": {
            "clientId": "Iv1.1",
            "clientSecret": "s3cret-canary",
            "scopes": ["read:user", "user:email"],
            "prompt": "consent",
            "pkceEnabled": True,
            "optionalScopes": ["repo"],
            "optionalScopesFieldName": "optional_scope",
            "extraAuthorizeParams": {"allow_signup": "false"},
        },
        "enabled": True,
    },
    _PLACE,
    one_of_these=_ONE_OF_TWO,
    edits={
        "keyId": Edit("github-2", at("key_id"), "github-2"),
        "debugEnabled": Edit(True, at("debug_enabled"), True),
        "uiButtonTitle": Edit("GitHub", at("ui_button_title"), "GitHub"),
        "attributeMapping": Edit({"email": "address"}, at("attribute_mapping"), {"email": "address"}),
        "oauth": Edit(
            {
                "clientId": "Iv1.2",
                "clientSecret": "s3cret-canary-2",
                "scopes": ["user:email"],
                "prompt": "login",
                "pkceEnabled": False,
                "optionalScopes": ["gist"],
                "optionalScopesFieldName": "bot_scope",
                "extraAuthorizeParams": {"login": "octocat"},
            },
            lambda record: {
                **_of("oauth_config", "client_id", "client_secret", "scopes", "prompt", "pkce_enabled")(record),
                "optional": record["oauth_config"]["optional_scopes"],
                "extra": record["oauth_config"]["extensions"],
            },
            {
                "client_id": "Iv1.2",
                "client_secret": "s3cret-canary-2",
                "scopes": ["user:email"],
                "prompt": "login",
                "pkce_enabled": False,
                "optional": {"scopes": ["gist"], "field_name": "bot_scope"},
                "extra": {"extra_authorize_params": {"login": "octocat"}},
            },
        ),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    replacing={"provider": lambda _: {"provider": "GITLAB"}},
    drift={
        "keyId": put("renamed", "key_id"),
        "uiButtonTitle": put("", "ui_button_title"),
        "oauth.clientId": put("Iv1.9", "oauth_config", "client_id"),
        "oauth.scopes": put(["repo"], "oauth_config", "scopes"),
        "oauth.optionalScopes": put(["all"], "oauth_config", "optional_scopes", "scopes"),
        "enabled": put(False, "enabled"),
    },
    removals={
        "uiButtonTitle": Edit(ABSENT, lambda one: one.get("ui_button_title") or "", ""),
        "attributeMapping": Edit(ABSENT, at("attribute_mapping"), {}),
    },
    kept=("keyId",),
    unmoved={"empty_attribute_mapping=ignored": ("attributeMapping",)},
    secret_inputs=frozenset({"oauth.clientSecret"}),
    secret_outputs=frozenset({"oauth.clientSecret"}),
    unread=frozenset({"debugEnabled", "uiButtonTitle"}),
)

CONNECTOR = Case(
    "connector",
    _TOKEN,
    lambda _: {
        "providerKey": "SLACK",
        "type": "OAUTH",
        "keyId": "slack-work",
        "authMode": "ORG_WIDE",
        "contextDomain": "eu.slack.example",
        "contextVersion": "v2",
        "oauth": {"clientId": "1.2", "clientSecret": "s3cret-canary", "scopes": ["chat:write", "search:read"]},
        "scopeSelection": {"scopeSelectionAllowed": True, "requiredScopes": ["chat:write"]},
        "enabled": True,
    },
    _PLACE,
    one_of_these=_ONE_OF_TWO,
    edits={
        "scopeSelection": Edit(
            {"scopeSelectionAllowed": True, "requiredScopes": ["search:read"]},
            _of("oauth_config", "scope_selection_allowed", "required_scopes", "client_id"),
            {"scope_selection_allowed": True, "required_scopes": ["search:read"], "client_id": "1.2"},
        ),
    },
    replacing={
        "providerKey": lambda _: {"providerKey": "TEAMS"},
        "authMode": lambda _: {"authMode": "USER"},
        "contextDomain": lambda _: {"contextDomain": "us.slack.example"},
        "contextVersion": lambda _: {"contextVersion": "v3"},
    },
    drift={"scopeSelection.requiredScopes": put([], "oauth_config", "required_scopes")},
    secret_inputs=frozenset({"oauth.clientSecret"}),
    secret_outputs=frozenset({"oauth.clientSecret"}),
    unread=frozenset({"contextDomain", "contextVersion"}),
)

SIGN_IN_BY_E_MAIL = Case(
    "sign-in by e-mail",
    _TOKEN,
    lambda _: {
        "provider": "SCALEKIT",
        "type": "PASSWORDLESS",
        "passwordless": {
            "type": "LINK_OTP",
            "validity": 300,
            "enforceSameBrowserOrigin": True,
            "regeneratePasswordlessCredentialsOnResend": True,
            "codeChallengeLength": 6,
            "codeChallengeType": "NUMERIC",
            "frequency": 1,
        },
        "keyId": "e-mail",
        "enabled": True,
    },
    _PLACE,
    one_of_these=_ONE_OF_TWO,
    edits={
        "passwordless": Edit(
            {
                "type": "OTP",
                "validity": 600,
                "codeChallengeLength": 8,
                "codeChallengeType": "ALPHANUMERIC",
                "frequency": 2,
            },
            _of("passwordless_config", "type", "validity", "code_challenge_length", "code_challenge_type", "frequency"),
            {
                "type": "OTP",
                "validity": 600,
                "code_challenge_length": 8,
                "code_challenge_type": "ALPHANUMERIC",
                "frequency": 2,
            },
        ),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    drift={
        "passwordless.validity": put(900, "passwordless_config", "validity"),
        "passwordless.enforceSameBrowserOrigin": put(False, "passwordless_config", "enforce_same_browser_origin"),
    },
)

PASSKEYS = Case(
    "passkeys",
    _TOKEN,
    lambda _: {
        "provider": "SCALEKIT",
        "type": "WEBAUTHN",
        "webauthn": {
            "rpIds": ["acme.example"],
            "rpOrigins": ["https://acme.example", "https://app.acme.example"],
            "showPasskeyButton": True,
            "enableConditionalLogin": True,
            "enableAutoRegistration": True,
            "userVerification": "required",
            "authenticatorAttachment": "platform",
            "conveyancePreference": "direct",
            "enterpriseApprovedIds": ["acme.example"],
            "validateEntry": True,
            "validateStatus": True,
            "undesiredAuthenticatorStatus": ["REVOKED"],
            "registrationTimeout": 300,
            "loginTimeoutUvd": 120,
        },
        "keyId": "WEBAUTHN",
        "enabled": True,
    },
    _PLACE,
    one_of_these=_ONE_OF_TWO,
    edits={
        "webauthn": Edit(
            {
                "rpIds": ["acme.example", "acme2.example"],
                "rpOrigins": ["https://acme.example"],
                "showPasskeyButton": False,
                "userVerification": "preferred",
                "undesiredAuthenticatorStatus": ["REVOKED", "UPDATE_AVAILABLE"],
                "registrationTimeout": 600,
            },
            lambda record: (
                record["webauthn_config"]["show_passkey_button"],
                sorted(record["webauthn_config"]["rp"]["ids"]),
                record["webauthn_config"]["rp"]["origins"],
                record["webauthn_config"]["authenticator_selection"]["user_verification"],
                sorted(record["webauthn_config"]["authenticators"]["undesired_authenticator_status"]),
                record["webauthn_config"]["timeout"]["registration"],
            ),
            (
                False,
                ["acme.example", "acme2.example"],
                ["https://acme.example"],
                "preferred",
                ["REVOKED", "UPDATE_AVAILABLE"],
                "600s",
            ),
        ),
    },
    drift={
        "webauthn.rpIds": put(["evil.example"], "webauthn_config", "rp", "ids"),
        "webauthn.userVerification": put(
            "discouraged", "webauthn_config", "authenticator_selection", "user_verification"
        ),
        "webauthn.loginTimeoutUvd": put("200s", "webauthn_config", "timeout", "login_uvd"),
        "webauthn.validateStatus": put(False, "webauthn_config", "authenticators", "validate_status"),
    },
)

GOOGLE_DELEGATION = Case(
    "google delegation",
    _TOKEN,
    lambda _: {
        "providerKey": "GOOGLEDWD",
        "type": "GOOGLE_DWD",
        "keyId": "workspace",
        "authMode": "USER",
        "googleDwd": {
            "serviceAccountJson": '{"type":"service_account","private_key":"s3cret-canary"}',
            "scopes": ["https://www.googleapis.com/auth/gmail.readonly", "https://www.googleapis.com/auth/calendar"],
            "tokenUri": "https://oauth2.googleapis.com/token",
        },
        "scopeSelection": {
            "scopeSelectionAllowed": True,
            "requiredScopes": ["https://www.googleapis.com/auth/gmail.readonly"],
        },
        "enabled": True,
    },
    _PLACE,
    one_of_these=_ONE_OF_TWO,
    edits={
        "scopeSelection": Edit(
            {"scopeSelectionAllowed": True, "requiredScopes": ["https://www.googleapis.com/auth/calendar"]},
            _of("google_dwd_config", "scope_selection_allowed", "required_scopes"),
            {"scope_selection_allowed": True, "required_scopes": ["https://www.googleapis.com/auth/calendar"]},
        ),
        "googleDwd": Edit(
            {
                "serviceAccountJson": '{"type":"service_account","private_key":"s3cret-canary-2"}',
                "scopes": _WORKSPACE_SCOPES,
            },
            _of("google_dwd_config", "service_account_json", "scopes"),
            {
                "service_account_json": '{"type":"service_account","private_key":"s3cret-canary-2"}',
                "scopes": _WORKSPACE_SCOPES,
            },
        ),
    },
    drift={"googleDwd.scopes": put(["other"], "google_dwd_config", "scopes")},
    secret_inputs=frozenset({"googleDwd.serviceAccountJson"}),
    secret_outputs=frozenset({"googleDwd.serviceAccountJson"}),
)
