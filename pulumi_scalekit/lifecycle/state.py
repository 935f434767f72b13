"""What is kept of a resource: its declared inputs, and what only the API knows."""

from __future__ import annotations

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.objects import Objects


def compose(objects: Objects, inputs: Values, live: Values, before: Values) -> Values:
    """The state of a resource.

    An input is in it exactly when it was declared, keys of blocks likewise: a refresh is handed nothing else to tell what
    the user manages.

    Args:
        objects: The objects of its kind, where it lives.
        inputs: The declared inputs.
        live: What the API answered.
        before: The state until now, for outputs that only a create answers with.

    """
    kind = objects.kind
    outputs = {
        field.name: value
        for field in kind.outputs
        if (value := live.get(field.name, before.get(field.name) if field.create_only else None)) is not None
    }
    return {**inputs, **outputs, "environment_url": objects.environment.url}


def declared(kind: Kind, state: Values) -> Values:
    """The inputs in a state."""
    return {field.name: state[field.name] for field in kind.inputs if field.name in state}
