"""Application: a program of yours that signs users in."""

from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model import address
from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.program.resource import (
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Resource,
    prop,
)
from pulumi_scalekit.resources.organization_client import claims_from_wire, claims_to_wire

ClientType = Literal["WEB_APP", "SPA", "NTV"] | enums.ApplicationClientType

_ITEM = "/clients/{id}"
TARGETS: dict[str, Any] = {"length": (1, 2048), "rule": address.target}
ANNOUNCED: dict[str, Any] = {"length": (1, 2048), "rule": address.web}
LIFE = "Life of access tokens in seconds, at least 1. Left out, Scalekit decides."
LIVES: dict[str, Any] = {
    "between": (1, 2**53 - 1),
    "server_default": True,
    "clear": REFUSE,
    "clear_advice": "Declare another value.",
}
CLAIMS = "Claims that its tokens carry, keys of 1 to 128 characters. Managed as a whole."
_OWNED = (
    "name", "post_login_uris", "post_logout_redirect_uris", "back_channel_logout_uris", "initiate_login_uri",
    "access_token_expiry", "scopes", "custom_claims", "disallow_scalekit_api_access", "grant_types", "enforce_pkce",
    "ip_allowlist",
)  # fmt: skip


def in_force(allowlist: object) -> str | None:
    if isinstance(allowlist, dict) and allowlist.get("opted_in") is True and not allowlist.get("cidrs"):
        return "needs cidrs where opted_in is true: nobody could use the application"
    return None


class IpAllowlist(TypedDict, total=False):
    """From which addresses the application may be used."""

    opted_in: Annotated[Input[bool], prop("Whether the list is in force.")]
    cidrs: Annotated[
        Input[list[Input[str]]],
        prop(
            "Address ranges, `203.0.113.0/24`, a set. Not all addresses, `0.0.0.0/0`.",
            unordered=True,
            normal=address.normal_range,
            rule=address.ip_range,
        ),
    ]


def to_wire(body: Body) -> Body:
    allowlist = body.get("ip_allowlist")
    if not isinstance(allowlist, dict) or "cidrs" not in allowlist:
        return claims_to_wire(body)
    ranges = [{"value": cidr, "type": "IPV6" if ":" in cidr else "IPV4"} for cidr in allowlist["cidrs"]]
    return claims_to_wire({**body, "ip_allowlist": {**allowlist, "cidrs": ranges}})


def from_wire(found: Body, _declared: Values) -> Body:
    life, allowlist = found.get("access_token_expiry"), dict(found.get("ip_allowlist") or {})
    allowlist["cidrs"] = [listed.get("value") for listed in allowlist.get("cidrs") or ()]
    return {
        **found,
        "custom_claims": claims_from_wire(found),
        "access_token_expiry": life if life not in (0, "0") else None,
        "ip_allowlist": allowlist,
    }


class Application(Resource):
    """A program of yours that signs users in: a web application, a single-page application or a native one.

    The environment has a default application too, which cannot be created or deleted: the `DefaultApplication`.
    Its secrets are `ApplicationSecret`s.

    It uses endpoints that Scalekit has not published (`POST /api/v1/clients`; `GET`, `PATCH` and `DELETE
    /api/v1/clients/{client_id}`).
    """

    name: Prop[str] = prop("Name that people see, 1 to 128 characters.", length=(1, 128))
    client_type: Prop[ClientType] = prop("`WEB_APP` has a secret, `SPA` runs in a browser, `NTV` on a device.")
    post_login_uris: OptionalListProp[str] = prop(
        "Where users may be sent after signing in, a set of at most 5: `https://…`, or a scheme of your own, "
        "`com.acme.app:/callback`.",
        default=None,
        unordered=True,
        items=(0, 5),
        also=TARGETS,
    )
    post_logout_redirect_uris: OptionalListProp[str] = prop(
        "Where users may be sent after signing out, a set.",
        default=None,
        unordered=True,
        also=TARGETS,
    )
    back_channel_logout_uris: OptionalListProp[str] = prop(
        "Where Scalekit announces sign-outs, a set.",
        default=None,
        unordered=True,
        also=ANNOUNCED,
    )
    initiate_login_uri: OptionalProp[str] = prop(
        "Where a sign-in that the identity provider started goes on.",
        default=None,
        also=TARGETS,
    )
    access_token_expiry: OptionalProp[int] = prop(LIFE, default=None, also=LIVES)
    scopes: OptionalListProp[str] = prop("Scopes that it may ask for, a set.", default=None, unordered=True)
    custom_claims: OptionalMapProp[str] = prop(CLAIMS, default=None, keys=(1, 128))
    disallow_scalekit_api_access: OptionalProp[bool] = prop("Whether it may not call Scalekit's API.", default=None)
    grant_types: OptionalListProp[str] = prop(
        "OAuth grant types that it may use, a set.",
        default=None,
        unordered=True,
        server_default=True,
    )
    enforce_pkce: OptionalProp[bool] = prop("Whether PKCE is demanded.", default=None)
    ip_allowlist: OptionalBlockProp[IpAllowlist, outputs.IpAllowlist] = prop(
        "From which addresses it may be used.",
        default=None,
        rule=in_force,
    )
    client_id: Prop[str] = prop("The client id, `skc_…`: the resource's id too.", init=False, stable=True, wire="id")
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        envelope="client",
        create=Endpoint("POST", "/clients", unpublished=True),
        update=(Endpoint("PATCH", _ITEM, owns=_OWNED, left_out="unknown", unpublished=True),),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        listing=Listing("/clients", "clients", page_size=30),
        inventory=Inventory(
            Listing("/clients", "clients", page_size=30, only=("client_type", ("WEB_APP", "SPA", "NTV")))
        ),
        to_wire=to_wire,
        from_wire=from_wire,
        read_unpublished=True,
    )
