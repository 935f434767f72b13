"""A review as a comment on a pull request: totals first, then the tenants, worst first, never longer than a comment may be."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_scalekit.pages.markdown import block, code, escaped
from pulumi_scalekit.review import wording
from pulumi_scalekit.review.review import Review, Reviewed, ReviewedTenant

LONGEST = 65_000
"""Characters. GitHub takes 65,536."""
MARKS = {"error": "⛔", "warning": "⚠️", "note": "ℹ️"}  # noqa: RUF001 - the sign for a note
_FULL_SHARE = 0.75
"""How much of the comment tenants may take in full; the others get a line each."""
_ERRORS = 10
_ERROR_WIDTH = 2_000


def markdown(review: Review, *, longest: int = LONGEST) -> str:
    """The comment."""
    head = "\n".join(_head(review)) + "\n"
    foot = "\n" + "\n".join(_foot(review))
    room = longest - len(head) - len(foot) - 200
    text, rest = "", list(review.tenants)
    while rest and len(text) + len(full := "\n" + "\n".join(_tenant(rest[0])) + "\n") <= (
        room if len(rest) == 1 and not text else room * _FULL_SHARE
    ):
        text += full
        rest.pop(0)
    if rest:
        text += f"\n### {'Further tenants' if text else 'Tenants'}, in a line each\n\n"
        while (
            rest
            and len(text)
            + len(line := f"- {_mark(rest[0])}{escaped(rest[0].tenant.title)}: {wording.summary(rest[0])}\n")
            <= room
        ):
            text += line
            rest.pop(0)
    if rest:
        text += f"\n**{wording.counted(len(rest), 'further tenant')} changed and not listed here**: the comment would be too long.\n"
    return head + text + foot


def _head(review: Review) -> Iterator[str]:
    yield f"## {'⛔ ' if review.failed else ''}Scalekit: {wording.headline(review)}"
    yield ""
    for about, message in review.errors[:_ERRORS]:
        yield f"**{escaped(about)}**" if about else "**The program or the engine**"
        yield ""
        yield block(
            message if len(message) <= _ERROR_WIDTH else f"{message[:_ERROR_WIDTH]}\n… ({len(message)} characters)"
        )
        yield ""
    if len(review.errors) > _ERRORS:
        yield f"And {len(review.errors) - _ERRORS} more errors."
        yield ""
    if review.errors:
        yield "What follows is what the preview had come to before it failed."
        yield ""
    yield f"| Resources | Findings |{' Other providers |' if review.others else ''}"
    yield f"|---|---|{'---|' if review.others else ''}"
    others = f" {wording.totals(review.others)} |" if review.others else ""
    yield f"| {wording.totals(review.totals)} | {wording.findings(review)} |{others}"


def _foot(review: Review) -> Iterator[str]:
    if review.nameless:
        yield (
            f"The preview does not tell the name of {wording.counted(review.nameless, 'tenant')}: run it with `--show-sames`, or "
            "give `review` the state with `--state`."
        )


def _mark(tenant: ReviewedTenant) -> str:
    severities = {finding.severity for each in tenant.resources for finding in each.findings}
    return next((f"{MARKS[name]} " for name in ("error", "warning") if name in severities), "")


def _tenant(tenant: ReviewedTenant) -> Iterator[str]:
    known = f" ({code(tenant.tenant.id_beside_title)})" if tenant.tenant.id_beside_title else ""
    yield f"### {_mark(tenant)}{escaped(tenant.tenant.title)}{known}"
    yield ""
    for resource in tenant.resources:
        yield from _resource(resource)


def _resource(resource: Reviewed) -> Iterator[str]:
    sentence = f": {escaped(resource.sentence)}" if resource.sentence else ""
    yield f"- **{escaped(wording.title(resource))}** ({code(resource.name)}){sentence}"
    for finding in resource.findings:
        where = f"{code(finding.path)}: " if finding.path else ""
        yield f"  - {MARKS[finding.severity]} {where}{escaped(finding.sentence)} ({finding.rule})"
    if resource.operation in ("create", "import"):
        for path, value in wording.declared(resource.changes):
            yield f"  - {code(path)}: {code(value)}"
    else:
        for change in wording.unspoken(resource):
            old, new = wording.values(change)
            replaces = " (replaces the resource)" if change.replaces else ""
            yield f"  - {code(change.path)}: {code(old)} → {code(new)}{replaces}"
