"""The kinds and functions that there are. `resources` and `functions` fill it when they are imported; the providers read it."""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.model.finding import Rule
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Kind

KINDS: dict[str, Kind] = {}
"""By type token, in the order of the schema and the reference."""

FUNCTIONS: dict[str, Function[Any]] = {}
"""By token, in the same order."""


def rules() -> dict[str, Rule]:
    """The rules by name, each once, in the order of the resources."""
    return {rule.name: rule for kind in KINDS.values() for rule in (*kind.findings, *kind.health)}
