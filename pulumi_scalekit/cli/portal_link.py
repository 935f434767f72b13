"""`pulumi-scalekit portal-link`: a link into the admin portal, for who must send it now."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.cli.terminal import printable_lines

if TYPE_CHECKING:
    from pulumi_scalekit.remote.environment import Environment

_FEATURES = {"sso": "single sign-on", "dir_sync": "directory sync"}


@click.command("portal-link")
@click.argument("organization", metavar="ORG")
@click.option(
    "--connection",
    default="",
    metavar="CONN",
    help="Connection that the customer is to set up, conn_…: make sure that it is there, in this organization.",
)
@click.option(
    "--feature",
    "features",
    multiple=True,
    type=click.Choice(list(_FEATURES)),
    help="What the link is for: single sign-on or directory sync; repeatable. By default all that is on, with --connection sso.",
)
@click.option(
    "--cwd",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the Pulumi project whose stack has the credentials; by default the one where this is run.",
)
@click.option(
    "--stack",
    "stack_name",
    default="",
    help="Stack with the credentials. Without any, the environment variables have them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the link, until when, and what it opens.")
def portal_link(
    organization: str, connection: str, features: tuple[str, ...], folder: Path, stack_name: str, *, as_json: bool
) -> None:
    """Make a link into the admin portal of a customer.

    ORG is the organization's id, org_…, or external:ID with your own key of it.

    The link alone is printed on standard output; what it opens and until when stands on standard error. It can be opened for
    about a minute, so have the person ready. Whoever has the link can change how the organization's people sign in: it is a
    secret.

    Exit codes: 0: the link is printed. 1: there is none, and the message says why. 2: wrong usage.
    """
    # Late: only this verb needs the resources.
    from pulumi_scalekit.functions.portal_link import create_portal_link
    from pulumi_scalekit.remote.configuration import environment
    from pulumi_scalekit.stack.credentials import configuration

    try:
        here = environment(configuration(folder, stack_name))
        id_, name = _organization(here, organization)
        about = _connection(here, id_, connection) if connection else ""
        wanted = list(features) or (["sso"] if connection else None)
        link = create_portal_link.call(here, organization_id=id_, features=wanted)
    except ScalekitError as error:
        raise click.ClickException(printable_lines(str(error))) from None
    opens = " and ".join(_FEATURES[feature] for feature in wanted or _FEATURES)
    warning = (
        f"Whoever has this link may change {opens} of {name} ({id_}){about}: send it only to its administrator, and keep it out "
        f"of tickets, chats with others, and logs."
    )
    if as_json:
        answer = {
            "location": link.location,
            "expireTime": link.expire_time,
            "organizationId": id_,
            "organization": name,
            "features": wanted,
            "warning": warning,
        }
        click.echo(json.dumps({key: _printable(value) for key, value in answer.items()}, indent=2, ensure_ascii=False))
        return
    click.echo(printable_lines(link.location))
    click.echo(f"{_lifetime(link.expire_time)} {printable_lines(warning)}", err=True)


def _printable(value: Any) -> Any:
    return printable_lines(value) if isinstance(value, str) else value


def _organization(here: Environment, given: str) -> tuple[str, str]:
    """The id of an organization and its name.

    Raises:
        ScalekitError: It is not there.

    """
    from pulumi_scalekit import lifecycle
    from pulumi_scalekit.remote.objects import Objects
    from pulumi_scalekit.resources.organization import Organization

    objects, doing = Objects(Organization.kind, here), f"reading organization {given}"
    if not given.startswith(("org_", "external:")):
        raise ScalekitError(
            f"{given} is no organization's id: give org_…, or external:{given} if it is your own key of it."
        )
    id_, _ = lifecycle.parse(objects, given, {})
    found = objects.read(id_, {}, doing) if id_ else None
    if found is None:
        raise ScalekitError(f"{doing}: there is none in {here.url}. Is that the right environment?")
    return id_, str(found.get("display_name") or id_)


def _connection(here: Environment, organization_id: str, id_: str) -> str:
    """What a connection is, for a sentence about its organization.

    Raises:
        ScalekitError: It is not there, or not in this organization.

    """
    from pulumi_scalekit.remote.objects import Objects
    from pulumi_scalekit.resources.connection import Connection

    doing = f"reading connection {id_}"
    found = Objects(Connection.kind, here).read(id_, {"organization_id": organization_id}, doing)
    if found is None:
        raise ScalekitError(f"{doing}: {organization_id} has none with this id.")
    is_on = "is enabled: people sign in with it now" if found.get("enabled") else "is not enabled yet"
    return f", whose connection {id_} ({found.get('provider')}, {found.get('type')}) {is_on}"


def _lifetime(expire_time: str | None) -> str:
    """Until when a link can be opened."""
    try:
        # Before Python 3.11 neither the Z nor more than six digits are read.
        until = datetime.fromisoformat(re.sub(r"(\.\d+)?Z$", "+00:00", expire_time or ""))
    except ValueError:
        return "It can be opened once, for about a minute."
    left = (until - datetime.now(timezone.utc)).total_seconds()
    return f"It can be opened until {until:%H:%M:%S} UTC, {max(left, 0):.0f} s from now; the session behind it lasts about six hours."
