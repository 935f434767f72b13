"""Preview: what is known of a resource before anything is sent."""

from __future__ import annotations

from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.remote.objects import Objects


def preview(objects: Objects, inputs: Values, state: Values) -> Values:
    """The state that a create or an update will leave, as far as it can be predicted.

    Args:
        objects: The objects of its kind, where it lives.
        inputs: What is declared.
        state: The state of before; empty for a create.

    Returns:
        The inputs, the outputs that stay, and `UNKNOWN` for those that only Scalekit's answer tells.

    """
    kind = objects.kind
    outputs = {
        field.name: state[field.name] if field.name in state and (field.stable or field.create_only) else UNKNOWN
        for field in kind.outputs
    }
    return {**inputs, **outputs, "environment_url": objects.environment.url}
