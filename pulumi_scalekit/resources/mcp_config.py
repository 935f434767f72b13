"""McpConfig: the tools that an agent gets, through an MCP server of Scalekit's."""

from typing import Annotated

from pulumi import Input
from typing_extensions import NotRequired, TypedDict

from pulumi_scalekit import outputs
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.program.resource import OptionalBlockListProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.mcp_config_findings import MCP_CONFIG_FINDINGS

_COLLECTION = "/mcp/configs"
_ITEM = _COLLECTION + "/{id}"
_MOST_TOOLS = 10_000


class McpConfigConnectionToolMapping(TypedDict):
    """A connection, and which of its tools the agent gets."""

    connection_name: Annotated[
        Input[str],
        prop(
            "Name of the connection, its key id: `key_id` of an `EnvironmentConnection` that declares one.",
            length=(1, None),
            refers_to=("EnvironmentConnection.key_id",),
        ),
    ]
    tools: Annotated[
        NotRequired[Input[list[Input[str]]]],
        prop(
            "Names of its tools, a set. Left out, the agent gets all of them; an empty set would mean the same, and is refused.",
            unordered=True,
            items=(1, _MOST_TOOLS),
            length=(1, None),
        ),
    ]


class McpConfig(
    Resource,
    spelled="MCP config",
    findings=MCP_CONFIG_FINDINGS,
    lost_for_good="A repair creates a new MCP configuration with another id and URL: its instances are gone.",
):
    """The tools that an agent gets, through an MCP server that Scalekit runs: some of each of some connections.

    Its documents call it an MCP configuration. For each user there is an instance of it, which your application makes.
    A server of yours is an `McpServer`. Destroying it deletes its instances too.
    """

    name: Prop[str] = prop(
        "Name, unique: 1 to 100 lower-case letters, digits, `_` and `-`. Scalekit cannot change it, and instances go with the "
        "old configuration.",
        length=(1, 100),
        pattern=r"[a-z0-9_-]+",
        pattern_words="may hold lower-case letters, digits, underscores and hyphens only, such as daily-summary",
    )
    description: OptionalProp[str] = prop("What the agent does with it.", default=None)
    connection_tool_mappings: OptionalBlockListProp[
        McpConfigConnectionToolMapping, outputs.McpConfigConnectionToolMapping
    ] = prop(
        "The connections whose tools the agent gets, a set of at most 25.", default=None, unordered=True, items=(0, 25)
    )
    mcp_server_url: Prop[str] = prop(
        "URL of the MCP server; empty where the environment does not have that feature.",
        init=False,
        stable=True,
    )

    api = Api(
        item=_ITEM,
        envelope="config",
        create=Endpoint("POST", _COLLECTION),
        update=(Endpoint("PUT", _ITEM, owns=("description", "connection_tool_mappings"), left_out="reset"),),
        delete=Endpoint("DELETE", _ITEM),
        listing=Listing(_COLLECTION, "configs", page_size=30),
        identity=("name",),
        delete_before_replace=True,
    )
