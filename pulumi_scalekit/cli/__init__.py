"""The `pulumi-scalekit` command: thin, each verb calls the module that does the work."""

from __future__ import annotations

from importlib.metadata import version

import click

from pulumi_scalekit.cli.adopt import adopt
from pulumi_scalekit.cli.doctor import doctor
from pulumi_scalekit.cli.portal_link import portal_link
from pulumi_scalekit.cli.report import report
from pulumi_scalekit.cli.review import review
from pulumi_scalekit.emulator.command import emulate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("pulumi-scalekit"), message="%(version)s")
def main() -> None:
    """Scalekit tenants and their single sign-on, declared in code."""


main.add_command(adopt)
main.add_command(doctor)
main.add_command(emulate)
main.add_command(portal_link)
main.add_command(report)
main.add_command(review)


@main.command()
def schema() -> None:
    """Print the package's Pulumi schema as YAML."""
    # Late: only this verb needs the resources.
    from pulumi_scalekit.functions import FUNCTIONS
    from pulumi_scalekit.publish.schema import as_yaml
    from pulumi_scalekit.resources import RESOURCES

    click.echo(as_yaml([resource.kind for resource in RESOURCES], FUNCTIONS), nl=False)
