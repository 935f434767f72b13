"""`pulumi-scalekit emulate`: run an emulated environment until Ctrl-C."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import Any, NoReturn

import click

from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving.descriptors import ExtraMissing
from pulumi_scalekit.emulator.serving.emulator import Emulator
from pulumi_scalekit.emulator.serving.seed import plant

# Fixed, since a stack's state contains the address.
DEFAULT_PORT = 8089


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port on 127.0.0.1; 0 picks a free one.",
)
@click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE", help="A switch, see --switches; repeatable.")
@click.option("--switches", "list_switches", is_flag=True, help="List the switches and exit.")
@click.option(
    "--seed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file to start with, of objects as the API's POST takes them: "
    '{"permissions": […], "roles": […], "organizations": [{"display_name": …, "features": {"sso": true}, '
    '"domains": […], "roles": […], "clients": […], "directories": […], "connections": […]}]}. '
    'A connection takes "domains", by name, and "enabled" besides.',
)
def emulate(port: int, switches: tuple[str, ...], seed: Path | None, *, list_switches: bool) -> None:
    """Run a Scalekit of your own, without an account."""
    if list_switches:
        click.echo(_listed())
        return
    emulator = Emulator(_parsed(switches), port=port)
    try:
        with emulator:
            if seed is not None:
                plant(emulator, _read(seed))
            for name, value in emulator.environment.items():
                click.echo(f"export {name}={value}")
            click.echo("# Run these three lines where you run pulumi. Ctrl-C ends the emulator.")
            click.echo(f"# {emulator.dashboard} shows the tenants and the requests as they come.")
            click.echo("# It keeps nothing over a restart: what your stacks have created in it is lost.")
            _until_interrupted()
    except ExtraMissing as missing:
        raise click.ClickException(str(missing)) from None
    except OSError as error:
        raise click.ClickException(f"cannot listen on port {port}: {error.strerror}; try --port 0") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _read(seed: Path) -> Any:
    try:
        return json.loads(seed.read_text())
    except ValueError as error:
        raise ValueError(f"{seed} is not JSON: {error}") from None


def _parsed(switches: tuple[str, ...]) -> Switches:
    values: dict[str, Any] = {}
    for switch in switches:
        name, given, value = switch.partition("=")
        if not given:
            raise click.BadParameter(f"{switch!r} is not NAME=VALUE", param_hint="--switch")
        if name not in Switches.allowed():
            raise click.BadParameter(f"no switch is called {name}; see --switches", param_hint="--switch")
        values[name] = value
    try:
        return Switches().changed(**values)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--switch") from None


def _listed() -> str:
    documented, default = Switches.documented(), Switches()
    return "\n".join(
        f"{name}={getattr(default, name)}  ({' | '.join(map(str, allowed))})\n    {documented[name]}"
        for name, allowed in Switches.allowed().items()
    )


def _until_interrupted() -> None:
    """Ctrl-C and SIGTERM both end it."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo()
    finally:
        signal.signal(signal.SIGTERM, before)
