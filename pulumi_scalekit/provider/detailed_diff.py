"""A changed property as the engine's protocol has it."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_scalekit.lifecycle import Change

_KINDS = {"add": 0, "delete": 2, "update": 4}
_REPLACE = 1
"""Behind each kind of change stands the same one that replaces."""


def detail(change: Change) -> Any:
    """The kind of a change, for the engine to show."""
    return proto.PropertyDiff(kind=_KINDS[change.what] + (_REPLACE if change.replaces else 0), inputDiff=True)  # type: ignore[arg-type]
