"""`pulumi-scalekit adopt`: bring what an environment holds under code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.cli.terminal import say

if TYPE_CHECKING:
    from pulumi_scalekit.adopt.inventory import Progress
    from pulumi_scalekit.adopt.project import Language, Layout
    from pulumi_scalekit.model.kind import Kind


@click.command()
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the Pulumi project: a new one, or the one of an earlier run.",
)
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Only organizations whose external id, display name or id is like this, such as 'acme*'; repeatable.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="KIND",
    help="Only organizations and these kinds, such as connections; repeatable.",
)
@click.option(
    "--language",
    type=click.Choice(["python", "yaml"]),
    default="python",
    show_default=True,
    help="Language of the program. YAML uses the provider plugin.",
)
@click.option(
    "--layout",
    type=click.Choice(["tenants", "roster", "one-file"]),
    default="tenants",
    show_default=True,
    help="Python: a file for each tenant; a list in YAML of the tenants that have one shape; or one file for everything.",
)
@click.option("--plugin", is_flag=True, help="Use the provider plugin instead of the dynamic provider.")
@click.option(
    "--stack",
    "stack_name",
    default="",
    help="Stack that is compared and imported into. Its configuration may have the credentials; else the variables do.",
)
@click.option(
    "--import",
    "imports",
    is_flag=True,
    help="Import into the stack, then check that nothing would change or has drifted.",
)
@click.option("--manage-all", is_flag=True, help="Declare also what Scalekit may have set itself, and what is off.")
def adopt(
    folder: Path,
    include: tuple[str, ...],
    only: tuple[str, ...],
    language: Language,
    layout: Layout,
    stack_name: str,
    *,
    plugin: bool,
    imports: bool,
    manage_all: bool,
) -> None:
    """Write the project that declares what exists, and import it.

    It only reads from Scalekit, and overwrites no file. Run it again later, and it adds what is new.

    Exit codes: 0: done. 1: failed, and nothing was written, or the import failed. 2: wrong usage. 3: done, but for what
    could not be read. 4: written and not imported, since the program has to take in the new file first.
    """
    # Late: only this verb needs the resources.
    from pulumi_scalekit.adopt.adoption import Adoption
    from pulumi_scalekit.adopt.files import Form
    from pulumi_scalekit.adopt.project import Project
    from pulumi_scalekit.stack.stack import Stack

    form = Form(language, layout, plugin or language == "yaml")
    try:
        run = Adoption(
            Project(folder), Stack(folder, stack_name), _kinds(only), include, manage_all, form, say, _progress
        )
        sys.exit(run.run(imports=imports))
    except ScalekitError as error:
        raise click.ClickException(str(error)) from None


def _kinds(only: Sequence[str]) -> list[Kind]:
    """Organizations and the kinds that are wanted, in the order of the reference."""
    from pulumi_scalekit.adopt.inventory import is_adoptable
    from pulumi_scalekit.adopt.report import plural
    from pulumi_scalekit.resources import RESOURCES

    kinds = {resource.kind.file_name: resource.kind for resource in RESOURCES}
    kinds = {words: kind for words, kind in kinds.items() if is_adoptable(kind)}
    wanted = {known for word in only for known in kinds if word.lower() in (known, plural(known))}
    for word in only:
        if not any(word.lower() in (known, plural(known)) for known in kinds):
            raise click.BadParameter(f"{word} is none of {', '.join(map(plural, kinds))}", param_hint="--only")
    return [kind for words, kind in kinds.items() if words == "organization" or not only or words in wanted]


def _progress(tenants: int) -> AbstractContextManager[Progress]:
    return click.progressbar(length=tenants, label="Reading tenants", file=sys.stderr, hidden=not sys.stderr.isatty())
