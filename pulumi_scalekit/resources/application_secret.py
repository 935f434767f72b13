"""ApplicationSecret: a secret of an application, and the way to rotate it."""

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources import organization_client_secret as secret
from pulumi_scalekit.resources.credential_findings import CREDENTIAL_FINDINGS

_CLIENT = "/clients/{client_id}"
_ITEM = _CLIENT + "/secrets/{id}"


class ApplicationSecret(Resource, findings=CREDENTIAL_FINDINGS):
    """A secret with which an `Application` of type `WEB_APP` shows Scalekit who it is.

    To rotate it, change `rotation`: the new secret is created, then everything that uses the output `plain_secret` gets it, and
    only then the old one is deleted. An application has at most two secrets, so of one that is rotated there can be no other.

    It uses endpoints that Scalekit has not published (`POST /api/v1/clients/{client_id}/secrets`, `DELETE
    /api/v1/clients/{client_id}/secrets/{secret_id}`, `GET /api/v1/clients/{client_id}`).
    """

    client_id: Prop[str] = prop("The application, `skc_…`: `application.id`.", refers_to=("Application.id",))
    rotation: OptionalProp[str] = prop(secret.ROTATION, default=None)
    plain_secret: Prop[str] = prop(secret.PLAIN_SECRET, init=False)
    secret_suffix: Prop[str] = prop(secret.SECRET_SUFFIX, init=False)
    create_time: Prop[str] = prop(secret.CREATE_TIME, init=False)

    api = Api(
        item=_ITEM,
        envelope="secret",
        create=Endpoint("POST", _CLIENT + "/secrets", unpublished=True),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        read_list=Listing(_CLIENT, "client.secrets", paged="no"),
        owners=Listing("/clients", "clients", page_size=30),
        delete_advice=(
            "If it is the application's last secret, create another one first, or delete the application; to stop managing it, "
            "run `pulumi state delete`"
        ),
        read_unpublished=True,
    )
