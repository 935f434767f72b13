from __future__ import annotations

from typing import Any

from tests.support.api import Api
from tests.support.cases.case import Case, Edit, Program, at, collection, put, secrets_of


def _client(api: Api) -> Program:
    return {
        "organizationId": api.organization(),
        "name": "Importer",
        "description": "Fetches invoices",
        "scopes": ["invoices:write", "invoices:read"],
        "audience": ["https://b.acme.example", "https://a.acme.example"],
        "customClaims": {"tenant": "acme", "plan": "gold"},
        "expiry": 3600,
    }


def _claims(record: Any) -> dict[str, str]:
    return {one["key"]: one["value"] for one in record["custom_claims"]}


CLIENT = Case(
    "organization client",
    "scalekit:index:OrganizationClient",
    _client,
    collection("organization_clients"),
    edits={
        "name": Edit("Exporter", at("name"), "Exporter"),
        "description": Edit("Sends invoices", at("description"), "Sends invoices"),
        "scopes": Edit(["invoices:send"], at("scopes"), ["invoices:send"]),
        "audience": Edit(["https://c.acme.example"], at("audience"), ["https://c.acme.example"]),
        "customClaims": Edit({"tenant": "acme2"}, _claims, {"tenant": "acme2"}),
        "expiry": Edit(7200, at("expiry"), "7200"),
    },
    kept=("name", "description", "scopes", "audience", "customClaims", "expiry"),
    replacing={"organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")}},
    drift={
        "name": put("Renamed", "name"),
        "description": put("Renamed", "description"),
        "scopes": put(["everything"], "scopes"),
        "audience": put(["https://evil.example"], "audience"),
        "customClaims.tenant": put(
            [{"key": "tenant", "value": "x"}, {"key": "plan", "value": "gold"}], "custom_claims"
        ),
        "expiry": put("60", "expiry"),
    },
    impossible={"custom_claims_update=merge": ("customClaims",)},
    secret_outputs=frozenset({"plainSecret"}),
)


def _secret(api: Api) -> Program:
    organization = api.organization()
    return {"organizationId": organization, "clientId": api.client(organization), "rotation": "2026-01"}


def _elsewhere(api: Api) -> Program:
    organization = api.organization(external_id="elsewhere")
    return {"organizationId": organization, "clientId": api.client(organization)}


CLIENT_SECRET = Case(
    "organization client secret",
    "scalekit:index:OrganizationClientSecret",
    _secret,
    secrets_of("organization_clients", "clientId"),
    replacing={"organizationId": _elsewhere, "rotation": lambda _: {"rotation": "2026-02"}},
    secret_outputs=frozenset({"plainSecret"}),
    unread=frozenset({"rotation"}),
)
