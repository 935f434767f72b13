"""`pulumi-scalekit review`: a preview for a person who has to decide."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from pulumi_scalekit.review.review import Review


@click.command()
@click.argument("preview", type=click.File(encoding="utf-8"), default="-", metavar="[FILE]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="Markdown is for a comment on a pull request.",
)
@click.option(
    "--state",
    type=click.File(encoding="utf-8"),
    help="What `pulumi stack export` wrote: the names of tenants that a preview without --show-sames leaves out.",
)
@click.option(
    "--max-length",
    "longest",
    type=click.IntRange(min=2_000),
    default=65_000,
    show_default=True,
    help="Markdown: characters that a comment may have. What is cut is counted.",
)
def review(preview: TextIO, form: str, state: TextIO | None, longest: int) -> None:
    """Say what a preview would change, to who has to decide.

    [FILE] is what `pulumi preview --json --show-sames` wrote; without it, stdin:

        pulumi preview --json --show-sames | pulumi-scalekit review

    By tenant, worst first: what changes for the people who sign in, each property with its old and its new value, what the
    rules find. Secrets are shown as such. It sends nothing and needs no credentials.

    Exit codes: 0: the changes can be applied. 1: they cannot: the preview failed, or a finding is an error. 2: wrong usage.
    """
    # Late: only this verb needs the resources.
    from pulumi_scalekit.pages.html import MissingExtra
    from pulumi_scalekit.review.preview import NoPreview, Preview, parse
    from pulumi_scalekit.review.review import review as reviewed
    from pulumi_scalekit.stack.export import NoState, resources
    from pulumi_scalekit.stack.tenants import Tenants

    try:
        parsed = parse(preview.read())
    except (NoPreview, UnicodeDecodeError) as error:
        # It is a review all the same: the comment of a push must not be that of the push before.
        parsed = Preview(errors=(("", str(error)),))
    try:
        found = reviewed(parsed, Tenants(resources(state.read())) if state else None)
        click.echo(_written(found, form, longest), nl=False)
    except (NoState, MissingExtra) as error:
        raise click.ClickException(str(error)) from None
    sys.exit(1 if found.failed else 0)


def _written(found: Review, form: str, longest: int) -> str:
    from pulumi_scalekit.review.as_json import as_json
    from pulumi_scalekit.review.html import html
    from pulumi_scalekit.review.markdown import markdown
    from pulumi_scalekit.review.text import text

    match form:
        case "markdown":
            return markdown(found, longest=longest)
        case "html":
            return html(found)
        case "json":
            return as_json(found)
        case _:
            return text(found)
