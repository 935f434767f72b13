"""What a check answers beside the inputs: what is refused, and what is shown in the preview."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_scalekit import lifecycle
from pulumi_scalekit.lifecycle import Failure
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.environment import Environment


@dataclass(frozen=True)
class Checked:
    """A checked declaration.

    Attributes:
        inputs: As they are sent.
        failures: Why they are refused.
        warnings: What will hurt.
        notes: What helps to decide.

    """

    inputs: Values
    failures: list[Failure]
    warnings: list[Failure]
    notes: list[Failure]


def checked(kind: Kind, environment: Environment | None, old: Values, new: Values, *, resource: str = "") -> Checked:
    """Check a declaration and judge it by the rules of its kind. Nothing is sent.

    Args:
        kind: The resource's description.
        environment: Where it lives; None before the provider is configured.
        old: The inputs in the state; empty for a create.
        new: The inputs in the program.
        resource: Tells the resource from the others; empty where nothing does.

    """
    inputs, failures = lifecycle.check(kind, old, new)
    if failures:
        # What has another shape than a rule expects cannot be judged by it.
        return Checked(inputs, failures, [], [])
    found = lifecycle.findings(
        kind,
        old,
        inputs,
        policy=environment.policy if environment else None,
        declarations=environment.run.declarations if environment else None,
        resource=resource,
    )
    by_severity: dict[str, list[Failure]] = {severity: [] for severity in lifecycle.SEVERITIES}
    for finding in found:
        by_severity[finding.severity].append(Failure(finding.path, f"{finding.sentence} [{finding.rule}]"))
    return Checked(inputs, by_severity["error"], by_severity["warning"], by_severity["note"])
