"""getConnection, getConnections."""

from dataclasses import dataclass
from typing import Annotated

from pulumi_scalekit.functions.lookup import read
from pulumi_scalekit.model import domain_name
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.model.function import of_values
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.resources.connection import Connection

_KIND = Connection.kind
_LONGEST_DOMAIN = 32
"""Characters that the list's own filter takes at most."""


@dataclass(frozen=True)
class ConnectionResult:
    """A connection as it is now, without its settings.

    Attributes:
        domains: The names of its domains.

    """

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


@function(_KIND)
def get_connection(environment: Environment, *, organization_id: str, id: str) -> ConnectionDetailResult:
    """Read a connection that somebody else manages.

    Args:
        environment: Where it lives.
        organization_id: The organization it belongs to, `org_…`.
        id: Its id, `conn_…`.

    Raises:
        ScalekitError: It does not exist.

    API: `GET /api/v1/organizations/{organization_id}/connections/{id}`.

    """
    return read(ConnectionDetailResult, _KIND, environment, id, organization_id=organization_id)


@function(_KIND)
def get_connections(
    environment: Environment,
    *,
    organization_id: str | None = None,
    domain: Annotated[str | None, words(normal=domain_name.normal, rule=domain_name.refused)] = None,
) -> ConnectionsResult:
    """The connections of the environment, of one organization, or of one domain, drafts and disabled ones included.

    Args:
        environment: Where they live.
        organization_id: Only those of this organization, `org_…`.
        domain: Only those of this domain name.

    Raises:
        ScalekitError: Scalekit refused.

    API: `GET /api/v1/connections?include=all`.

    """
    query = [("include", "all")]
    if organization_id:
        query.append(("organization_id", organization_id))
    if domain and len(domain) <= _LONGEST_DOMAIN:
        query.append(("domain", domain))
    listing = Listing("/connections", "connections", query=tuple(query), paged="no")
    connections = ConnectionsResult()
    for body in environment.bodies(listing, {}, "listing connections"):
        names = [name for name in body.get("domains") or () if isinstance(name, str)]
        if not domain or domain in names:
            beside = {"id": body.get("id"), "organization_id": body.get("organization_id"), "domains": names}
            connections.append(of_values(ConnectionResult, {**wire.values_of(_KIND, body, {}), **beside}))
    return connections
