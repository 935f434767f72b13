"""McpServerClient: a client of an MCP server that does not register by itself."""

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.program.resource import OptionalListProp, OptionalMapProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources import application, mcp_server
from pulumi_scalekit.resources.credential_findings import CREDENTIAL_FINDINGS
from pulumi_scalekit.resources.organization_client import claims_from_wire, claims_to_wire

_COLLECTION = "/resources/{mcp_server_id}/clients"
_ITEM = _COLLECTION + "/{id}"
_OWNED = ("name", "description", "redirect_uris", "scopes", "audience", "custom_claims", "expiry")


def _from_wire(found: Body, _declared: Values) -> Body:
    expiry = found.get("expiry")
    return {**found, "custom_claims": claims_from_wire(found), "expiry": expiry if expiry not in (0, "0") else None}


class McpServerClient(
    Resource,
    spelled="MCP server client",
    findings=CREDENTIAL_FINDINGS,
    lost_for_good="A repair creates a new client with another id and another secret: the programs that use it need both.",
):
    """A client of an `McpServer` that you register: an id and a secret for an agent or a program that you know.

    With `redirect_uris` it acts for users, who sign in and consent; without them it acts for itself. Clients that register by
    themselves are no resources: they come and go with their users.

    Scalekit shows the secret once, when the client is created: it is the secret output `plain_secret`, kept encrypted in the
    state, and is not there after an import. No call makes a second secret: `pulumi up --replace URN` makes a new client, and
    the old one is deleted after what uses it has changed.

    It uses endpoints that Scalekit has not published (`/api/v1/resources/{resource_id}/clients` and `…/{client_id}`).
    """

    mcp_server_id: Prop[str] = prop("The MCP server, `res_…`: `server.id`.", refers_to=("McpServer.id",))
    name: OptionalProp[str] = prop("Name that people see, at most 128 characters.", default=None, length=(1, 128))
    description: OptionalProp[str] = prop("What it is for, at most 512 characters.", default=None, length=(1, 512))
    redirect_uris: OptionalListProp[str] = prop(
        "Where users may be sent after they consented, a set: `https://…`, or a scheme of your own.",
        default=None,
        unordered=True,
        also=application.TARGETS,
    )
    scopes: OptionalListProp[str] = prop("Scopes that its tokens may have, a set.", default=None, unordered=True)
    audience: OptionalListProp[str] = prop("Whom its tokens are for, a set.", default=None, unordered=True)
    custom_claims: OptionalMapProp[str] = prop(application.CLAIMS, default=None, keys=(1, 128))
    expiry: OptionalProp[int] = prop(
        "Life of its tokens in seconds, at least 1. Left out, Scalekit decides.",
        default=None,
        also=application.LIVES,
    )
    client_id: Prop[str] = prop("The client id: the resource's id too.", init=False, stable=True)
    plain_secret: Prop[str] = prop(
        "The client secret. Shown once and kept in the state; absent after an import.",
        init=False,
        stable=True,
        secret=True,
        create_only=True,
    )
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        id="client_id",
        envelope="client",
        create=Endpoint("POST", _COLLECTION, unpublished=True),
        update=(Endpoint("PATCH", _ITEM, owns=_OWNED, left_out="unknown", unpublished=True),),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        listing=Listing(_COLLECTION, "clients", paged="no", without=("is_dcr", "is_cimd")),
        owners=mcp_server.LISTING,
        to_wire=claims_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
