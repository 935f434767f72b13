"""What a change of the tools of an agent leads to."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at

_MAPPINGS = "connection_tool_mappings"


@change_rule("agent-gets-all-tools", "warning")
def all_tools(change: ResourceChange) -> Iterator[Said]:
    """An agent had some tools of a connection, and gets all of them, those included that write, send or delete.

    Name the tools that it may use; without any, Scalekit gives it all, and those that come later too.
    """
    if _limited(change.before) & _whole(change.after):
        yield _MAPPINGS, "the agent gets all tools of a connection of which it had some: name those that it may use"


def _limited(values: Values) -> set[str]:
    return {name for name, some in _connections(values) if some}


def _whole(values: Values) -> set[str]:
    return {name for name, some in _connections(values) if not some}


def _connections(values: Values) -> Iterator[tuple[str, bool]]:
    """Each connection that is known, and whether the agent gets some of its tools only."""
    mappings = known_at(values, _MAPPINGS)
    for mapping in mappings if isinstance(mappings, list) else ():
        if isinstance(mapping, dict) and isinstance(name := mapping.get("connection_name"), str):
            yield name, bool(mapping.get("tools"))


MCP_CONFIG_FINDINGS = (all_tools,)
