from __future__ import annotations

from typing import Any

from tests.support.cases.case import ABSENT, Case, Edit, at, collection, put, sorted_at

_DOCUMENT = {"type": "URL", "value": "https://claude.example/client.json"}
_KNOWN = {"type": "PREDEFINED", "value": "vscode"}

MCP_SERVER = Case(
    "MCP server",
    "scalekit:index:McpServer",
    lambda _: {
        "name": "Invoices",
        "description": "Tools for invoices",
        "serverUrl": "https://mcp.acme.example",
        "resourceUri": "https://mcp.acme.example/resource",
        "logoUri": "https://acme.example/logo.png",
        "accessTokenExpiry": 300,
        "refreshTokenExpiry": 86400,
        "scopes": ["invoices:write", "invoices:read"],
        "provider": "ACME-LOGIN",
        "disableDynamicClientRegistration": True,
        "enableCimd": True,
        "cimdClientAllowlist": [_KNOWN, _DOCUMENT],
        "cimdClientAllowlistEnabled": True,
        "xaaEnabled": True,
        "intersectScopesUserPermission": True,
        "resourceScopeSelectionAllowed": True,
    },
    collection("resources"),
    edits={
        "name": Edit("Payments", at("name"), "Payments"),
        "description": Edit("Tools for payments", at("description"), "Tools for payments"),
        "serverUrl": Edit("https://mcp2.acme.example", at("resource_id"), "https://mcp2.acme.example"),
        "resourceUri": Edit("https://mcp2.acme.example/r", at("resource_uri"), "https://mcp2.acme.example/r"),
        "logoUri": Edit("https://acme.example/new.png", at("logo_uri"), "https://acme.example/new.png"),
        "accessTokenExpiry": Edit(600, at("access_token_expiry"), "600"),
        "refreshTokenExpiry": Edit(3600, at("refresh_token_expiry"), "3600"),
        "scopes": Edit(["payments:read"], at("scopes"), ["payments:read"]),
        "provider": Edit("OTHER-LOGIN", at("provider"), "OTHER-LOGIN"),
        "disableDynamicClientRegistration": Edit(False, lambda one: one["disable_dynamic_client_registration"], False),
        "enableCimd": Edit(False, lambda one: one["enable_cimd"], False),
        "cimdClientAllowlist": Edit([_DOCUMENT], at("cimd_client_allowlist"), [_DOCUMENT]),
        "cimdClientAllowlistEnabled": Edit(False, lambda one: one["cimd_client_allowlist_enabled"], False),
        "xaaEnabled": Edit(False, lambda one: one["xaa_enabled"], False),
        "intersectScopesUserPermission": Edit(False, lambda one: one["intersect_scopes_user_permission"], False),
        "resourceScopeSelectionAllowed": Edit(False, lambda one: one["resource_scope_selection_allowed"], False),
    },
    removals={
        "description": Edit(ABSENT, lambda one: one.get("description") or "", ""),
        "logoUri": Edit(ABSENT, lambda one: one.get("logo_uri") or "", ""),
        "scopes": Edit(ABSENT, sorted_at("scopes"), []),
        "provider": Edit(ABSENT, lambda one: one.get("provider") or "", ""),
        "cimdClientAllowlist": Edit(ABSENT, lambda one: one.get("cimd_client_allowlist") or [], []),
    },
    kept=("accessTokenExpiry", "refreshTokenExpiry"),
    drift={
        "name": put("Renamed", "name"),
        "description": put("Renamed", "description"),
        "serverUrl": put("https://evil.example", "resource_id"),
        "scopes": put(["everything"], "scopes"),
        "provider": put("EVIL", "provider"),
        "disableDynamicClientRegistration": put(False, "disable_dynamic_client_registration"),
        "cimdClientAllowlist": put([{"type": "URL", "value": "https://evil.example"}], "cimd_client_allowlist"),
        "xaaEnabled": put(False, "xaa_enabled"),
    },
    unmoved={"resource_update=non_zero": ("description", "logoUri", "scopes", "cimdClientAllowlist")},
)


def _claims(record: Any) -> dict[str, str]:
    return {one["key"]: one["value"] for one in record.get("custom_claims", ())}


MCP_SERVER_CLIENT = Case(
    "MCP server client",
    "scalekit:index:McpServerClient",
    lambda api: {
        "mcpServerId": api.mcp_server(),
        "name": "Assistant",
        "description": "Our own agent",
        "redirectUris": ["https://b.acme.example/back", "https://a.acme.example/back"],
        "scopes": ["invoices:write", "invoices:read"],
        "audience": ["https://b.acme.example", "https://a.acme.example"],
        "customClaims": {"agent": "assistant"},
        "expiry": 3600,
    },
    collection("resource_clients"),
    edits={
        "name": Edit("Helper", at("name"), "Helper"),
        "description": Edit("Another agent", at("description"), "Another agent"),
        "redirectUris": Edit(["https://c.acme.example"], at("redirect_uris"), ["https://c.acme.example"]),
        "scopes": Edit(["invoices:send"], at("scopes"), ["invoices:send"]),
        "audience": Edit(["https://c.acme.example"], at("audience"), ["https://c.acme.example"]),
        "customClaims": Edit({"agent": "helper"}, _claims, {"agent": "helper"}),
        "expiry": Edit(7200, at("expiry"), "7200"),
    },
    removals={
        "description": Edit(ABSENT, lambda one: one.get("description") or "", ""),
        "redirectUris": Edit(ABSENT, sorted_at("redirect_uris"), []),
        "scopes": Edit(ABSENT, sorted_at("scopes"), []),
        "customClaims": Edit(ABSENT, _claims, {}),
    },
    kept=("expiry",),
    replacing={"mcpServerId": lambda api: {"mcpServerId": api.mcp_server("Payments")}},
    drift={
        "name": put("Renamed", "name"),
        "redirectUris": put(["https://evil.example"], "redirect_uris"),
        "scopes": put(["everything"], "scopes"),
        "customClaims.agent": put([{"key": "agent", "value": "x"}], "custom_claims"),
        "expiry": put("60", "expiry"),
    },
    unmoved={"resource_update=non_zero": ("description", "redirectUris", "scopes", "customClaims")},
    secret_outputs=frozenset({"plainSecret"}),
)
