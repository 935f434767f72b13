"""What a change will lead to: the rules of its kind, as the team wants to hear them. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_scalekit.model.check_failures import state_path
from pulumi_scalekit.model.compare import same
from pulumi_scalekit.model.declarations import Declaration, Declarations
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import Finding, Policy, ResourceChange, Rule, Said
from pulumi_scalekit.model.kind import Kind


def findings(
    kind: Kind,
    before: Values,
    after: Values,
    *,
    policy: Policy | None = None,
    declarations: Declarations | None = None,
    resource: str = "",
    replaced: bool | None = None,
    unprotected: bool = False,
    standing: bool = False,
) -> list[Finding]:
    """What the rules of a kind say of a change, worst first.

    Args:
        kind: The resource's description.
        before: The inputs in the state; empty for a create.
        after: The inputs in the program, as `check` returned them; empty for a delete.
        policy: Which rules are errors, and which say nothing.
        declarations: The other resources of the program; without them, no rule between resources is judged.
        resource: Tells the resource from the others.
        replaced: Whether a new object takes the place of the old one; by default as the two values say.
        unprotected: Whether Pulumi's `protect` is taken away.
        standing: `after` is an object that is there, and nothing changes: only the rules about values are judged.

    """
    policy = policy or Policy()
    if replaced is None:
        replaced = bool(before and after) and _is_replaced(kind, before, after)
    change = ResourceChange(before, after, replaced, unprotected)
    declaration = Declaration(resource, kind.label_with_owner(after), after, before=before)
    found = [
        Finding(rule.name, severity, state_path(kind, path.split(".")) if path else "", sentence)
        for rule in kind.findings
        if not (standing and rule.of_change)
        if (severity := policy.severity(rule))
        for path, sentence in _said(rule, change, declaration, declarations)
    ]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


SEVERITIES = ("error", "warning", "note")
"""The severities, worst first."""


def _said(
    rule: Rule, change: ResourceChange, declaration: Declaration, declarations: Declarations | None
) -> Iterator[Said]:
    yield from rule.judge(change)
    if declarations and declaration.values:
        yield from declarations.judge(rule, declaration, change.before)


def _is_replaced(kind: Kind, before: Values, after: Values) -> bool:
    return any(
        not same(kind.by_name[name], before.get(name), after.get(name)) for name in kind.replacing if name in before
    )
