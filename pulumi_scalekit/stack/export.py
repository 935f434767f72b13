"""What `pulumi stack export` wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_scalekit.stack.resource import StackResource, resource


class NoState(ValueError):
    """What was given is no state of a stack; the text says so."""


def resources(text: str) -> list[StackResource]:
    """The resources in a state.

    Raises:
        NoState: The text is none.

    """
    return [resource(each) for each in deployment(text).get("resources") or ()]


def deployment(text: str) -> Mapping[str, Any]:
    """The deployment in a state: of `pulumi stack export`, or a checkpoint file of a backend of one's own.

    Raises:
        NoState: The text is none.

    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise NoState(f"this is no state of a stack, which `pulumi stack export` writes: {error}") from None
    if isinstance(found, dict):
        latest = (found.get("checkpoint") or {}).get("latest")
        held = found.get("deployment") or latest
        if isinstance(held, dict):
            return held
    raise NoState("this is JSON, but no state of a stack, which `pulumi stack export` writes")
