"""OrganizationClient: credentials with which an organization's machines call your API."""

from typing import Any

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.program.resource import OptionalListProp, OptionalMapProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.credential_findings import CREDENTIAL_FINDINGS

_COLLECTION = "/organizations/{organization_id}/clients"
_ITEM = _COLLECTION + "/{id}"
_OWNED = ("name", "description", "scopes", "audience", "custom_claims", "expiry")
_STAYS: dict[str, Any] = {
    "clear": REFUSE,
    "clear_advice": "Declare another value, or make a new client: `pulumi up --replace URN`, which also makes a new secret.",
}


def claims_to_wire(body: Body) -> Body:
    """Claims are a list of pairs in the API, and a map here."""
    if not isinstance(body.get("custom_claims"), dict):
        return body
    claims = [{"key": key, "value": value} for key, value in sorted(body["custom_claims"].items())]
    return {**body, "custom_claims": claims}


def claims_from_wire(found: Body) -> dict[str, str]:
    """The claims of an answer as a map."""
    return {claim["key"]: claim.get("value") or "" for claim in found.get("custom_claims") or () if claim.get("key")}


def _from_wire(found: Body, _declared: Values) -> Body:
    expiry = found.get("expiry")
    # 0 is how an answer says that none is set.
    return {**found, "custom_claims": claims_from_wire(found), "expiry": expiry if expiry not in (0, "0") else None}


_LOST_FOR_GOOD = "A repair creates a new client with another id and another secret: the programs that use it need both."


class OrganizationClient(Resource, findings=CREDENTIAL_FINDINGS, lost_for_good=_LOST_FOR_GOOD):
    """A machine client of an organization: an id and a secret with which its programs get tokens for your API.

    Scalekit shows the client's first secret once, when it is created: it is the secret output `plain_secret`, kept encrypted
    in the state, and is not there after an import. Further secrets, and their rotation, are `OrganizationClientSecret`s.
    """

    organization_id: Prop[str] = prop("Organization it belongs to, `org_…`.", refers_to=("Organization.id",))
    name: OptionalProp[str] = prop(
        "Name that people see, at most 128 characters.",
        length=(1, 128),
        default=None,
        also=_STAYS,
    )
    description: OptionalProp[str] = prop(
        "What it is for, at most 512 characters.",
        length=(1, 512),
        default=None,
        also=_STAYS,
    )
    scopes: OptionalListProp[str] = prop(
        "Scopes that its tokens may have, a set.",
        unordered=True,
        default=None,
        also=_STAYS,
    )
    audience: OptionalListProp[str] = prop(
        "Whom its tokens are for, a set.",
        unordered=True,
        default=None,
        also=_STAYS,
    )
    custom_claims: OptionalMapProp[str] = prop(
        "Claims that its tokens carry, keys of 1 to 128 characters. Managed as a whole.",
        keys=(1, 128),
        default=None,
        also=_STAYS,
    )
    expiry: OptionalProp[int] = prop(
        "Life of its tokens in seconds, at least 1. Left out, Scalekit decides.",
        between=(1, 2**53 - 1),
        default=None,
        server_default=True,
        also=_STAYS,
    )
    client_id: Prop[str] = prop("The client id, `m2morg_…`: the resource's id too.", init=False, stable=True)
    plain_secret: Prop[str] = prop(
        "The first client secret. Shown once and kept in the state; absent after an import.",
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
        create=Endpoint("POST", _COLLECTION),
        update=(Endpoint("PATCH", _ITEM, owns=_OWNED),),
        delete=Endpoint("DELETE", _ITEM),
        listing=Listing(_COLLECTION, "clients"),
        to_wire=claims_to_wire,
        from_wire=_from_wire,
    )
