from __future__ import annotations

import json
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


# With what Scalekit may fill in, so that an import finds what was declared.
_BEARER = [
    {
        "type": "BEARER",
        "display_name": "Token",
        "account_fields": [],
        "is_mcp": False,
        "fields": [{"field_name": "token", "label": "Token", "input_type": "password", "required": True}],
    }
]
_NOBODY = [{"type": "NO_AUTH", "is_mcp": True, "timeout": 30}]

CUSTOM_PROVIDER = Case(
    "custom provider",
    "scalekit:index:CustomProvider",
    lambda _: {
        "displayName": "Ticket system",
        "description": "Tickets and their answers",
        "authPatterns": json.dumps(_BEARER),
        "proxyUrl": "https://{{domain}}/api",
        "proxyEnabled": True,
        "iconSrc": "https://acme.example/icon.svg",
        "metadata": {"team": "support", "tier": "gold"},
    },
    collection("custom_providers"),
    edits={
        "displayName": Edit("Tickets 2", at("display_name"), "Tickets 2"),
        "description": Edit("Tickets alone", at("description"), "Tickets alone"),
        "authPatterns": Edit(json.dumps(_NOBODY), at("auth_patterns"), _NOBODY),
        "proxyUrl": Edit("https://tickets.acme.example", at("proxy_url"), "https://tickets.acme.example"),
        "proxyEnabled": Edit(False, lambda one: one.get("proxy_enabled", False), False),
        "iconSrc": Edit("https://acme.example/new.svg", at("icon_src"), "https://acme.example/new.svg"),
        "metadata": Edit({"team": "sales"}, at("metadata"), {"team": "sales"}),
    },
    removals={
        "description": Edit(ABSENT, lambda one: one.get("description") or "", ""),
        "iconSrc": Edit(ABSENT, lambda one: one.get("icon_src") or "", ""),
        "metadata": Edit(ABSENT, lambda one: one.get("metadata") or {}, {}),
    },
    respelled={"authPatterns": json.dumps(_BEARER, indent=4, sort_keys=True)},
    drift={
        "displayName": put("Renamed", "display_name"),
        "description": put("Renamed", "description"),
        "authPatterns": put(_NOBODY, "auth_patterns"),
        "proxyUrl": put("https://evil.example", "proxy_url"),
        "proxyEnabled": put(False, "proxy_enabled"),
        "metadata.team": put({"team": "evil", "tier": "gold"}, "metadata"),
    },
    impossible={"custom_provider_update=kept": ("proxyEnabled",)},
    unmoved={"custom_provider_update=kept": ("description", "iconSrc", "metadata")},
)

_MAIL = {"connectionName": "acme-mail", "tools": ["mail_send", "mail_fetch"]}
_CALENDAR = {"connectionName": "acme-calendar"}

MCP_CONFIG = Case(
    "MCP config",
    "scalekit:index:McpConfig",
    lambda _: {
        "name": "daily-summary",
        "description": "Sums the day up",
        "connectionToolMappings": [_MAIL, _CALENDAR],
    },
    collection("mcp_configs"),
    edits={
        "description": Edit("Sums the week up", at("description"), "Sums the week up"),
        "connectionToolMappings": Edit(
            [{**_MAIL, "tools": ["mail_fetch"]}],
            at("connection_tool_mappings"),
            [{"connection_name": "acme-mail", "tools": ["mail_fetch"]}],
        ),
    },
    removals={
        "description": Edit(ABSENT, lambda one: one.get("description") or "", ""),
        "connectionToolMappings": Edit(ABSENT, lambda one: one.get("connection_tool_mappings") or [], []),
    },
    replacing={"name": lambda _: {"name": "weekly-summary"}},
    drift={
        "description": put("Changed", "description"),
        "connectionToolMappings": put([{"connection_name": "acme-mail"}], "connection_tool_mappings"),
    },
    unmoved={"mcp_config_update=kept": ("description", "connectionToolMappings")},
)
