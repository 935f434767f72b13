"""OrganizationRole: a role that only one organization has."""

from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.model.field import REFUSE
from pulumi_scalekit.program.resource import OptionalListProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources import role

_COLLECTION = "/organizations/{organization_id}/roles"
_ITEM = _COLLECTION + "/{id}"


class OrganizationRole(Resource, consequence=role.consequence):
    """A set of permissions that one organization can give to its users, beside the environment's roles.

    The name is the id. Removing the base of a role uses an endpoint that Scalekit has not published
    (`DELETE /api/v1/organizations/{org_id}/roles/{role_name}/base`).
    """

    organization_id: Prop[str] = prop("Organization it belongs to, `org_…`.", refers_to=("Organization.id",))
    name: Prop[str] = prop(role.NAME)
    display_name: Prop[str] = prop(role.DISPLAY_NAME)
    description: OptionalProp[str] = prop(role.DESCRIPTION, default=None)
    extends: OptionalProp[str] = prop(role.EXTENDS, default=None)
    permissions: OptionalListProp[str] = prop(
        "Names of its permissions, a set of at most 100. Take the names "
        "from the resources (`read.name`), so that they are created first.",
        default=None,
        items=(0, 100),
        clear=REFUSE,
        clear_advice="Keep one permission, or give the role another name, which makes a new one.",
        also=role.PERMISSION,
    )
    reassign_role_name: OptionalProp[str] = prop(role.REASSIGN_ROLE_NAME, default=None)

    api = Api(
        item=_ITEM,
        id="name",
        events=role.ROLE_EVENTS,
        envelope="role",
        read_query=(("include", "permissions"),),
        create=Endpoint("POST", _COLLECTION),
        update=(
            Endpoint("PUT", _ITEM, owns=("display_name", "description", "extends", "permissions")),
            Endpoint("DELETE", _ITEM + "/base", owns=("extends",), clears=True, unpublished=True),
        ),
        delete=Endpoint("DELETE", _ITEM, carries=("reassign_role_name",)),
        inventory=Inventory(
            Listing(
                _COLLECTION,
                "roles",
                query=(("include", "permissions"),),
                paged="no",
                whole=True,
                only=("is_org_role", (True,)),  # the list has the environment's roles too
            )
        ),
        unique="name",
        delete_advice=role.DELETE_ADVICE,
        from_wire=role.from_wire,
    )
