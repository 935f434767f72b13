"""`pulumi-scalekit report`: what is there against what is declared, and against what is healthy."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.cli.terminal import printable_lines

if TYPE_CHECKING:
    from pulumi_scalekit.adopt.inventory import Progress
    from pulumi_scalekit.report.report import Report

_FORMATS = {".md": "markdown", ".html": "html", ".json": "json", ".txt": "text"}


@click.command()
@click.option(
    "--cwd",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the Pulumi project; by default the one where this is run.",
)
@click.option(
    "--stack",
    "stacks",
    multiple=True,
    help="Stack to compare with; repeatable. By default the one that is selected. The first has the credentials, or else the "
    "environment variables.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with a state that `pulumi stack export` wrote; repeatable. Encrypted values in it are not compared.",
)
@click.option(
    "--include", multiple=True, metavar="PATTERN", help="Only organizations like this, such as 'acme*'; repeatable."
)
@click.option(
    "--since", type=click.File(encoding="utf-8"), help="The last report in JSON: what customers changed since then."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@click.option(
    "--out",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to a file too, by its ending: .md, .html, .json, .txt; repeatable.",
)
@click.option(
    "--fail-on",
    "conditions",
    default="drift",
    show_default=True,
    metavar="LIST",
    help="Of drift, expired, expiring=14d, unmanaged, warning, separated by commas; `none` for none.",
)
def report(
    folder: Path,
    stacks: tuple[str, ...],
    states: tuple[Path, ...],
    include: tuple[str, ...],
    since: TextIO | None,
    form: str,
    files: tuple[Path, ...],
    conditions: str,
) -> None:
    """Say what is there and is not as declared.

    Drift, as `pulumi refresh` finds it; what customers have set themselves; what no stack manages; certificates by expiry;
    connections and domains that sign nobody in. By tenant, worst first. It only reads.

    Exit codes: 0: as declared. 1: failed. 2: wrong usage. 3: something could not be read. 7: drift. 8: another condition of
    --fail-on holds.
    """
    # Late: only this verb needs the resources.
    from pulumi_scalekit.pages.html import MissingExtra
    from pulumi_scalekit.report.earlier import NoReport
    from pulumi_scalekit.report.run import Run, exit_code
    from pulumi_scalekit.stack.export import NoState

    wanted = _conditions(conditions)
    for file in files:
        if file.suffix not in _FORMATS:
            raise click.BadParameter(f"{file} ends in none of {', '.join(_FORMATS)}", param_hint="--out")
    try:
        run = Run(folder, stacks, states, include, since.read() if since else "", _progress)
        found = run.report()
        for file in files:
            file.write_text(click.unstyle(_written(found, _FORMATS[file.suffix])), encoding="utf-8")
        click.echo(_written(found, form), nl=False)
    except (ScalekitError, NoReport, NoState, MissingExtra, OSError) as error:
        raise click.ClickException(printable_lines(str(error))) from None
    sys.exit(exit_code(found, wanted))


def _conditions(text: str) -> list[str]:
    from pulumi_scalekit.report.run import CONDITIONS, is_condition

    wanted = [word for part in text.split(",") if (word := part.strip()) and word != "none"]
    for word in wanted:
        if not is_condition(word):
            raise click.BadParameter(f"{word} is none of {', '.join(CONDITIONS)}, expiring=14d", param_hint="--fail-on")
    return wanted


def _written(found: Report, form: str) -> str:
    from pulumi_scalekit.report.as_json import as_json
    from pulumi_scalekit.report.html import html
    from pulumi_scalekit.report.markdown import markdown
    from pulumi_scalekit.report.text import text

    match form:
        case "markdown":
            return markdown(found)
        case "html":
            return html(found)
        case "json":
            return as_json(found)
        case _:
            return text(found)


def _progress(tenants: int) -> AbstractContextManager[Progress]:
    return click.progressbar(length=tenants, label="Reading tenants", file=sys.stderr, hidden=not sys.stderr.isatty())
