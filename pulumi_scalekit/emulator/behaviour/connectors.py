"""What agents reach: custom providers, and MCP configurations."""

from __future__ import annotations

import uuid
from typing import Any

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 30


@rpc("ProviderService.CreateCustomProvider", effect="create")
def create_provider(call: Call) -> Json:
    _refuse_a_second(call, "display_name", call.store.custom_providers)
    provider = call.store.record(id=call.store.new_id("pvd"), identifier=call.store.new_id("prov"), **call.body)
    call.store.custom_providers[provider["identifier"]] = provider
    return {"provider": _public_provider(call, provider)}


@rpc("ProviderService.ListProviders")
def list_providers(call: Call) -> Json:
    """Without Scalekit's own, of which there are hundreds."""
    providers = list(call.store.custom_providers.values())
    wanted = call.get("filter", {}).get("provider_type", "DEFAULT")
    found = providers if wanted in ("CUSTOM", "ALL") or call.get("identifier") else []
    if call.get("identifier"):
        found = [provider for provider in found if provider["identifier"] == call.get("identifier")]
    page, paging = call.page(found, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"providers": [_public_provider(call, provider) for provider in page], **paging}


@rpc("ProviderService.UpdateCustomProvider", effect="update")
def update_provider(call: Call) -> Json:
    provider = _provider(call)
    _refuse_a_second(call, "display_name", call.store.custom_providers, besides=provider)
    if call.switches.custom_provider_update == "replaced":
        for name in set(provider) - {"id", "identifier", "create_time", "update_time"}:
            del provider[name]
    provider.update(call.body)
    return {"provider": _public_provider(call, provider)}


@rpc("ProviderService.DeleteCustomProvider", effect="delete")
def delete_provider(call: Call) -> Json:
    del call.store.custom_providers[_provider(call)["identifier"]]
    return {}


@rpc("McpService.CreateMcpConfig", effect="create")
def create_config(call: Call) -> Json:
    _refuse_a_second(call, "name", call.store.mcp_configs)
    config = call.store.record(**_writable(call.body), id=call.store.new_id("cfg"))
    config["mcp_server_url"] = f"{call.url}/mcp/v3/servers/{uuid.uuid4()}"
    call.store.mcp_configs[config["id"]] = config
    return {"config": _public_config(call, config)}


@rpc("McpService.GetMcpConfig")
def get_config(call: Call) -> Json:
    return {"config": _public_config(call, _config(call))}


@rpc("McpService.ListMcpConfigs")
def list_configs(call: Call) -> Json:
    wanted = {name: value for name, value in call.get("filter", {}).items() if name in ("id", "name") and value}
    configs = [
        config
        for config in call.store.mcp_configs.values()
        if all(config[name].lower() == value.lower() for name, value in wanted.items())
        and call.get("search").lower() in config["name"]
    ]
    page, paging = call.page(configs, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"configs": [_public_config(call, config) for config in page], **paging}


@rpc("McpService.UpdateMcpConfig", effect="update")
def update_config(call: Call) -> Json:
    config = _config(call)
    if call.switches.mcp_config_update == "replaced":
        config.pop("description", None)
        config.pop("connection_tool_mappings", None)
    config.update(_writable(call.body, "description", "connection_tool_mappings"))
    return {"config": _public_config(call, config)}


@rpc("McpService.DeleteMcpConfig", effect="delete")
def delete_config(call: Call) -> Json:
    del call.store.mcp_configs[_config(call)["id"]]
    return {}


def _writable(body: Json, *names: str) -> Json:
    """What a caller may set: of a mapping the connection and the tools."""
    given = {name: value for name, value in body.items() if name in (names or ("name", "description"))}
    mappings = body.get("connection_tool_mappings")
    if mappings:
        kept = ("connection_name", "tools")
        given["connection_tool_mappings"] = [{key: one[key] for key in kept if key in one} for one in mappings]
    return given


def _refuse_a_second(call: Call, name: str, known: dict[str, Record], besides: Record | None = None) -> None:
    value = call.body[name]
    if any(record is not besides and record[name] == value for record in known.values()):
        raise Refusal(call.switches.duplicate_status, f"{name} {value} already exists")


def _public_provider(call: Call, provider: Record) -> Json:
    patterns: list[Any] = provider["auth_patterns"]
    if call.switches.auth_patterns == "filled":
        patterns = [{"fields": [], "account_fields": [], "is_mcp": False, **pattern} for pattern in patterns]
    return {
        **call.public_without_times(provider),
        "auth_patterns": patterns,
        "is_custom": True,
        "is_custom_mcp": any(pattern.get("is_mcp") for pattern in patterns),
    }


def _public_config(call: Call, config: Record) -> Json:
    """The id and the provider of a connection are Scalekit's: a stand-in for them, as connections of the environment may not be there."""
    public = call.public_without_times(config)
    mappings = public.get("connection_tool_mappings", [])
    public["connection_tool_mappings"] = [
        {**one, "connection_id": f"conn_{one['connection_name']}", "provider": "CUSTOM"} for one in mappings
    ]
    return public


def _provider(call: Call) -> Record:
    provider = call.store.custom_providers.get(call.get("identifier"))
    if provider is None:
        raise not_found("provider", call.get("identifier"))
    return provider


def _config(call: Call) -> Record:
    config = call.store.mcp_configs.get(call.get("config_id"))
    if config is None:
        raise not_found("config", call.get("config_id"))
    return config
