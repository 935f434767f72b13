"""Check: the declared inputs as they are sent, and what is wrong with them. Nothing is sent."""

from __future__ import annotations

from pulumi_scalekit.model.check_failures import Failure
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind


def check(kind: Kind, old: Values, new: Values) -> tuple[Values, list[Failure]]:
    """Normalise the declared inputs and judge them.

    Args:
        kind: The resource's description.
        old: The inputs in the state; empty for a create.
        new: The inputs in the program.

    Returns:
        The inputs as they are sent, and the broken rules; see `model.rules.check`.

    """
    # Late: it brings pydantic, and a program that only registers resources judges nothing.
    from pulumi_scalekit.model import rules

    return rules.check(kind, old, new)
