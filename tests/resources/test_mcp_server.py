import json

import pytest

from pulumi_scalekit import McpServer, McpServerClient
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from tests.support.providers import Served
from tests.support.stack import CheckFailed, Stack, sent

SERVER = {"name": "Invoices", "serverUrl": "https://mcp.acme.example"}


def test_only_what_changed_is_sent(stack, emulator):
    server = stack(McpServer)
    server.up({**SERVER, "enableCimd": True})
    assert emulator.ledger.since(0)[-1].body == {
        "resource_type": "MCP_SERVER",
        "name": "Invoices",
        "resource_id": "https://mcp.acme.example",
        "enable_cimd": True,
    }
    server.up({**SERVER, "enableCimd": False})
    assert emulator.ledger.since(0)[-1].body == {"enable_cimd": False}


def test_what_to_publish_is_json(stack, emulator):
    server = stack(McpServer)
    server.up({**SERVER, "scopes": ["invoices:read"]})

    published = json.loads(server.outputs["protectedMetadata"])

    assert published["authorization_servers"] == [f"{emulator.url}/resources/{server.id}"]
    assert (published["resource"], published["scopes_supported"]) == ("https://mcp.acme.example", ["invoices:read"])


def test_the_connection_is_taken_away_by_its_own_call(stack, asked):
    server = stack(McpServer)
    server.up({**SERVER, "provider": "ACME-LOGIN"})
    asked()

    server.up(SERVER)

    assert asked() == [f"PUT /resources/{server.id}/provider:delete", f"GET /resources/{server.id}"]


def test_a_resource_of_another_type_is_no_mcp_server(stack, api):
    website = api.post("/resources", {"name": "Website", "resource_type": "WEB"})["resource"]["id"]

    with pytest.raises(ScalekitError, match=f"reading MCP server {website}: it does not exist in"):
        stack(McpServer).provider.read(website, {}, {})


def test_the_order_of_the_clients_that_may_register_does_not_matter(stack):
    server = stack(McpServer)
    allowed = [{"type": "PREDEFINED", "value": "vscode"}, {"type": "URL", "value": "https://a.example/client.json"}]
    server.up({**SERVER, "cimdClientAllowlist": allowed})

    assert server.preview({**SERVER, "cimdClientAllowlist": allowed[::-1]}) == "same"


@pytest.mark.parametrize(
    ("entry", "path", "reason"),
    [
        ({"type": "HOST", "value": "acme.example"}, "cimdClientAllowlist[0].type", "PREDEFINED, URL"),
        ({"type": "URL"}, "cimdClientAllowlist[0].value", "value is required"),
        ({"type": "URL", "value": "  "}, "cimdClientAllowlist[0].value", "nothing but blanks"),
    ],
)
def test_bad_input_in_a_list_of_blocks_is_an_error_at_the_exact_key(stack, entry, path, reason):
    with pytest.raises(CheckFailed) as failed:
        stack(McpServer).up({**SERVER, "cimdClientAllowlist": [entry]})

    assert list(failed.value.failures) == [path]
    assert reason in failed.value.failures[path]


def test_one_that_is_there_is_taken_over_if_it_is_equal(stack, api, emulator):
    first = stack(McpServer)
    first.up(SERVER)
    taken = stack(McpServer, adopt="identical")
    taken.up(SERVER)
    assert taken.id == first.id

    with pytest.raises(ScalekitError, match=r"MCP server with name='Invoices' and server_url=.* exists already"):
        stack(McpServer, adopt="identical").up({**SERVER, "description": "Another one"})
    assert len(emulator.store.resources) == 1


def test_the_secret_of_a_client_is_shown_once_and_kept(stack, api):
    client, program = stack(McpServerClient), {"mcpServerId": api.mcp_server(), "name": "Assistant"}
    client.up(program)
    known = sent(client.outputs)["plainSecret"]
    assert known.startswith("test_")

    client.refresh()
    client.up({**program, "name": "Helper"})

    assert sent(client.outputs)["plainSecret"] == known


def test_the_secret_is_not_there_after_an_import(stack, api):
    client, program = stack(McpServerClient), {"mcpServerId": api.mcp_server(), "name": "Assistant"}
    client.up(program)
    taken = Stack(client.provider)
    taken.id, taken.inputs, taken.outputs = client.provider.read(f"{program['mcpServerId']}/{client.id}", {}, {})

    assert "plainSecret" not in taken.outputs
    assert taken.preview(program) == "same"


def test_a_client_goes_with_its_mcp_server(stack, api):
    client, server = stack(McpServerClient), api.mcp_server()
    client.up({"mcpServerId": server, "name": "Assistant"})
    api.delete(f"/resources/{server}")

    assert client.refresh() == ["deleted"]


def test_a_client_whose_endpoints_are_gone_is_not_taken_for_deleted(stack, api, emulator):
    client = stack(McpServerClient)
    client.up({"mcpServerId": api.mcp_server(), "name": "Assistant"})
    emulator.faults.add(Fault("status", status=404, method="GET", times=None, path=r".*/clients.*"))

    with pytest.raises(ScalekitError, match="the endpoint itself does not answer"):
        client.refresh()


def test_clients_that_register_by_themselves_are_not_listed(api, config, emulator):
    server = api.mcp_server()
    ids = [api.post(f"/resources/{server}/clients", {"name": name})["client"]["client_id"] for name in "abc"]
    emulator.store.resource_clients[ids[0]]["is_dcr"] = True
    emulator.store.resource_clients[ids[1]]["is_cimd"] = True

    plugin = Served(McpServerClient.kind, config)

    assert [id_ for id_, _ in plugin.page_of_list({"mcpServerId": server})[0]] == [f"{server}/{ids[2]}"]


def test_a_client_of_a_server_that_is_not_there_says_what_to_check(stack):
    """Its 404 may mean that the endpoint is gone, which Scalekit has not published, but more often an id is wrong."""
    with pytest.raises(ScalekitError, match=r"Check mcp_server_id\. If it is right: Scalekit has not published this"):
        stack(McpServerClient).up({"mcpServerId": "res_9", "name": "Planner"})
