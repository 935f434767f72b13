"""A report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pulumi_scalekit.pages.values import printable_line
from pulumi_scalekit.report import wording
from pulumi_scalekit.report.report import Drift, Report, TenantReport

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan", "": None}
_SHOWN = 20
"""Entries of a list, beyond which they are counted."""


def text(report: Report) -> str:
    """The report, line by line, with the colours of a terminal."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    colour = "red" if report.drifted else "green"
    yield click.style(wording.headline(report), bold=True, fg=colour)
    yield f"{report.environment_url}, {report.made:%Y-%m-%d %H:%M} UTC, stacks: {', '.join(report.stacks) or 'none'}"
    yield ", ".join(click.style(f"{number} {what}", fg=COLOURS[kind]) for kind, number, what in wording.summary(report))
    for tenant in report.tenants:
        if tenant.says_something:
            yield from _tenant(tenant)
    if report.drifted:
        yield ""
        yield wording.REPAIR
    yield from _certificates(report)
    yield from _listed("Could not be read", [f"{label}: {reason}" for label, reason in report.unreadable], "red")
    yield from _listed(
        "In other environments, not looked at", [f"{number} in {url}" for url, number in report.elsewhere.items()], None
    )
    if times := wording.source_of_times(report):
        yield ""
        yield printable_line(times)
    if report.hidden:
        yield ""
        yield f"Not compared: {report.hidden} secret values, which the state does not show."
    if report.include:
        yield ""
        yield f"To bring what is not managed under code: {report.include}"


def _tenant(tenant: TenantReport) -> Iterator[str]:
    known = f"  {tenant.tenant.id_beside_title}" if tenant.tenant.id_beside_title else ""
    yield ""
    yield click.style(printable_line(tenant.tenant.title), bold=True) + click.style(known, dim=True)
    for drift in tenant.drift:
        yield from _drift(drift)
    for each in tenant.settings:
        if each.before is not None:
            yield f"  {click.style('customer:', fg='cyan')} {printable_line(each.label)} {each.path}: {each.before} => {each.value}{wording.happened(each.happening)}"
    for unwell in tenant.health:
        finding = unwell.finding
        yield (
            f"  {click.style(f'{finding.severity}:', fg=COLOURS[finding.severity])} {printable_line(unwell.label)}: "
            f"{printable_line(finding.sentence)} [{finding.rule}]"
        )
    listed = [f"{each.label} ({each.import_id}){wording.happened(each.happening)}" for each in tenant.unmanaged]
    for entry in listed[:_SHOWN]:
        yield f"  {click.style('not managed:', fg='cyan')} {printable_line(entry)}"
    if len(listed) > _SHOWN:
        yield f"  and {len(listed) - _SHOWN} more"


def _drift(drift: Drift) -> Iterator[str]:
    yield f"  {click.style(printable_line(wording.title(drift)), fg='red' if drift.gone else 'yellow')} ({printable_line(drift.name)})"
    if drift.sentence:
        yield f"    {drift.sentence}"
    for finding in drift.findings:
        yield (
            f"    {click.style(f'{finding.severity}:', fg=COLOURS[finding.severity])} {printable_line(finding.sentence)} "
            f"[{finding.rule}]"
        )
    for change in drift.changes:
        declared, there = wording.values(change)
        yield f"    {change.path}: {printable_line(declared)} => {printable_line(there)}"
    if drift.repair:
        yield f"    {drift.repair}"


def _certificates(report: Report) -> Iterator[str]:
    soon = [each for each in report.certificates if each.details.days_left < wording.SOON]
    entries = [
        f"{each.details.valid_until:%Y-%m-%d} ({wording.expiry(each)})  {each.tenant}, {each.label}: {each.details.subject}"
        for each in soon
    ]
    yield from _listed("Certificates that have expired or soon will", entries, "yellow")


def _listed(title: str, entries: list[str], colour: str | None) -> Iterator[str]:
    if entries:
        yield ""
        yield click.style(f"{title}:", fg=colour)
        yield from (f"  {printable_line(entry)}" for entry in entries[:_SHOWN])
        if len(entries) > _SHOWN:
            yield f"  and {len(entries) - _SHOWN} more"
