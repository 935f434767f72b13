"""A review as an HTML page."""

from __future__ import annotations

from collections import Counter

from pulumi_scalekit.lifecycle import SEVERITIES
from pulumi_scalekit.pages.html import page
from pulumi_scalekit.review import wording
from pulumi_scalekit.review.preview import Operation
from pulumi_scalekit.review.review import WORST_FIRST, Review, ReviewedTenant

_ACTS = {
    "delete": "error",
    "replace": "error",
    "update": "warning",
    "create": "good",
    "import": "note",
    "same": "warning",
}


def html(review: Review) -> str:
    """The page."""
    return page(
        "review.html.j2",
        title=f"Scalekit: {wording.headline(review)}",
        review=review,
        wording=wording,
        counted=_counted,
        acts=_ACTS,
        changes=[(wording.DONE[each], review.totals[each]) for each in WORST_FIRST if review.totals[each]],
        severities=[(name, review.severities[name]) for name in SEVERITIES if review.severities[name]],
    )


def _counted(tenant: ReviewedTenant) -> Counter[Operation]:
    return Counter(each.operation for each in tenant.resources)
