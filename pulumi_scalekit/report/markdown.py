"""A report as an issue or a summary: numbers first, then the tenants, worst first, never longer than an issue may be."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_scalekit.pages.markdown import code, escaped
from pulumi_scalekit.report import wording
from pulumi_scalekit.report.report import Drift, Report, TenantReport
from pulumi_scalekit.review.markdown import LONGEST, MARKS
from pulumi_scalekit.review.wording import counted

_FULL_SHARE = 0.7
_SHOWN = 15


def markdown(report: Report, *, longest: int = LONGEST) -> str:
    """The issue."""
    head = "\n".join(_head(report)) + "\n"
    foot = "\n" + "\n".join(_foot(report)) + "\n"
    room = longest - len(head) - len(foot) - 200
    text, rest = "", [each for each in report.tenants if each.says_something]
    while rest and len(text) + len(full := "\n" + "\n".join(_tenant(rest[0])) + "\n") <= room * _FULL_SHARE:
        text += full
        rest.pop(0)
    if rest:
        text += f"\n### {'Further tenants' if text else 'Tenants'}, in a line each\n\n"
    while rest and len(text) + len(one := f"- {escaped(rest[0].tenant.title)}: {wording.line(rest[0])}\n") <= room:
        text += one
        rest.pop(0)
    if rest:
        text += f"\n**{counted(len(rest), 'further tenant')} not listed here**: the text would be too long.\n"
    return head + text + foot


def _head(report: Report) -> Iterator[str]:
    yield f"## {'⚠️ ' if report.drifted else '✅ '}{wording.headline(report)}"
    yield ""
    yield (
        f"{code(report.environment_url)}, {report.made:%Y-%m-%d %H:%M} UTC, "
        f"compared with {', '.join(code(stack) for stack in report.stacks) or 'no stack'}."
    )
    yield ""
    numbers = wording.summary(report)
    yield f"| {' | '.join(what for _, _, what in numbers)} |"
    yield f"|{'---|' * len(numbers)}"
    yield f"| {' | '.join(number for _, number, _ in numbers)} |"
    if report.drifted:
        yield ""
        yield wording.REPAIR


def _foot(report: Report) -> Iterator[str]:
    certificates = [each for each in report.certificates if each.details.days_left < wording.SOON]
    if certificates:
        yield "### Certificates that have expired or soon will"
        yield ""
        yield "| Expires | Tenant | Connection | Subject | SHA-256 |"
        yield "|---|---|---|---|---|"
        for each in certificates[:_SHOWN]:
            held = each.details
            yield (
                f"| {held.valid_until:%Y-%m-%d}, {wording.expiry(each)} | {escaped(each.tenant)} | {escaped(each.label)} | "
                f"{escaped(held.subject)} | {code(held.fingerprint)} |"
            )
        if len(certificates) > _SHOWN:
            yield f"\nAnd {len(certificates) - _SHOWN} more."
        yield ""
    if report.unreadable:
        yield "### Could not be read"
        yield ""
        yield from (f"- {escaped(label)}: {escaped(reason)}" for label, reason in report.unreadable[:_SHOWN])
        if len(report.unreadable) > _SHOWN:
            yield f"- and {len(report.unreadable) - _SHOWN} more"
        yield ""
    for url, number in report.elsewhere.items():
        yield f"{counted(number, 'object')} in {code(url)} not looked at."
    if times := wording.source_of_times(report):
        yield escaped(times)
    if report.hidden:
        yield f"{counted(report.hidden, 'secret value')} not compared, which the state does not show."
    if report.include:
        yield f"To bring what is not managed under code: {code(report.include)}"


def _tenant(tenant: TenantReport) -> Iterator[str]:
    known = f" ({code(tenant.tenant.id_beside_title)})" if tenant.tenant.id_beside_title else ""
    yield f"### {escaped(tenant.tenant.title)}{known}"
    yield ""
    for drift in tenant.drift:
        yield from _drift(drift)
    for each in tenant.settings:
        if each.before is not None:
            yield f"- customer: {escaped(each.label)}, {code(each.path)}: {code(each.before)} → {code(each.value)}{wording.happened(each.happening)}"
    for unwell in tenant.health:
        yield f"- {MARKS[unwell.finding.severity]} {escaped(unwell.label)}: {escaped(unwell.finding.sentence)} ({unwell.finding.rule})"
    for stray in tenant.unmanaged[:_SHOWN]:
        yield f"- not managed: {escaped(stray.label)} ({code(stray.import_id)}){wording.happened(stray.happening)}"
    if len(tenant.unmanaged) > _SHOWN:
        yield f"- and {len(tenant.unmanaged) - _SHOWN} more that are not managed"


def _drift(drift: Drift) -> Iterator[str]:
    sentence = f": {escaped(drift.sentence)}" if drift.sentence else ""
    yield f"- **{escaped(wording.title(drift))}** ({code(drift.name)} in {code(drift.stack)}){sentence}"
    for finding in drift.findings:
        yield f"  - {MARKS[finding.severity]} {escaped(finding.sentence)} ({finding.rule})"
    for change in drift.changes:
        declared, there = wording.values(change)
        yield f"  - {code(change.path)}: declared {code(declared)}, there {code(there)}"
    if drift.repair:
        yield f"  - {escaped(drift.repair)}"
