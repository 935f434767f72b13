"""A review for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pulumi_scalekit.pages.values import printable_line
from pulumi_scalekit.review import wording
from pulumi_scalekit.review.review import Review, Reviewed

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_ACTS = {"delete": "red", "replace": "red", "update": "yellow", "create": "green", "import": "cyan", "same": "yellow"}


def text(review: Review) -> str:
    """The review, line by line, with the colours of a terminal."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    yield click.style(f"Scalekit: {wording.headline(review)}", bold=True, fg="red" if review.failed else None)
    for about, message in review.errors:
        yield ""
        yield click.style(f"error: {printable_line(about) or 'the program or the engine'}", fg="red")
        yield from (f"    {printable_line(line)}" for line in message.splitlines())
    yield ""
    yield f"Resources: {wording.totals(review.totals)}"
    yield f"Findings:  {wording.findings(review)}"
    if review.others:
        yield f"Resources of other providers: {wording.totals(review.others)}"
    for tenant in review.tenants:
        known = f"  {tenant.tenant.id_beside_title}" if tenant.tenant.id_beside_title else ""
        yield ""
        yield click.style(printable_line(tenant.tenant.title), bold=True) + click.style(known, dim=True)
        for resource in tenant.resources:
            yield from _resource(resource)
    if review.nameless:
        yield ""
        yield (
            f"The preview does not tell the name of {wording.counted(review.nameless, 'tenant')}: run it with --show-sames, or "
            "give the state with --state."
        )


def _resource(resource: Reviewed) -> Iterator[str]:
    title = click.style(printable_line(wording.title(resource)), fg=_ACTS[resource.operation])
    yield f"  {title} ({printable_line(resource.name)})"
    if resource.sentence:
        yield f"    {printable_line(resource.sentence)}"
    for finding in resource.findings:
        where = f"{finding.path}: " if finding.path else ""
        severity = click.style(f"{finding.severity}:", fg=COLOURS[finding.severity])
        yield f"    {severity} {printable_line(where + finding.sentence)} [{finding.rule}]"
    if resource.operation in ("create", "import"):
        yield from (f"    {path}: {printable_line(value)}" for path, value in wording.declared(resource.changes))
    else:
        for change in wording.unspoken(resource):
            old, new = wording.values(change)
            replaces = click.style(" (replaces the resource)", fg="red") if change.replaces else ""
            yield f"    {change.path}: {printable_line(old)} => {printable_line(new)}{replaces}"
