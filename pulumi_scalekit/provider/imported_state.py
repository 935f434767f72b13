"""The state of an object that no create has made, for a file of `pulumi import`: with it no provider is called."""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.names import to_state
from pulumi_scalekit.model.provider_string import provider_string
from pulumi_scalekit.provider.grpc_values import plain, secret
from pulumi_scalekit.provider.hidden_outputs import hidden_outputs, instance


def imported_state(kind: Kind, inputs: Values, state: Values, *, plugin: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The inputs and the outputs of a resource as either provider would have left them.

    Args:
        kind: What it is.
        inputs: What the program declares.
        state: The inputs and the outputs.
        plugin: Whether the stack uses the plugin.

    """
    provider = {"__provider": provider_string(kind.token)}
    declared = to_state(kind, inputs, plain)
    outputs = {**to_state(kind, state, secret), **provider, **hidden_outputs(instance({}), guarded=False)}
    return (declared if plugin else {**declared, **provider}), outputs
