"""The sentences of a report that every format has."""

from __future__ import annotations

from datetime import datetime

from pulumi_scalekit.lifecycle import Change
from pulumi_scalekit.pages.values import SECRET, in_words
from pulumi_scalekit.report.happening import Happening
from pulumi_scalekit.report.report import Certificate, Drift, Report, TenantReport
from pulumi_scalekit.review.wording import counted

SOON = 30
"""Days in which a certificate is told as expiring."""

REPAIR = "To repair, `pulumi up --refresh`: it writes back what is declared. To accept, change the program."

NOT_WHO = "The times are those of Scalekit's events, which do not say who did it."


def headline(report: Report) -> str:
    """What a reader needs first."""
    if not report.drifted:
        return "Scalekit is as declared"
    gone = sum(each.gone for each in report.drifted)
    parts = [f"{counted(len(report.drifted), 'object')} not as declared"]
    if gone:
        parts.append(f"{gone} of them deleted" if len(report.drifted) > 1 else "deleted")
    return ", ".join(parts)


def summary(report: Report) -> list[tuple[str, str, str]]:
    """The numbers: (class, number, what)."""
    expired = sum(each.details.days_left < 0 for each in report.certificates)
    soon = sum(0 <= each.details.days_left < SOON for each in report.certificates)
    changed = sum(each.before is not None for each in report.settings)
    numbers = [
        ("", report.managed, "managed"),
        ("error", sum(each.gone for each in report.drifted), "deleted"),
        ("warning", sum(not each.gone for each in report.drifted), "drifted"),
        ("error", expired, "expired certificates" if expired != 1 else "expired certificate"),
        ("warning", soon, f"{'certificates expire' if soon != 1 else 'certificate expires'} within {SOON} days"),
        ("error", _number(report, "error"), "errors" if _number(report, "error") != 1 else "error"),
        ("warning", _number(report, "warning"), "warnings" if _number(report, "warning") != 1 else "warning"),
        ("note", len(report.unmanaged), "not managed"),
        ("note", changed, "changed by the customer"),
        ("error", len(report.unreadable), "not readable"),
    ]
    return [(kind, str(number), what) for kind, number, what in numbers if number or what == "managed"]


def _number(report: Report, severity: str) -> int:
    return sum(each.finding.severity == severity for each in report.health)


def values(change: Change) -> tuple[str, str]:
    """What is declared and what is there."""
    if change.secret:
        return SECRET, "another value (secret)"
    return in_words(change.old), in_words(change.new)


def happened(happening: Happening | None) -> str:
    """`, created on 2026-11-20 08:12 UTC`, to end a line with; empty where no event says it."""
    if happening is None or happening.at is None:
        return ""
    what = "last changed" if happening.what == "updated" else happening.what
    return f", {what} {_on(happening.at)}"


def _on(at: datetime) -> str:
    return f"on {at:%Y-%m-%d %H:%M} UTC"


def source_of_times(report: Report) -> str:
    """Where the times come from, or why there are none; empty where there was nothing to date."""
    return report.undated or (NOT_WHO if report.dated else "")


def title(drift: Drift) -> str:
    """`connection "OKTA" was changed, disabled on 2026-11-20 08:12 UTC`, as far as an event says it."""
    title, at = f"{drift.label} was {'deleted' if drift.gone else 'changed'}", drift.happening and drift.happening.at
    if not drift.happening or not at:
        return title
    if drift.gone:
        return f"{title} {_on(at)}"
    return f"{title}, {'last' if drift.happening.what == 'updated' else drift.happening.what} {_on(at)}"


def line(tenant: TenantReport) -> str:
    """A tenant in a line."""
    gone, drifted = sum(each.gone for each in tenant.drift), sum(not each.gone for each in tenant.drift)
    parts = [
        f"{number} {what}"
        for number, what in (
            (gone, "deleted"),
            (drifted, "drifted"),
            (sum(each.finding.severity == "warning" for each in tenant.health), "to warn of"),
            (len(tenant.unmanaged), "not managed"),
            (sum(each.before is not None for each in tenant.settings), "changed by the customer"),
        )
        if number
    ]
    return ", ".join(parts)


def expiry(certificate: Certificate) -> str:
    """`expired 3 days ago`, `in 12 days`."""
    days = certificate.details.days_left
    return f"expired {counted(-days, 'day')} ago" if days < 0 else f"in {counted(days, 'day')}"


def expiry_class(certificate: Certificate) -> str:
    days = certificate.details.days_left
    return "error" if days < 0 else "warning" if days < SOON else ""
