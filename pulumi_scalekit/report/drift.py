"""Drift: each event once, with what it means and what a repair does not bring back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pulumi_scalekit import lifecycle
from pulumi_scalekit.lifecycle import Change, Found
from pulumi_scalekit.lifecycle.state import declared
from pulumi_scalekit.model import sentences
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import Policy, ResourceChange
from pulumi_scalekit.report.happening import Happening, happening, of_changes
from pulumi_scalekit.report.managed import Managed
from pulumi_scalekit.report.report import Drift
from pulumi_scalekit.review.wording import counted


def drift(each: Managed, found: Found | None, gone: Collection[str], policy: Policy, inside: int) -> Drift | None:
    """How a managed object differs from its declaration; None where it does not.

    Args:
        each: The object as the state has it.
        found: What is there; None where it is gone.
        gone: The ids of everything managed that is gone: that they are missing elsewhere too is the same event.
        policy: Which rules a team wants to hear.
        inside: How many managed objects went with it.

    """
    before = declared(each.kind, each.state)
    after = found.inputs if found else {}
    changes = tuple(_changes(each, before, after, gone)) if found else ()
    if found and not changes:
        return None
    shown = ResourceChange(each.for_rules(before), each.for_rules(after))
    return Drift(
        label=each.label,
        name=each.resource.name,
        urn=each.resource.urn,
        stack=each.stack,
        gone=found is None,
        sentence=_sentence(each, shown, inside),
        repair=each.kind.lost_for_good if found is None else _not_repaired(each, after),
        changes=changes,
        findings=tuple(lifecycle.findings(each.kind, shown.before, shown.after, policy=policy, replaced=False)),
        happening=_happening(each, changes if found else None),
    )


def _not_repaired(each: Managed, after: Values) -> str:
    stay = [field for field in each.kind.inputs if field.settled and after.get(field.name)]
    return " ".join(sentences.not_repaired(after[field.name]) for field in stay)


def _happening(each: Managed, changes: Sequence[Change] | None) -> Happening | None:
    if changes is None:
        return happening("deleted", each.kind, each.resource.id, each.state)
    return of_changes(changes, each.kind, each.resource.id, each.state)


def touched(each: Managed, found: Found) -> set[str]:
    """The paths at which an object is not as declared, also where that is told of another object."""
    return {
        change.path for change in lifecycle.changes_between(each.kind, declared(each.kind, each.state), found.inputs)
    }


def _sentence(each: Managed, change: ResourceChange, inside: int) -> str:
    if not change.after:
        return f"{counted(inside, 'managed object')} went with it." if inside else ""
    return each.kind.consequence(change) if each.kind.consequence else ""


def whole_tenants(held: Sequence[Managed], gone: Collection[str]) -> dict[str, int]:
    """How many managed objects went with each organization that is gone, by the organization's id."""
    counted: dict[str, int] = {}
    for each in held:
        owner = each.state.get("organization_id")
        if owner in gone and each.resource.id in gone:
            counted[str(owner)] = counted.get(str(owner), 0) + 1
    return counted


def _changes(each: Managed, before: dict[str, Any], after: dict[str, Any], gone: Collection[str]) -> Iterator[Change]:
    for change in lifecycle.changes_between(each.kind, before, after):
        if not _follows(change, gone):
            yield replace(change, secret=change.secret or each.is_secret(change.path))


def _follows(change: Change, gone: Collection[str]) -> bool:
    """Whether a list lacks nothing but what is gone itself."""
    if not isinstance(change.old, list) or not isinstance(change.new, list):
        return False
    missing = [item for item in change.old if item not in change.new]
    added = [item for item in change.new if item not in change.old]
    return bool(missing) and not added and all(item in gone for item in missing)
