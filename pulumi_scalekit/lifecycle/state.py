"""What is kept of a resource: its declared inputs, and what only the API knows."""

from __future__ import annotations

from pulumi_scalekit.lifecycle.environment import Environment
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind


def compose(kind: Kind, environment: Environment, inputs: Values, live: Values, before: Values) -> Values:
    """The state of a resource.

    An input is in it exactly when it was declared, keys of blocks likewise: a refresh is handed nothing else to tell what
    the user manages.

    Args:
        kind: The resource's description.
        environment: Where it lives; its URL becomes part of the state.
        inputs: The declared inputs.
        live: What the API answered.
        before: The state until now, for outputs that are shown once.

    """
    outputs = {
        field.name: value
        for field in kind.outputs
        if (value := live.get(field.name, before.get(field.name) if field.kept else None)) is not None
    }
    return {**inputs, **outputs, "environment_url": environment.url}


def declared(kind: Kind, state: Values) -> Values:
    """The inputs in a state."""
    return {field.name: state[field.name] for field in kind.inputs if field.name in state}
