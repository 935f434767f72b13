"""Permission: a name that roles are made of."""

from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop

_ITEM = "/permissions/{id}"


class Permission(Resource):
    """Something that a user may do, such as `invoices:read`. Roles are made of permissions.

    The name is the id. Scalekit may refuse to delete a permission that a role still has: take it out of the roles first. Roles
    that take its name from this resource (`permissions=[read.name]`) are changed or deleted before it.
    """

    name: Prop[str] = prop(
        "Name, unique in the environment: 1 to 64 letters, digits, `_` and `:`.",
        length=(1, 64),
        pattern=r"[a-zA-Z0-9_:]+",
        pattern_words="may hold letters, digits, underscores and colons only, such as invoices:read",
    )
    description: OptionalProp[str] = prop(
        "What it allows, at most 2000 characters.",
        default=None,
        length=(1, 2000),
    )
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        id="name",
        envelope="permission",
        create=Endpoint("POST", "/permissions"),
        update=(Endpoint("PUT", _ITEM, owns=("description",), carries=("name",)),),
        delete=Endpoint("DELETE", _ITEM),
        listing=Listing("/permissions", "permissions", whole=True),
        inventory=Inventory(
            Listing("/permissions", "permissions", whole=True, only=("is_scalekit_permission", (None, False)))
        ),
        events={"created": "permission.created", "updated": "permission.updated", "deleted": "permission.deleted"},
        unique="name",
        delete_advice="Take it out of the roles that have it first",
    )
