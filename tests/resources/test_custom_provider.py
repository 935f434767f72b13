import json
from dataclasses import replace

import pytest

from pulumi_scalekit import CustomProvider, McpConfig
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import CheckFailed

PATTERNS = [{"type": "BEARER", "display_name": "Token", "fields": []}]
PROVIDER = {
    "displayName": "Ticket system",
    "authPatterns": json.dumps(PATTERNS),
    "proxyUrl": "https://{{domain}}/api",
    "proxyEnabled": True,
}
CONFIG = {"name": "daily-summary", "connectionToolMappings": [{"connectionName": "acme-mail", "tools": ["b", "a"]}]}


def test_patterns_go_out_as_they_are_declared(stack, emulator):
    stack(CustomProvider).up(PROVIDER)

    assert emulator.ledger.since(0)[-1].body["auth_patterns"] == PATTERNS


def test_a_change_sends_the_rest_as_it_is_there(stack, emulator):
    """The guide says that what is left out goes, and somebody may have set it in the dashboard."""
    provider = stack(CustomProvider)
    provider.up(PROVIDER)
    emulator.store.custom_providers[provider.id]["metadata"] = {"team": "support"}

    provider.up({**PROVIDER, "description": "Tickets"})

    assert emulator.ledger.since(0)[-1].body == {
        "display_name": "Ticket system",
        "description": "Tickets",
        "auth_patterns": PATTERNS,
        "proxy_url": "https://{{domain}}/api",
        "proxy_enabled": True,
        "metadata": {"team": "support"},
    }


def test_what_scalekit_fills_into_a_pattern_is_no_drift(stack, emulator):
    emulator.switches = replace(emulator.switches, auth_patterns="filled")
    provider = stack(CustomProvider)
    provider.up(PROVIDER)

    assert provider.refresh() == []
    assert provider.preview(PROVIDER) == "same"

    emulator.store.custom_providers[provider.id]["auth_patterns"][0]["type"] = "NO_AUTH"
    assert provider.refresh() == ["authPatterns"]
    assert provider.preview(PROVIDER) == "update"


def test_a_number_is_the_same_with_and_without_a_fraction_of_zero(stack):
    provider = stack(CustomProvider)
    provider.up({**PROVIDER, "authPatterns": '[{"type": "BEARER", "timeout": 30}]'})

    assert provider.refresh() == []
    assert provider.preview({**PROVIDER, "authPatterns": '[{"timeout": 30.0, "type": "BEARER"}]'}) == "same"


@pytest.mark.parametrize(
    ("given", "name", "reason"),
    [
        ({"authPatterns": "BEARER"}, "authPatterns", "is not JSON"),
        ({"authPatterns": "{}"}, "authPatterns", "must be a list"),
        ({"authPatterns": "[]"}, "authPatterns", "must be a list"),
        ({"authPatterns": '[{"type": "BEARER"}, {}]'}, "authPatterns", "has no type in its item 1"),
        ({"authPatterns": ""}, "authPatterns", "must not be empty"),
        ({"displayName": "Tickets!"}, "displayName", "letters, digits and blanks only"),
        ({"proxyUrl": "http://tickets.example"}, "proxyUrl", "must begin with https://"),
        ({"metadata": {"a": "1"}}, "metadata.a", "a key"),
    ],
)
def test_bad_input_is_an_error_at_the_exact_property(stack, given, name, reason):
    with pytest.raises(CheckFailed) as failed:
        stack(CustomProvider).up({**PROVIDER, **given})

    assert list(failed.value.failures) == [name]
    assert reason in failed.value.failures[name]


@pytest.mark.parametrize(("resource", "program"), [(CustomProvider, PROVIDER), (McpConfig, CONFIG)])
def test_a_name_that_is_taken_is_told_with_the_ways_to_take_it_over(stack, resource, program):
    first = stack(resource)
    first.up(program)

    with pytest.raises(ScalekitError, match=f"already belongs to {first.id}.*scalekit:adopt identical"):
        stack(resource).up(program)
    taken = stack(resource, adopt="identical")
    taken.up(program)
    assert taken.id == first.id


def test_a_changed_set_of_tools_sends_the_description_as_it_is_there(stack, emulator):
    config = stack(McpConfig)
    config.up(CONFIG)
    emulator.store.mcp_configs[config.id]["description"] = "Set in the dashboard"

    config.up({**CONFIG, "connectionToolMappings": [{"connectionName": "acme-mail", "tools": ["a"]}]})

    assert emulator.ledger.since(0)[-1].body == {
        "description": "Set in the dashboard",
        "connection_tool_mappings": [{"connection_name": "acme-mail", "tools": ["a"]}],
    }


def test_the_order_of_tools_and_connections_does_not_matter(stack):
    config, calendar = stack(McpConfig), {"connectionName": "acme-calendar"}
    mail = CONFIG["connectionToolMappings"][0]
    config.up({**CONFIG, "connectionToolMappings": [mail, calendar]})

    other = [calendar, {**mail, "tools": ["a", "b"]}]
    assert config.preview({**CONFIG, "connectionToolMappings": other}) == "same"
    assert config.refresh() == []


def test_an_empty_set_of_tools_is_refused_for_it_would_mean_all(stack):
    with pytest.raises(CheckFailed) as failed:
        stack(McpConfig).up({**CONFIG, "connectionToolMappings": [{"connectionName": "acme-mail", "tools": []}]})

    assert failed.value.failures == {"connectionToolMappings[0].tools": "tools must not be empty"}


def test_an_agent_that_gets_all_tools_where_it_had_some_is_warned_of(stack, capsys):
    config = stack(McpConfig)
    config.up(CONFIG)
    config.preview({**CONFIG, "connectionToolMappings": [{"connectionName": "acme-mail", "tools": ["a"]}]})
    assert "agent-gets-all-tools" not in "".join(capsys.readouterr())

    config.preview({**CONFIG, "connectionToolMappings": [{"connectionName": "acme-mail"}]})

    assert "the agent gets all tools of a connection of which it had some" in "".join(capsys.readouterr())
