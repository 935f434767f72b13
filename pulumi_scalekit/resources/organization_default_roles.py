"""OrganizationDefaultRoles: which role users of one organization get by default."""

from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import Prop, Resource, prop
from pulumi_scalekit.resources.role import ANY_ROLE, ROLE_NAME

_ROLES = "/organizations/{organization_id}/roles"


def _from_wire(found: Body, declared: Values) -> Body:
    """A read is the list of roles with a mark at the default one; a write answers with that role.

    The environment's default may keep its mark beside the organization's.
    """
    if "roles" not in found:
        written = found.get("default_member")
        return {"default_member_role": written.get("name")} if written else {}
    marked = [role for role in found["roles"] if role.get("default_member")]
    # False comes before True.
    marked.sort(key=lambda role: (role["name"] != declared.get("default_member_role"), not role.get("is_org_role")))
    return {"default_member_role": marked[0]["name"] if marked else None}


def _consequence(change: ResourceChange) -> str:
    before, after = change.becomes("default_member_role")
    if change.deleted:
        return "The default role stays as it is at Scalekit, and is no longer managed."
    if after == before or not isinstance(after, str):
        return ""
    return f"Who joins the organization without being given a role gets {after}{f', and no longer {before}' if before else ''}."


class OrganizationDefaultRoles(Resource, consequence=_consequence):
    """The role that users of one organization get without being given one: a setting of the organization.

    It is what users get whom single sign-on or a directory brings, and who are invited without a role. It counts more than the
    environment's `DefaultRoles`. The id is the organization's. Scalekit has no way to unset it: destroying the resource leaves
    it as it is; to have the role of the environment again, declare its name.
    """

    organization_id: Prop[str] = prop("The organization, `org_…`.", refers_to=("Organization.id",))
    default_member_role: Prop[str] = prop(
        "Name of the role of whoever joins the organization: one of its own, or one of the environment.",
        refers_to=ANY_ROLE,
        also=ROLE_NAME,
    )

    api = Api(
        item=_ROLES,
        envelope="",
        read_query=(("include", "permissions"),),  # as OrganizationRoles are listed, so that one list serves both
        update=(Endpoint("PATCH", _ROLES + ":set_defaults", owns=("default_member_role",)),),
        setting_of="organization_id",
        inherits=("DefaultRoles", "default_member_role"),
        from_wire=_from_wire,
    )
