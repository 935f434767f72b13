"""The `pulumi-scalekit` command: thin, each verb calls the module that does the work."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("pulumi-scalekit"), message="%(version)s")
def main() -> None:
    """Scalekit tenants and their single sign-on, declared in code."""


@main.command()
@click.option("--port", default=0, show_default="any free one", help="Port on loopback.")
@click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE", help="How to behave where Scalekit is silent.")
@click.option("--seed", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Objects to start with, JSON.")
def emulate(port: int, switches: tuple[str, ...], seed: Path | None) -> None:
    """Serve a Scalekit of your own on this machine, until Ctrl-C.

    For trying things and for tests: it needs no account. It prints the variables that lead Pulumi to it.
    """
    # Late: the emulator's libraries are an extra.
    from pulumi_scalekit.emulator import command

    command.emulate(port=port, switches=switches, seed=seed)


@main.command()
def schema() -> None:
    """Print the package's Pulumi schema as YAML."""
    # Late: only this verb needs the resources.
    from pulumi_scalekit.model.schema import as_yaml
    from pulumi_scalekit.resources import RESOURCES

    click.echo(as_yaml([resource.kind for resource in RESOURCES]), nl=False)
