"""DefaultApplication: the application that every environment has."""

from pulumi_scalekit import outputs
from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.field import REFUSE, Body, Field, Shape, Values
from pulumi_scalekit.program.resource import (
    OptionalBlockProp,
    OptionalListProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Resource,
    prop,
)
from pulumi_scalekit.resources import application

TYPE = "ENV"
_OWNED = (
    "post_logout_redirect_uris", "back_channel_logout_uris", "access_token_expiry", "custom_claims", "enforce_pkce",
    "ip_allowlist",
)  # fmt: skip
_TEXTS = Shape("list", item=Shape("text"))
_BESIDE = {
    "name": Shape("text"),
    "post_login_uris": _TEXTS,
    "scopes": _TEXTS,
    "grant_types": _TEXTS,
    "disallow_scalekit_api_access": Shape("flag"),
}


def _from_wire(found: Body, declared: Values) -> Body:
    """A read is the list of such applications, which has one; the change of its initiate-login URI answers with a part of it."""
    known = found.get("client") or next(iter(found.get("clients") or ()), None)
    return application.from_wire(known, declared) if known else {}


class DefaultApplication(Resource):
    """The application that every environment has: where its users are sent after signing out, how long its tokens live.

    It exists before and after this resource. A create takes it over and changes what is declared, and destroying the resource
    leaves it as it is. There is one in an environment; its id is `default`. Only what is declared is managed.

    Its redirect URIs, to which users are sent after signing in, are no property of it: each is a `RedirectUri`, so that
    several stacks may have some of their own.

    It uses endpoints that Scalekit has not published (`GET /api/v1/clients`, `PATCH /api/v1/clients/{client_id}` and
    `PUT /api/v1/environment/initiate-login-uri`).
    """

    post_logout_redirect_uris: OptionalListProp[str] = prop(
        "Where users may be sent after signing out, a set.",
        default=None,
        unordered=True,
        also=application.TARGETS,
    )
    back_channel_logout_uris: OptionalListProp[str] = prop(
        "Where Scalekit announces sign-outs, a set.",
        default=None,
        unordered=True,
        also=application.ANNOUNCED,
    )
    initiate_login_uri: OptionalProp[str] = prop(
        "Where a sign-in that the identity provider started goes on.",
        default=None,
        clear=REFUSE,
        clear_advice="Declare another address.",
        also=application.TARGETS,
    )
    access_token_expiry: OptionalProp[int] = prop(application.LIFE, default=None, also=application.LIVES)
    custom_claims: OptionalMapProp[str] = prop(application.CLAIMS, default=None, keys=(1, 128))
    enforce_pkce: OptionalProp[bool] = prop("Whether PKCE is demanded.", default=None)
    ip_allowlist: OptionalBlockProp[application.IpAllowlist, outputs.IpAllowlist] = prop(
        "From which addresses it may be used. Where the provider signs in with its credentials, the list has to hold the address "
        "at which Pulumi runs.",
        default=None,
        rule=application.in_force,
    )
    client_id: Prop[str] = prop("The client id, `skc_…`.", init=False, stable=True, wire="id")

    api = Api(
        item="/clients",
        envelope="",
        read_query=(("filter.client_type", TYPE),),
        update=(
            Endpoint(
                "PATCH",
                "/clients/{client_id}",
                owns=_OWNED,
                keeps=("initiate_login_uri", *_BESIDE),
                left_out="unknown",
                unpublished=True,
            ),
            Endpoint("PUT", "/environment/initiate-login-uri", owns=("initiate_login_uri",), unpublished=True),
        ),
        setting_of="default",
        beside=tuple(Field(name, shape, "", wire=name) for name, shape in _BESIDE.items()),
        to_wire=application.to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
