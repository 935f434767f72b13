"""The `pulumi-scalekit` command: thin, each verb calls the module that does the work."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

VERBS = {
    "adopt": "cli.adopt",
    "doctor": "cli.doctor",
    "emulate": "emulator.command",
    "portal-link": "cli.portal_link",
    "report": "cli.report",
    "review": "cli.review",
}
"""The module of each verb, imported when it is called: a review needs no emulator, and an emulator no report."""


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*VERBS, *super().list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return super().get_command(ctx, cmd_name)
        module: Any = import_module(f"pulumi_scalekit.{VERBS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("pulumi-scalekit"), message="%(version)s")
def main() -> None:
    """Scalekit tenants and their single sign-on, declared in code."""


@main.command()
def schema() -> None:
    """Print the package's Pulumi schema as YAML."""
    # Late: only this verb needs the resources.
    from pulumi_scalekit.functions import FUNCTIONS
    from pulumi_scalekit.publish.schema import as_yaml
    from pulumi_scalekit.resources import RESOURCES

    click.echo(as_yaml([resource.kind for resource in RESOURCES], FUNCTIONS), nl=False)
