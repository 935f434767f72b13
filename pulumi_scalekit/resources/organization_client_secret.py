"""OrganizationClientSecret: a further secret of a machine client, and the way to rotate it."""

from typing import Any

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.credential_findings import CREDENTIAL_FINDINGS

_CLIENT = "/organizations/{organization_id}/clients/{client_id}"
_ITEM = _CLIENT + "/secrets/{id}"

ROTATION: Any = prop(
    "Any text, such as `2026-03`. A change makes a new secret before the old one goes. Not sent to Scalekit; leave it out "
    "when you import a secret.",
    default=None,
    provider_only=True,
    replaces=True,
)
PLAIN_SECRET: Any = prop(
    "The secret itself. Shown once and kept in the state; absent after an import.",
    init=False,
    stable=True,
    secret=True,
    create_only=True,
)
SECRET_SUFFIX: Any = prop("Its last characters, by which people tell it from others.", init=False, stable=True)
CREATE_TIME: Any = prop("When it was created, RFC 3339.", init=False, stable=True)


class OrganizationClientSecret(Resource, findings=CREDENTIAL_FINDINGS):
    """A further secret of an `OrganizationClient`.

    To rotate it, change `rotation`: the new secret is created, then everything that uses the output `plain_secret` gets it,
    and only then the old one is deleted. A client keeps its last secret: Scalekit refuses to delete it.
    """

    organization_id: Prop[str] = prop("Organization of the client, `org_…`.", refers_to=("Organization.id",))
    client_id: Prop[str] = prop("The client, `m2morg_…`: `client.id`.", refers_to=("OrganizationClient.id",))
    rotation: OptionalProp[str] = prop(ROTATION, default=None)
    plain_secret: Prop[str] = prop(PLAIN_SECRET, init=False)
    secret_suffix: Prop[str] = prop(SECRET_SUFFIX, init=False)
    create_time: Prop[str] = prop(CREATE_TIME, init=False)

    api = Api(
        item=_ITEM,
        envelope="secret",
        create=Endpoint("POST", _CLIENT + "/secrets"),
        delete=Endpoint("DELETE", _ITEM),
        read_list=Listing(_CLIENT, "client.secrets", paged="no"),
        delete_advice=(
            "A client keeps its last secret. Create another one first, or delete the client, which takes its secrets along; "
            "to stop managing it, run `pulumi state delete`"
        ),
    )
