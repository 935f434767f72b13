"""RolePermissions: permissions that are added to a role which somebody else keeps."""

from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import ListProp, Prop, Resource, prop
from pulumi_scalekit.resources import role

_PERMISSIONS = "/roles/{role_name}/permissions"


def _from_wire(found: Body, declared: Values) -> Body:
    """A read is the role, a write answers with all its permissions. A role that has none of the declared ones has lost them."""
    read = found.get("role") or {"name": declared.get("role_name"), **found}
    names = role.from_wire(read, declared)["permissions"]
    mine = declared.get("permissions") or names
    return {"role_name": read["name"], "permission_names": names} if set(names) & set(mine) else {}


def _consequence(change: ResourceChange) -> str:
    if change.deleted:
        return "Users with the role lose these permissions, unless the role has them from a role that it extends."
    return role.consequence(change)


class RolePermissions(Resource, consequence=_consequence):
    """Permissions that are added to a role of the environment, beside those that it has.

    So several stacks may share a role, each with permissions of its own, and the roles `admin` and `member` of Scalekit are
    extended without being taken over. Of the role's permissions only those that are declared here are compared, added and
    removed. The `Role` itself, if a stack has it, must leave `permissions` out: declared there, they are all that the role has.

    The id is the role's name. A program declares it once for a role. Where two stacks add the same permission, the first that
    removes it takes it from the other, whose next `up` after a refresh adds it again.
    """

    role_name: Prop[str] = prop(
        "Name of the role: one of the environment, not of an organization.",
        refers_to=("Role.name",),
        also=role.ROLE_NAME,
    )
    permissions: ListProp[str] = prop(
        "Names of the permissions to add, a set of 1 to 100. Take the names from the resources (`read.name`), so that they are "
        "created first.",
        items=(1, 100),
        by_item=True,
        wire="permission_names",
        also=role.PERMISSION,
    )

    api = Api(
        item="/roles/{id}",
        id="role_name",
        envelope="",
        read_query=(("include", "permissions"),),
        create=Endpoint("POST", _PERMISSIONS, adds=True),
        update=(
            Endpoint("POST", _PERMISSIONS, owns=("permissions",), adds=True),
            Endpoint("DELETE", _PERMISSIONS + "/{item}", owns=("permissions",), each=True),
        ),
        delete=Endpoint("DELETE", _PERMISSIONS + "/{item}", owns=("permissions",), each=True),
        from_wire=_from_wire,
    )
