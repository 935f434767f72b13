"""RedirectUri: where the default application may send users after signing in."""

from pulumi_scalekit.model import address
from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.program.resource import Prop, Resource, prop
from pulumi_scalekit.resources.default_application import TYPE

_PATH = "/environment/redirect-uris"


def _from_wire(found: Body, declared: Values) -> Body:
    """A write answers with all redirect URIs; a read is the list of applications, of which one is the default one."""
    known = list(found.get("redirect_uris") or ())
    for application in found.get("clients") or ():
        if application.get("client_type") == TYPE:
            known += application.get("post_login_uris") or ()
    uri = declared.get("redirect_uri")
    return {"redirect_uri": uri} if uri in known else {}


class RedirectUri(Resource):
    """An address to which the environment's default application may send users after signing in.

    The address is the id. Scalekit refuses to remove the last one. All else of that application is `DefaultApplication`.

    It uses endpoints that Scalekit has not published (`POST` and `DELETE /api/v1/environment/redirect-uris`,
    `GET /api/v1/clients`).
    """

    redirect_uri: Prop[str] = prop(
        "The address, 1 to 256 characters without query and fragment: `https://…`, or a scheme of your own, "
        "`com.acme.app:/callback`.",
        length=(1, 256),
        rule=address.bare_target,
    )

    api = Api(
        item="/clients",
        id="redirect_uri",
        envelope="",
        read_query=(("filter.client_type", TYPE),),
        create=Endpoint("POST", _PATH, unpublished=True),
        delete=Endpoint("DELETE", _PATH, carries=("redirect_uri",), unpublished=True),
        inventory=Inventory(
            Listing("/clients", "clients", query=(("filter.client_type", TYPE),), paged="no"),
            each="post_login_uris",
        ),
        unique="redirect_uri",
        delete_advice=(
            "Scalekit keeps the last redirect URI. Add another one first; or keep this one and stop managing it with "
            "`pulumi state delete` or retain_on_delete=True"
        ),
        from_wire=_from_wire,
        read_unpublished=True,
    )
