"""Functions about connections: getConnection, getConnections."""

from dataclasses import dataclass

from pulumi import InvokeOptions

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.model import domain_name
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.program.invoke import argument, invoke, items, keys, shown
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.resources.connection import Connection

_KIND = Connection.kind
_LONGEST_DOMAIN = 32
"""The list's own filter takes no longer one."""


@dataclass(frozen=True)
class ConnectionResult:
    """A connection as it is now, without its settings."""

    id: str
    organization_id: str | None
    provider: str
    type: str
    key_id: str | None
    ui_button_title: str | None
    enabled: bool | None
    status: str | None
    domains: list[str] | None
    create_time: str | None


@dataclass(frozen=True)
class ConnectionDetailResult:
    """A connection as it is now, with what an identity provider has to know."""

    id: str
    organization_id: str | None
    provider: str
    type: str
    key_id: str | None
    ui_button_title: str | None
    enabled: bool | None
    status: str | None
    domain_ids: list[str] | None
    test_connection_uri: str | None
    redirect_uri: str | None
    sp_entity_id: str | None
    sp_assertion_url: str | None
    sp_metadata_url: str | None
    create_time: str | None


class ConnectionsResult(list[ConnectionResult]):
    """A list, and its own `connections`: the name that code in every other language, and generated code, reads it by."""

    @property
    def connections(self) -> list[ConnectionResult]:
        return self


_FIELDS = keys(ConnectionResult, _KIND, domains="The names of its domains.")
_DETAIL = keys(ConnectionDetailResult, _KIND)


def _one(environment: Environment, arguments: Values) -> Values:
    doing = f"reading connection {arguments['id']}"
    found = Objects(_KIND, environment).read(arguments["id"], arguments, doing)
    if found is None:
        raise ScalekitError(f"{doing}: there is none in {arguments['organization_id']} of {environment.url}.")
    return {**found, "id": arguments["id"]}


GET_CONNECTION = Function(
    "getConnection",
    "Read a connection that somebody else manages.",
    inputs=(
        argument("organization_id", str, "The organization it belongs to, `org_…`.", required=True),
        argument("id", str, "Its id, `conn_…`.", required=True),
    ),
    outputs=_DETAIL,
    run=_one,
    result=lambda found: shown(ConnectionDetailResult, _DETAIL, found),
)


def get_connection(
    *, organization_id: str, id: str, provider: Provider | None = None, opts: InvokeOptions | None = None
) -> ConnectionDetailResult:
    """Read a connection that somebody else manages.

    Args:
        organization_id: The organization it belongs to, `org_…`.
        id: Its id, `conn_…`.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: There is none.

    API: `GET /api/v1/organizations/{organization_id}/connections/{id}`.

    """
    return invoke(GET_CONNECTION, provider, opts, organization_id=organization_id, id=id)


def _all(environment: Environment, arguments: Values) -> Values:
    domain = arguments.get("domain")
    query = [("include", "all")]
    if organization_id := arguments.get("organization_id"):
        query.append(("organization_id", organization_id))
    if domain and len(domain) <= _LONGEST_DOMAIN:
        query.append(("domain", domain))
    listing = Listing("/connections", "connections", query=tuple(query), paged="no")
    found = []
    for body in environment.bodies(listing, {}, "listing connections"):
        names = [one for one in body.get("domains") or () if isinstance(one, str)]
        if not domain or domain in names:
            found.append({**wire.values_of(_KIND, body, {}), "id": body.get("id"), "domains": names})
            found[-1]["organization_id"] = body.get("organization_id")
    return {"connections": found}


GET_CONNECTIONS = Function(
    "getConnections",
    "The connections of the environment, of one organization, or of one domain, drafts and disabled ones included.",
    inputs=(
        argument("organization_id", str, "Only those of this organization, `org_…`."),
        argument("domain", str, "Only those of this domain name.", normal=domain_name.normal, rule=domain_name.refused),
    ),
    outputs=(items("connections", "The connections.", ConnectionResult, _FIELDS),),
    run=_all,
    result=lambda found: ConnectionsResult(shown(ConnectionResult, _FIELDS, one) for one in found["connections"]),
)


def get_connections(
    *,
    organization_id: str | None = None,
    domain: str | None = None,
    provider: Provider | None = None,
    opts: InvokeOptions | None = None,
) -> ConnectionsResult:
    """List connections, drafts and disabled ones included.

    Args:
        organization_id: Only those of this organization, `org_…`.
        domain: Only those of this domain name.
        provider: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/connections?include=all`.

    """
    return invoke(GET_CONNECTIONS, provider, opts, organization_id=organization_id, domain=domain)
