"""McpServer: an MCP server of yours, for which Scalekit is the authorization server."""

import json
from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model import address
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import (
    OptionalBlockListProp,
    OptionalListProp,
    OptionalProp,
    Prop,
    Resource,
    prop,
)
from pulumi_scalekit.resources.application import LIVES

CimdType = Literal["PREDEFINED", "URL"] | enums.CimdAllowlistEntryType

_TYPE = "MCP_SERVER"
# The type as it is answered; 5 where an environment writes enums as numbers.
_ANSWERED = (None, "", 0, _TYPE, 5)
_ITEM = "/resources/{id}"
LISTING = Listing("/resources", "resources", query=(("resource_type", _TYPE),), page_size=30)
_OWNED = (
    "name", "description", "server_url", "resource_uri", "logo_uri", "access_token_expiry", "refresh_token_expiry", "scopes",
    "provider", "disable_dynamic_client_registration", "enable_cimd", "cimd_client_allowlist", "cimd_client_allowlist_enabled",
    "xaa_enabled", "intersect_scopes_user_permission", "resource_scope_selection_allowed",
)  # fmt: skip
_URL: dict[str, Any] = {"length": (1, 512), "rule": address.web}


class CimdAllowlistEntry(TypedDict):
    """A client, or some clients, that may register by a Client ID Metadata Document."""

    type: Annotated[Input[CimdType], prop("`URL`, or `PREDEFINED` for a client that Scalekit knows by a name.")]
    value: Annotated[Input[str], prop("The URL of the document, or the name.", length=(1, None))]


def _from_wire(found: Body, _declared: Values) -> Body:
    """Scopes are answered as objects, the metadata as a structure. Without a server URL the id stands in its place."""
    if found.get("resource_type") not in _ANSWERED:
        return {}
    lives = {name: found.get(name) for name in ("access_token_expiry", "refresh_token_expiry")}
    metadata = found.get("protected_metadata")
    return {
        **found,
        **{name: life if life not in (0, "0") else None for name, life in lives.items()},
        "scopes": [scope["name"] for scope in found.get("scopes") or () if scope.get("name")],
        "resource_id": found.get("resource_id") if found.get("resource_id") != found.get("id") else None,
        "protected_metadata": json.dumps(metadata, indent=2, sort_keys=True) if metadata else None,
    }


def consequence(change: ResourceChange) -> str:
    """What a change of an MCP server means for those who use it."""
    if change.deleted or change.replaced:
        return "Its clients get no tokens any more: each has to register again with another MCP server, and its users to consent."
    return ""


class McpServer(
    Resource,
    spelled="MCP server",
    consequence=consequence,
    lost_for_good="A repair creates a new MCP server with another id and no clients: who had registered has to register again.",
):
    """An MCP server of yours: Scalekit registers its clients, signs its users in and issues the tokens that it takes.

    The API calls it a resource, of the type `MCP_SERVER`; resources of other types are none of these. Publish
    `protected_metadata` at its `/.well-known/oauth-protected-resource`, by which clients find Scalekit. Clients that do not
    register by themselves are `McpServerClient`s. A server that signs its users in with your own authentication needs a
    connection that only the dashboard makes (**Bring your own auth**).

    It uses endpoints that Scalekit has not published (`/api/v1/resources`, `/api/v1/resources/{resource_id}` and
    `…/provider:delete`).
    """

    name: Prop[str] = prop(
        "Name that users see when they consent, 1 to 128 characters.",
        length=(1, 128),
    )
    description: OptionalProp[str] = prop("What it is for, at most 512 characters.", default=None, length=(1, 512))
    server_url: OptionalProp[str] = prop(
        "Its URL, `https://mcp.acme.example`: the audience of its tokens, besides the id. The API calls it `resource_id`. Left "
        "out, the id is the audience alone.",
        default=None,
        wire="resource_id",
        also=_URL,
    )
    resource_uri: OptionalProp[str] = prop(
        "A further URI of it. No document of Scalekit's says what the API's `resource_uri` is for: the URL of the server is "
        "`server_url`.",
        default=None,
        length=(1, 512),
    )
    logo_uri: OptionalProp[str] = prop("Address of its logo, `https://…`.", default=None, also=_URL)
    access_token_expiry: OptionalProp[int] = prop(
        "Life of access tokens in seconds, at least 1; Scalekit recommends 300 to 3600. Left out, Scalekit decides.",
        default=None,
        also=LIVES,
    )
    refresh_token_expiry: OptionalProp[int] = prop(
        "Life of refresh tokens in seconds, at least 1. Left out, Scalekit decides.",
        default=None,
        also=LIVES,
    )
    scopes: OptionalListProp[str] = prop(
        "Names of the scopes that its tokens may have, a set: `todo:read`.",
        default=None,
        unordered=True,
        length=(1, 100),
    )
    provider: OptionalProp[str] = prop(
        "Key id of the connection that signs its users in, in capital letters. Left out, Scalekit's sign-in page does.",
        default=None,
        length=(1, 512),
    )
    disable_dynamic_client_registration: OptionalProp[bool] = prop(
        "Whether clients may not register by themselves (DCR).",
        default=None,
    )
    enable_cimd: OptionalProp[bool] = prop(
        "Whether clients may register by the URL of a Client ID Metadata Document.",
        default=None,
    )
    cimd_client_allowlist: OptionalBlockListProp[CimdAllowlistEntry, outputs.CimdAllowlistEntry] = prop(
        "Which clients may register by such a document, a set of at most 20.",
        default=None,
        unordered=True,
        items=(0, 20),
    )
    cimd_client_allowlist_enabled: OptionalProp[bool] = prop("Whether that list is in force.", default=None)
    xaa_enabled: OptionalProp[bool] = prop(
        "Whether customers' identity providers may get tokens for their agents (Cross-App Access).",
        default=None,
    )
    intersect_scopes_user_permission: OptionalProp[bool] = prop(
        "Whether tokens have only those scopes for which the user has the permission.",
        default=None,
    )
    resource_scope_selection_allowed: OptionalProp[bool] = prop(
        "Whether users may choose among the scopes when they consent.",
        default=None,
    )
    protected_metadata: Prop[str] = prop(
        "What to publish at its `/.well-known/oauth-protected-resource`, as JSON text.",
        init=False,
    )
    protected_metadata_uri: Prop[str] = prop("Where Scalekit expects that.", init=False)
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        envelope="resource",
        create=Endpoint("POST", "/resources", fixed=(("resource_type", _TYPE),), unpublished=True),
        update=(
            Endpoint("PATCH", _ITEM, owns=_OWNED, left_out="unknown", unpublished=True),
            Endpoint("PUT", _ITEM + "/provider:delete", owns=("provider",), clears=True, unpublished=True),
        ),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        listing=LISTING,
        identity=("name", "server_url"),
        from_wire=_from_wire,
        read_unpublished=True,
    )
