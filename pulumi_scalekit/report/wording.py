"""The sentences of a report that every format has."""

from __future__ import annotations

from pulumi_scalekit.lifecycle import Change
from pulumi_scalekit.pages.values import SECRET, in_words
from pulumi_scalekit.report.report import Certificate, Drift, Report, TenantReport
from pulumi_scalekit.review.wording import counted

SOON = 30
"""Days in which a certificate is told as expiring."""

REPAIR = "To repair, `pulumi up --refresh`: it writes back what is declared. To accept, change the program."


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


def title(drift: Drift) -> str:
    """`connection "OKTA" was deleted`."""
    return f"{drift.label} {'was deleted' if drift.gone else 'was changed'}"


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
