"""What a state holds beside the resource's properties: the same outputs under either provider, so that a stack may switch."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from pulumi_scalekit.model.names import GUARDED

INSTANCE = "__instance"
"""Tells a resource from another one of the state that has the same object: the dynamic provider's host passes no URN."""


def instance(outputs: Mapping[str, Any]) -> str:
    """What tells a resource from others, made where there is none yet: by a create, or for a state of another version."""
    return str(outputs.get(INSTANCE) or uuid.uuid4().hex[:12])


def hidden_outputs(mine: str, *, guarded: bool) -> dict[str, Any]:
    """The outputs that are no property's.

    Args:
        mine: What tells the resource from others.
        guarded: Whether what it is in has deletion protection.

    """
    return {INSTANCE: mine, **({GUARDED: True} if guarded else {})}
