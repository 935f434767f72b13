from __future__ import annotations

import pytest

PROVIDER = {
    "display_name": "Ticket system",
    "auth_patterns": [{"type": "BEARER", "is_mcp": True}],
    "proxy_url": "https://tickets.example/mcp",
    "proxy_enabled": True,
    "metadata": {"team": "support"},
}
CONFIG = {
    "name": "daily-summary",
    "description": "Sums the day up",
    "connection_tool_mappings": [{"connection_name": "acme-mail", "tools": ["mail_send"]}],
}


def create_provider(api, **more):
    return api.post("/custom-providers", {**PROVIDER, **more})["provider"]


def create_config(api, **more):
    created = api.post("/mcp/configs", {**CONFIG, **more})["config"]
    return created, f"/mcp/configs/{created['id']}"


def listed(api, **query):
    return [one["identifier"] for one in api.get("/providers", **query)["providers"]]


def test_a_custom_provider_is_among_the_custom_ones(api):
    provider = create_provider(api)
    assert provider["identifier"].startswith("prov_")
    assert (provider["is_custom"], provider["is_custom_mcp"]) == (True, True)
    assert listed(api, **{"filter.provider_type": "CUSTOM"}) == [provider["identifier"]]
    assert listed(api, identifier=provider["identifier"]) == [provider["identifier"]]
    assert listed(api) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": "Tickets!"},
        {"display_name": ""},
        {"proxy_url": "http://tickets.example"},
        {"proxy_url": ""},
        {"icon_src": "data:image/png"},
        {"metadata": {"a": "1"}},
        {"auth_patterns": None},
    ],
)
def test_custom_providers_that_cannot_be(api, wrong):
    api.refused(400, "POST", "/custom-providers", {**PROVIDER, **wrong})


@pytest.mark.parametrize("status", [409, 400])
def test_a_name_that_is_taken(start, status):
    api = start(duplicate_status=status)
    create_provider(api)
    create_config(api)
    api.refused(status, "POST", "/custom-providers", PROVIDER)
    api.refused(status, "POST", "/mcp/configs", CONFIG)


@pytest.mark.parametrize(("switch", "kept"), [("replaced", {}), ("kept", {"team": "support"})])
def test_what_a_change_of_a_custom_provider_leaves_out(start, switch, kept):
    api = start(custom_provider_update=switch)
    path = f"/custom-providers/{create_provider(api)['identifier']}"
    body = {name: PROVIDER[name] for name in ("display_name", "auth_patterns", "proxy_url")}
    assert api.put(path, body)["provider"]["metadata"] == kept


def test_what_scalekit_may_fill_in(start):
    (pattern,) = create_provider(start(auth_patterns="filled"))["auth_patterns"]
    assert pattern == {"type": "BEARER", "is_mcp": True, "fields": [], "account_fields": []}


def test_a_custom_provider_is_deleted(api):
    path = f"/custom-providers/{create_provider(api)['identifier']}"
    api.delete(path)
    api.refused(404, "DELETE", path)
    assert listed(api, **{"filter.provider_type": "ALL"}) == []


def test_a_configuration_has_a_server_and_its_connections(api):
    config, path = create_config(api)
    assert config["id"].startswith("cfg_")
    assert config["mcp_server_url"].startswith(f"{api.emulator.url}/mcp/v3/servers/")
    (mapping,) = config["connection_tool_mappings"]
    assert (mapping["connection_name"], mapping["tools"], mapping["provider"]) == ("acme-mail", ["mail_send"], "CUSTOM")
    assert api.get(path)["config"] == config


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Daily"},
        {"name": ""},
        {"connection_tool_mappings": [{"tools": ["mail_send"]}]},
        {"connection_tool_mappings": [{"connection_name": f"c{number}"} for number in range(26)]},
    ],
)
def test_configurations_that_cannot_be(api, wrong):
    api.refused(400, "POST", "/mcp/configs", {**CONFIG, **wrong})


@pytest.mark.parametrize(("switch", "kept"), [("replaced", ""), ("kept", "Sums the day up")])
def test_what_a_change_of_a_configuration_leaves_out(start, switch, kept):
    api = start(mcp_config_update=switch)
    _, path = create_config(api)
    mappings = [{"connection_name": "acme-calendar"}]
    changed = api.put(path, {"connection_tool_mappings": mappings})["config"]
    assert (changed["description"], changed["connection_tool_mappings"][0]["tools"]) == (kept, [])
    assert changed["name"] == "daily-summary"


def test_configurations_are_found_by_name(api):
    config, path = create_config(api)
    create_config(api, name="weekly-summary")
    found = api.get("/mcp/configs", **{"filter.name": "Daily-Summary"})
    assert ([one["id"] for one in found["configs"]], found["total_size"]) == ([config["id"]], 1)
    assert api.get("/mcp/configs", search="summ")["total_size"] == 2
    api.delete(path)
    api.refused(404, "GET", path)
