"""Role: a set of permissions that every organization can give to its users."""

from typing import Any

from pulumi_scalekit.model.api import Api, Endpoint, Happened, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalListProp, OptionalProp, Prop, Resource, prop

_ITEM = "/roles/{id}"
ROLE_NAME: dict[str, Any] = {
    "length": (1, 64),
    "pattern": r"[a-zA-Z0-9_]+",
    "pattern_words": "may hold letters, digits and underscores only, such as billing_admin",
}
ANY_ROLE = ("OrganizationRole.name", "Role.name")

# What Role and OrganizationRole both have.
NAME: Any = prop("Name, the id: 1 to 64 letters, digits and `_`.", **ROLE_NAME)
DISPLAY_NAME: Any = prop("Name that people see, 1 to 100 characters.", length=(1, 100))
DESCRIPTION: Any = prop(
    "What the role is for, 1 to 2000 characters.",
    default=None,
    length=(1, 2000),
    clear=REFUSE,
    clear_advice="Declare another text, or give the role another name, which makes a new one.",
)
EXTENDS: Any = prop(
    "Name of the role whose permissions it has too. Take the name from the "
    "other resource (`base.name`), so that the two are created and deleted in the right order.",
    default=None,
    refers_to=ANY_ROLE,
    **ROLE_NAME,
)
REASSIGN_ROLE_NAME: Any = prop(
    "Name of the role that users get when this one is deleted. Without it, a role that users have cannot be deleted. Only "
    "used by a destroy, and must be declared by an `up` before it.",
    default=None,
    provider_only=True,
    refers_to=ANY_ROLE,
    **ROLE_NAME,
)
PERMISSION: dict[str, Any] = {
    "unordered": True,
    "refers_to": ("Permission.name",),
    "length": (1, 64),
    "pattern": r"[a-zA-Z0-9_:]+",
    "pattern_words": "may hold letters, digits, underscores and colons only, such as invoices:read",
}
ROLE_EVENTS: dict[Happened, str] = {"created": "role.created", "updated": "role.updated", "deleted": "role.deleted"}
DELETE_ADVICE = (
    "Declare reassign_role_name, run `pulumi up` and then remove it, if users have it; delete or change the roles first that "
    "extend it"
)


def from_wire(found: Body, _declared: Values) -> Body:
    """Permissions are answered as objects."""
    return {
        **found,
        "permissions": [permission["name"] for permission in found.get("permissions") or () if permission.get("name")],
    }


def consequence(change: ResourceChange) -> str:
    """What a change of a role means for the users who have it."""
    before, after = change.becomes("permissions")
    if not change.before or change.deleted or not isinstance(after, list):
        return "The role is deleted: users who have it lose its permissions." if change.deleted else ""
    old, new = set(before if isinstance(before, list) else []), set(after)
    gained, lost = sorted(map(str, new - old)), sorted(map(str, old - new))
    parts = [f"may also: {', '.join(gained)}"] if gained else []
    parts += [f"may no longer: {', '.join(lost)}"] if lost else []
    return f"Users with the role {'; they '.join(parts)}." if parts else "What users with the role may do stays."


class Role(Resource, consequence=consequence):
    """A set of permissions that every organization can give to its users.

    The name is the id. A role that users have, or that other roles extend, cannot be deleted: see `reassign_role_name`.
    Removing the base of a role uses an endpoint that Scalekit has not published (`DELETE /api/v1/roles/{role_name}/base`).
    """

    name: Prop[str] = prop(NAME)
    display_name: Prop[str] = prop(DISPLAY_NAME)
    description: OptionalProp[str] = prop(DESCRIPTION, default=None)
    extends: OptionalProp[str] = prop(EXTENDS, default=None)
    permissions: OptionalListProp[str] = prop(
        "Names of its permissions, a set of at most 100. "
        "Take the names from the resources (`read.name`), so that they are created first.",
        default=None,
        items=(0, 100),
        also=PERMISSION,
    )
    reassign_role_name: OptionalProp[str] = prop(REASSIGN_ROLE_NAME, default=None)

    api = Api(
        item=_ITEM,
        id="name",
        events=ROLE_EVENTS,
        envelope="role",
        read_query=(("include", "permissions"),),
        create=Endpoint("POST", "/roles"),
        update=(
            Endpoint("PUT", _ITEM, owns=("display_name", "description", "extends", "permissions")),
            Endpoint("DELETE", _ITEM + "/base", owns=("extends",), clears=True, unpublished=True),
            Endpoint("DELETE", _ITEM + "/permissions/{item}", owns=("permissions",), clears=True, each=True),
        ),
        delete=Endpoint("DELETE", _ITEM, carries=("reassign_role_name",)),
        listing=Listing("/roles", "roles", query=(("include", "permissions"),), paged="no", whole=True),
        unique="name",
        delete_advice=DELETE_ADVICE,
        from_wire=from_wire,
    )
