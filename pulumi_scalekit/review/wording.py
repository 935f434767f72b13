"""The sentences of a review that every format has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pulumi_scalekit.lifecycle import SEVERITIES, Change
from pulumi_scalekit.pages.values import CERTIFICATE, SECRET, in_words
from pulumi_scalekit.review.preview import Operation
from pulumi_scalekit.review.review import WORST_FIRST, Review, Reviewed, ReviewedTenant

DONE: dict[Operation, str] = {
    "delete": "deleted",
    "replace": "replaced",
    "update": "changed",
    "create": "created",
    "import": "imported",
    "same": "unchanged",
    "read": "only read",
}
ACT: dict[Operation, str] = {
    "delete": "Delete",
    "replace": "Replace",
    "update": "Change",
    "create": "Create",
    "import": "Import",
    "same": "Unprotect",
}


def headline(review: Review) -> str:
    """What a reviewer reads first."""
    if review.errors:
        return "The preview failed: nothing can be applied"
    if not review.changes:
        return "Nothing changes at Scalekit"
    deleted = sum(_is_deleted(each) for each in review.tenants)
    parts = [f"{counted(len(review.tenants), 'tenant')} changed"]
    if deleted:
        parts.append(f"{deleted} of them deleted" if len(review.tenants) > 1 else "deleted")
    return ", ".join(parts)


def _is_deleted(tenant: ReviewedTenant) -> bool:
    return any(each.urn == tenant.tenant.key and each.operation == "delete" for each in tenant.resources)


def totals(numbers: Counter[Operation]) -> str:
    """`3 created, 2 changed, 1 deleted, 40 unchanged`."""
    order: tuple[Operation, ...] = (*WORST_FIRST, "read", "same")
    return ", ".join(f"{numbers[operation]} {DONE[operation]}" for operation in order if numbers[operation]) or "none"


def findings(review: Review) -> str:
    """`2 errors, 1 warning`."""
    return ", ".join(counted(number, name) for name in SEVERITIES if (number := review.severities[name])) or "none"


def summary(tenant: ReviewedTenant) -> str:
    """A tenant in a line."""
    numbers = Counter[Operation](each.operation for each in tenant.resources)
    rules = dict.fromkeys(
        finding.rule for each in tenant.resources for finding in each.findings if finding.severity != "note"
    )
    return totals(numbers) + (f"; {', '.join(rules)}" if rules else "")


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def values(change: Change) -> tuple[str, str]:
    """The old and the new value of a changed property."""
    if change.secret and change.what == "update":
        return SECRET, "another secret"
    if change.handed_back:
        return in_words(change.old), "no longer managed, stays as it is"
    return in_words(change.old), in_words(change.new)


def unspoken(resource: Reviewed) -> list[Change]:
    """The changed properties of which no finding shows both values already, as one of a certificate does."""
    return [change for change in resource.changes if not _is_spoken(change, resource)]


def _is_spoken(change: Change, resource: Reviewed) -> bool:
    both = values(change)
    return all(value.startswith(CERTIFICATE) for value in both) and any(
        finding.path == change.path and all(value.removeprefix(CERTIFICATE) in finding.sentence for value in both)
        for finding in resource.findings
    )


def declared(changes: Iterable[Change]) -> list[tuple[str, str]]:
    """The properties of a new resource."""
    return [(change.path, SECRET if change.secret else in_words(change.new)) for change in changes]


def title(resource: Reviewed) -> str:
    """`Delete connection "OKTA"`."""
    return f"{ACT[resource.operation]} {resource.label}"
