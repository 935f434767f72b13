"""DirectorySecret: the token with which an identity provider sends users to a directory."""

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources import organization_client_secret as secret
from pulumi_scalekit.resources.credential_findings import CREDENTIAL_FINDINGS
from pulumi_scalekit.resources.directory import NEEDS

_DIRECTORY = "/organizations/{organization_id}/directories/{directory_id}"


class DirectorySecret(Resource, findings=CREDENTIAL_FINDINGS):
    """A bearer token with which the customer's identity provider sends users to a `Directory`.

    To rotate it, change `rotation`. Scalekit has no endpoint that deletes such a token: a destroy, and the end of a rotation,
    leave the old one valid and say so. It goes with its directory.

    It uses an endpoint that Scalekit has not published
    (`POST /api/v1/organizations/{organization_id}/directories/{directory_id}/secrets`).
    """

    organization_id: Prop[str] = prop("Organization of the directory, `org_…`.", refers_to=("Organization.id",))
    directory_id: Prop[str] = prop("The directory, `dir_…`.", refers_to=("Directory.id",))
    rotation: OptionalProp[str] = prop(secret.ROTATION, default=None)
    plain_secret: Prop[str] = prop(secret.PLAIN_SECRET, init=False)
    secret_suffix: Prop[str] = prop(secret.SECRET_SUFFIX, init=False)
    create_time: Prop[str] = prop(secret.CREATE_TIME, init=False)

    api = Api(
        item=_DIRECTORY + "/secrets/{id}",
        envelope="secret",
        create=Endpoint("POST", _DIRECTORY + "/secrets", unpublished=True),
        read_list=Listing(_DIRECTORY, "directory.secrets", paged="no"),
        delete_advice="It stays valid until it is revoked in the dashboard or its directory is deleted",
        needs=NEEDS,
    )
