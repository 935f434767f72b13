"""UserLimit: how many users an organization may have."""

from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.field import SEND_NULL, Body
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop

_ITEM = "/organizations/{organization_id}/settings/usermanagement"


def _to_wire(body: Body) -> Body:
    return {"settings": body}


class UserLimit(Resource):
    """How many users an organization may have: a setting of the organization.

    The id is the organization's. Destroying it leaves the limit as it is; to unset the limit, remove `max_allowed_users`
    first. Not every environment has this feature.

    Reading it uses an endpoint that Scalekit has not published
    (`GET /api/v1/organizations/{organization_id}/settings/usermanagement`); writing uses the published `PATCH` of the same
    path.
    """

    organization_id: Prop[str] = prop("The organization, `org_…`.", refers_to=("Organization.id",))
    max_allowed_users: OptionalProp[int] = prop(
        "Number of users, at least 0; 0 means no limit.",
        default=None,
        between=(0, 2**31 - 1),
        clear=SEND_NULL,
    )

    api = Api(
        item=_ITEM,
        envelope="settings",
        update=(Endpoint("PATCH", _ITEM, owns=("max_allowed_users",)),),
        setting_of="organization_id",
        needs="User limits are a feature of the environment: ask Scalekit to enable it, or leave the resource out",
        to_wire=_to_wire,
        read_unpublished=True,
    )
