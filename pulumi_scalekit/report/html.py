"""A report as an HTML page."""

from __future__ import annotations

from pulumi_scalekit.pages.html import page
from pulumi_scalekit.report import wording
from pulumi_scalekit.report.report import Report


def html(report: Report) -> str:
    """The page."""
    return page("report.html.j2", title=wording.headline(report), report=report, wording=wording)
