"""`pulumi-scalekit doctor`: why does it not work?"""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_scalekit.cli.terminal import printable_lines

if TYPE_CHECKING:
    from pulumi_scalekit.doctor.diagnosis import Diagnosis

_COLOURS = {"ok": "green", "note": "blue", "warning": "yellow", "error": "red"}
_INDENT = " " * 10
_WIDTHS = (60, 120)
_TIED = "\N{NO-BREAK SPACE}"


@click.command()
@click.option(
    "--cwd",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the Pulumi project; by default the one where this is run.",
)
@click.option("--stack", "stack_name", default="", help="Stack to look at; by default the one that is selected.")
@click.option(
    "--online",
    is_flag=True,
    help="Fetch also the metadata and discovery documents that the stack's connections declare, from where they say.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(folder: Path, stack_name: str, *, online: bool, as_json: bool) -> None:
    """Find what keeps a stack from working, and how to repair it.

    Looks at the engine, the project, the configuration, the credentials, the clock and the state. It only reads, and shows no
    secret.

    Exit codes: 0: no error; warnings and notes do not count. 1: at least one error. 2: wrong usage.
    """
    # Late: only this verb needs the resources.
    from pulumi_scalekit.doctor.checkup import Checkup

    diagnoses = Checkup(folder, stack_name, online).diagnoses()
    levels = _print_json(list(diagnoses)) if as_json else _print(diagnoses)
    sys.exit(1 if levels["error"] else 0)


def _print_json(diagnoses: list[Diagnosis]) -> Counter[str]:
    levels: Counter[str] = Counter(diagnosis.level for diagnosis in diagnoses)
    report = {
        "version": version("pulumi-scalekit"),
        "totals": {level: levels[level] for level in _COLOURS},
        "findings": [
            {name: printable_lines(value) for name, value in asdict(diagnosis).items()} for diagnosis in diagnoses
        ],
    }
    click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    return levels


def _print(diagnoses: Iterable[Diagnosis]) -> Counter[str]:
    levels: Counter[str] = Counter()
    part = ""
    low, high = _WIDTHS
    width = min(max(shutil.get_terminal_size().columns, low), high)
    for diagnosis in diagnoses:
        levels[diagnosis.level] += 1
        if diagnosis.part != part:
            part = diagnosis.part
            click.secho(part.capitalize(), bold=True)
        mark = click.style(f"{diagnosis.level:8}", fg=_COLOURS[diagnosis.level])
        text = _wrapped(diagnosis.text, "", width)
        click.echo(f"  {mark}{text}")
        if diagnosis.remedy:
            click.echo(f"{_INDENT}{_wrapped(diagnosis.remedy, '→ ', width)}")
    counted = [f"{levels[level]} {level}{'s' if levels[level] != 1 else ''}" for level in ("error", "warning", "note")]
    click.secho(f"\n{', '.join(counted)}.", bold=True)
    return levels


def _wrapped(text: str, begin: str, width: int) -> str:
    """A text in lines of a terminal's width, whose commands and addresses are not broken."""
    whole = re.sub("`[^`]*`", lambda command: command[0].replace(" ", _TIED), printable_lines(text))
    lines = textwrap.wrap(
        begin + whole,
        width - len(_INDENT),
        subsequent_indent=" " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"\n{_INDENT}".join(lines).replace(_TIED, " ")
