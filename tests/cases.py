"""One case per resource, for the lifecycle test that walks all of them.

A case says what to declare, which changes to make, and where each of them must be found in the emulator's store: under the
API's own names, so that a mistake in our declarations cannot agree with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from pulumi_scalekit.emulator import Emulator

CERTIFICATE = (Path(__file__).parents[1] / "examples" / "quickstart" / "globex-idp.pem").read_text()
ABSENT = object()


class World:
    """An emulator, and the raw API of it to prepare what a case needs."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        reply = httpx.post(
            f"{emulator.url}/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": emulator.client_id,
                "client_secret": emulator.client_secret,
            },
        )
        self._http = httpx.Client(
            base_url=f"{emulator.url}/api/v1", headers={"Authorization": f"Bearer {reply.json()['access_token']}"}
        )

    def close(self) -> None:
        self._http.close()

    def send(self, method: str, path: str, body: Any = None) -> Any:
        reply = self._http.request(method, path, json=body)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else {}

    def organization(self, **given: Any) -> str:
        id_ = str(self.send("POST", "/organizations", {"display_name": "Parent", **given})["organization"]["id"])
        features = [{"name": name, "enabled": True} for name in ("sso", "dir_sync", "session_policy")]
        self.send("PATCH", f"/organizations/{id_}/settings", {"features": features})
        return id_

    def domain(self, organization: str, name: str) -> str:
        return str(self.send("POST", f"/organizations/{organization}/domains", {"domain": name})["domain"]["id"])

    def connection(self, organization: str, protocol: str = "OIDC") -> str:
        body = {"provider": "OKTA", "type": protocol}
        return str(self.send("POST", f"/organizations/{organization}/connections", body)["connection"]["id"])


@dataclass(frozen=True)
class Edit:
    """A change of one property, and where it must arrive."""

    value: Any
    """The new value in the program; ABSENT removes the property."""
    record: Callable[[Any], Any]
    """Reads it from the record in the store."""
    expected: Any


@dataclass(frozen=True)
class Case:
    """How one resource is walked through its life."""

    name: str
    token: str
    program: Callable[[World], dict[str, Any]]
    records: str
    """The collection in the emulator's store."""
    edits: dict[str, Edit] = field(default_factory=dict)
    replacing: dict[str, Callable[[World], dict[str, Any]]] = field(default_factory=dict)
    """By property: what to declare instead, so that it makes a new object."""
    drift: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    """By the path that must be reported: a change behind our back, made to the record."""
    key: Callable[[str, dict[str, Any]], Any] = lambda id_, program: id_  # noqa: ARG005
    """The record's key in the collection."""
    impossible: dict[str, str] = field(default_factory=dict)
    """By variant of the API: the property whose edit it accepts and does not do, which must be an error."""
    stays: bool = False
    """A setting: a destroy leaves it."""

    def __str__(self) -> str:
        return self.name


def _at(*path: str) -> Callable[[Any], Any]:
    def read(record: Any) -> Any:
        for part in path:
            record = (record or {}).get(part)
        return record

    return read


def _put(value: Any, *path: str) -> Callable[[Any], None]:
    def write(record: Any) -> None:
        for part in path[:-1]:
            record = record[part]
        record[path[-1]] = value

    return write


def _features(record: Any) -> dict[str, bool]:
    return {one["name"]: one["enabled"] for one in record["settings"]["features"]}


def _switch_off(name: str) -> Callable[[Any], None]:
    def write(record: Any) -> None:
        for one in record["settings"]["features"]:
            if one["name"] == name:
                one["enabled"] = False

    return write


ORGANIZATION = Case(
    "organization",
    "scalekit:index:Organization",
    lambda _: {
        "displayName": "Acme Inc",
        "externalId": "acme",
        "metadata": {"tier": "gold", "keep_me": "yes"},
        "slug": "acme",
        "logoUrl": "https://acme.example/logo.png",
        "features": {"sso": True, "dir_sync": False},
    },
    "organizations",
    edits={
        "displayName": Edit("Acme Corp", _at("display_name"), "Acme Corp"),
        "externalId": Edit("acme/2:x", _at("external_id"), "acme/2:x"),
        "metadata": Edit({"tier": "silver", "region": "eu"}, _at("metadata"), {"tier": "silver", "region": "eu"}),
        "slug": Edit("acme.example.com", _at("slug"), "acme.example.com"),
        "logoUrl": Edit("https://acme.example/l.svg", _at("logo_url"), "https://acme.example/l.svg"),
        "features": Edit({"sso": True, "dir_sync": True}, _features, {"sso": True, "dir_sync": True}),
    },
    drift={
        "displayName": _put("Renamed", "display_name"),
        "externalId": _put("other", "external_id"),
        "metadata.tier": _put("lead", "metadata", "tier"),
        "slug": _put("renamed", "slug"),
        "logoUrl": _put("https://evil.example/logo.png", "logo_url"),
        "features.sso": _switch_off("sso"),
    },
    impossible={"metadata_update=merge": "metadata"},
)


def _oidc(world: World) -> dict[str, Any]:
    organization = world.organization()
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
        "domainIds": [world.domain(organization, "acme.example"), world.domain(organization, "acme2.example")],
        "enabled": True,
    }


OIDC_CONNECTION = Case(
    "oidc connection",
    "scalekit:index:Connection",
    _oidc,
    "connections",
    edits={
        "keyId": Edit("acme-okta-2", _at("key_id"), "acme-okta-2"),
        "debugEnabled": Edit(True, _at("debug_enabled"), True),
        "configurationType": Edit("MANUAL", _at("configuration_type"), "MANUAL"),
        "uiButtonTitle": Edit("Log in", _at("ui_button_title"), "Log in"),
        "attributeMapping": Edit({"email": "upn"}, _at("attribute_mapping"), {"email": "upn"}),
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
                **{name: record["oidc_config"][name] for name in ("issuer", "client_id", "client_secret", "pkce_enabled")},
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
        "domainIds": Edit([], _at("_domain_ids"), []),
        "enabled": Edit(False, _at("enabled"), False),
    },
    replacing={
        "organizationId": lambda world: {"organizationId": world.organization(external_id="elsewhere"), "domainIds": []},
        "provider": lambda _: {"provider": "AUTH0"},
    },
    drift={
        "keyId": _put("renamed", "key_id"),
        "uiButtonTitle": _put("", "ui_button_title"),
        "attributeMapping.extra": _put("x", "attribute_mapping", "extra"),
        "oidc.clientId": _put("0oa9", "oidc_config", "client_id"),
        "oidc.scopes": _put(["openid"], "oidc_config", "scopes"),
        "oidc.pkceEnabled": _put(False, "oidc_config", "pkce_enabled"),
        "domainIds": _put([], "_domain_ids"),
        "enabled": _put(False, "enabled"),
    },
)


def _saml(world: World) -> dict[str, Any]:
    return {
        "organizationId": world.organization(),
        "provider": "CUSTOM",
        "type": "SAML",
        "saml": {
            "idpEntityId": "https://idp.example/metadata",
            "idpSsoUrl": "https://idp.example/sso",
            "idpCertificate": CERTIFICATE,
            "idpNameIdFormat": "EMAIL",
            "samlSigningOption": "NO_SIGNING",
            "wantRequestSigned": True,
        },
        "enabled": True,
    }


SAML_CONNECTION = Case(
    "saml connection",
    "scalekit:index:Connection",
    _saml,
    "connections",
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
        "enabled": Edit(False, _at("enabled"), False),
    },
    replacing={"organizationId": lambda world: {"organizationId": world.organization(external_id="elsewhere")}},
    drift={
        "saml.idpSsoUrl": _put("https://evil.example/sso", "saml_config", "idp_sso_url"),
        "saml.wantRequestSigned": _put(False, "saml_config", "want_request_signed"),
        "enabled": _put(False, "enabled"),
    },
)


def _settings(world: World) -> dict[str, Any]:
    program = _oidc(world)
    return {**program, "connectionId": world.connection(program["organizationId"])}


CONNECTION_SETTINGS = Case(
    "connection settings",
    "scalekit:index:ConnectionSettings",
    _settings,
    "connections",
    edits={name: OIDC_CONNECTION.edits[name] for name in ("uiButtonTitle", "oidc", "domainIds", "enabled")},
    drift={name: OIDC_CONNECTION.drift[name] for name in ("oidc.clientId", "enabled", "domainIds")},
    stays=True,
)

CASES = (ORGANIZATION, OIDC_CONNECTION, SAML_CONNECTION, CONNECTION_SETTINGS)
