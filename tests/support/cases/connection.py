from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.api import Api
from tests.support.cases.case import ABSENT, Case, Edit, at, collection, put

CERTIFICATE = (Path(__file__).parents[3] / "examples" / "quickstart" / "globex-idp.pem").read_text()


def _oidc(api: Api) -> dict[str, Any]:
    organization = api.organization()
    return {
        "organizationId": organization,
        "provider": "OKTA",
        "type": "OIDC",
        "keyId": "acme-okta",
        "debugEnabled": False,
        "configurationType": "DISCOVERY",
        "uiButtonTitle": "Sign in",
        "attributeMapping": {"email": "mail", "firstName": "given"},
        "oidc": {
            "issuer": "https://acme.okta.com",
            "clientId": "0oa1",
            "clientSecret": "s3cret-canary",
            "scopes": ["openid", "email"],
            "tokenAuthType": "BASIC_AUTH",
            "pkceEnabled": True,
        },
        "domainIds": [api.domain(organization, "acme.example"), api.domain(organization, "acme2.example")],
        "enabled": True,
    }


# A switch that is off, and a field that the vendor calls a preview.
_UNREAD = frozenset({"debugEnabled", "uiButtonTitle"})

OIDC_CONNECTION = Case(
    "oidc connection",
    "scalekit:index:Connection",
    _oidc,
    collection("connections"),
    edits={
        "keyId": Edit("acme-okta-2", at("key_id"), "acme-okta-2"),
        "debugEnabled": Edit(True, at("debug_enabled"), True),
        "configurationType": Edit("MANUAL", at("configuration_type"), "MANUAL"),
        "uiButtonTitle": Edit("Log in", at("ui_button_title"), "Log in"),
        "attributeMapping": Edit({"email": "upn"}, at("attribute_mapping"), {"email": "upn"}),
        "oidc": Edit(
            {
                "issuer": "https://acme2.okta.com",
                "clientId": "0oa2",
                "clientSecret": "s3cret-canary-2",
                "scopes": ["profile", "openid"],
                "tokenAuthType": "URL_PARAMS",
                "pkceEnabled": False,
            },
            lambda record: {
                **{
                    name: record["oidc_config"][name]
                    for name in ("issuer", "client_id", "client_secret", "pkce_enabled")
                },
                "scopes": sorted(record["oidc_config"]["scopes"]),
            },
            {
                "issuer": "https://acme2.okta.com",
                "client_id": "0oa2",
                "client_secret": "s3cret-canary-2",
                "pkce_enabled": False,
                "scopes": ["openid", "profile"],
            },
        ),
        "domainIds": Edit([], at("_domain_ids"), []),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    replacing={
        "organizationId": lambda api: {
            "organizationId": api.organization(external_id="elsewhere"),
            "domainIds": [],
        },
        "provider": lambda _: {"provider": "AUTH0"},
    },
    drift={
        "keyId": put("renamed", "key_id"),
        "uiButtonTitle": put("", "ui_button_title"),
        "attributeMapping.extra": put("x", "attribute_mapping", "extra"),
        "oidc.clientId": put("0oa9", "oidc_config", "client_id"),
        "oidc.scopes": put(["openid"], "oidc_config", "scopes"),
        "oidc.pkceEnabled": put(False, "oidc_config", "pkce_enabled"),
        "domainIds": put([], "_domain_ids"),
        "enabled": put(False, "enabled"),
    },
    removals={
        "uiButtonTitle": Edit(ABSENT, lambda one: one.get("ui_button_title") or "", ""),
        "attributeMapping": Edit(ABSENT, at("attribute_mapping"), {}),
        "domainIds": Edit(ABSENT, at("_domain_ids"), []),
    },
    kept=("keyId",),
    unmoved={"empty_attribute_mapping=ignored": ("attributeMapping",)},
    secret_inputs=frozenset({"oidc.clientSecret"}),
    secret_outputs=frozenset({"oidc.clientSecret"}),
    unread=_UNREAD,
)


_SAML = {
    "idpEntityId": "https://idp.example/metadata",
    "idpSsoUrl": "https://idp.example/sso",
    "idpCertificate": CERTIFICATE,
    "idpNameIdFormat": "EMAIL",
    "samlSigningOption": "NO_SIGNING",
    "wantRequestSigned": True,
}


def _saml(api: Api) -> dict[str, Any]:
    return {
        "organizationId": api.organization(),
        "provider": "CUSTOM",
        "type": "SAML",
        "saml": _SAML,
        "enabled": True,
    }


SAML_CONNECTION = Case(
    "saml connection",
    "scalekit:index:Connection",
    _saml,
    collection("connections"),
    edits={
        "saml": Edit(
            {
                "idpEntityId": "https://idp2.example/metadata",
                "idpSsoUrl": "https://idp2.example/sso",
                "idpCertificate": CERTIFICATE,
                "idpNameIdFormat": "PERSISTENT",
                "wantRequestSigned": False,
            },
            lambda record: {
                name: record["saml_config"][name] for name in ("idp_entity_id", "idp_sso_url", "want_request_signed")
            },
            {
                "idp_entity_id": "https://idp2.example/metadata",
                "idp_sso_url": "https://idp2.example/sso",
                "want_request_signed": False,
            },
        ),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    replacing={"organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")}},
    respelled={"saml": {**_SAML, "idpCertificate": f"Bag Attributes\n    friendlyName: idp\n{CERTIFICATE.strip()}"}},
    drift={
        "saml.idpSsoUrl": put("https://evil.example/sso", "saml_config", "idp_sso_url"),
        "saml.wantRequestSigned": put(False, "saml_config", "want_request_signed"),
        "enabled": put(False, "enabled"),
    },
)


def _settings(api: Api) -> dict[str, Any]:
    program = _oidc(api)
    return {**program, "connectionId": api.connection(program["organizationId"])}


CONNECTION_SETTINGS = Case(
    "connection settings",
    "scalekit:index:ConnectionSettings",
    _settings,
    collection("connections"),
    edits=dict(OIDC_CONNECTION.edits),
    drift={name: OIDC_CONNECTION.drift[name] for name in ("oidc.clientId", "enabled", "domainIds")},
    secret_inputs=frozenset({"oidc.clientSecret"}),
    secret_outputs=frozenset({"oidc.clientSecret"}),
    unread=_UNREAD,
    setting=True,
    stays=True,
)


def _saml_settings(api: Api) -> dict[str, Any]:
    program = _saml(api)
    return {**program, "connectionId": api.connection(program["organizationId"], "SAML", "CUSTOM")}


SAML_CONNECTION_SETTINGS = Case(
    "saml connection settings",
    "scalekit:index:ConnectionSettings",
    _saml_settings,
    collection("connections"),
    edits=dict(SAML_CONNECTION.edits),
    drift=dict(SAML_CONNECTION.drift),
    setting=True,
    stays=True,
)
