"""DirectoryMapping: what a directory's attributes and groups become in Scalekit."""

from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.model.field import RELEASE, Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalListProp, OptionalMapProp, Prop, Resource, prop
from pulumi_scalekit.resources.directory import NEEDS

_COLLECTION = "/organizations/{organization_id}/directories"
_DIRECTORY = _COLLECTION + "/{directory_id}"


def _to_wire(body: Body) -> Body:
    """Mappings are lists of pairs in the API, and maps here."""
    if "attributes" in body:
        return {"attributes": [{"key": key, "map_to": to} for key, to in sorted(body["attributes"].items())]}
    if "assignments" in body:
        assigned = sorted(body["assignments"].items())
        # A group with several roles is read as `a, b`, and stays so as long as the program does not name it.
        pairs = [(group, role) for group, roles in assigned for role in roles.split(", ")]
        return {"assignments": [{"group_id": group, "role_name": role} for group, role in pairs]}
    return body


def _from_wire(found: Body, _declared: Values) -> Body:
    """A read is the directory. A write answers with its own part, which does not say how the rest is."""
    directory = found.get("directory")
    if not directory:
        return {}
    attributes = (directory.get("attribute_mappings") or {}).get("attributes") or ()
    roles: dict[str, list[str]] = {}
    for assigned in (directory.get("role_assignments") or {}).get("assignments") or ():
        roles.setdefault(assigned["group_id"], []).append(assigned["role_name"])
    return {
        "attributes": {pair["key"]: pair.get("map_to") or "" for pair in attributes if pair.get("key")},
        "assignments": {group: ", ".join(sorted(names)) for group, names in roles.items()},
        "groups_tracked": directory.get("groups_tracked"),
    }


def _consequence(change: ResourceChange) -> str:
    if change.deleted:
        return "The mapping stays as it is at Scalekit, and is no longer managed."
    before, after = change.becomes("group_roles")
    if before == after or not isinstance(after, dict):
        return ""
    said = [f"{group} have the role {role}" for group, role in sorted(after.items()) if isinstance(role, str)]
    return f"Users of {'; of '.join(said)}." if said else ""


class DirectoryMapping(Resource, consequence=_consequence):
    """What a directory's attributes and groups become in Scalekit: attributes of users, and roles. A setting of a `Directory`.

    The customer's administrator can set the same in the admin portal, so declare only what is to be yours: what is left out is
    left alone. The id is the directory's. Destroying the resource leaves the mapping as it is.

    It uses endpoints that Scalekit has not published (`PUT
    /api/v1/organizations/{organization_id}/directories/{id}/attributes`, `PUT …/directories/{id}/groups/-/roles:assign`, `PUT
    …/directories/{id}/groups:assign`). Reading uses a published one, and none of them switches the directory on or off.
    """

    organization_id: Prop[str] = prop("Organization of the directory, `org_…`.", refers_to=("Organization.id",))
    directory_id: Prop[str] = prop("The directory, `dir_…`.", refers_to=("Directory.id",))
    attribute_mapping: OptionalMapProp[str] = prop(
        "What each attribute is mapped to: keys and values of 1 to 32 characters. Managed as a whole: a pair that somebody added "
        "is drift. Further attributes are `DirectoryUserAttribute`s.",
        default=None,
        keys=(1, 32),
        length=(1, 32),
        wire="attributes",
    )
    group_roles: OptionalMapProp[str] = prop(
        "The role that the users of a group get, by the group's id, `dirgroup_…`, as `getDirectoryGroups` finds it: names of "
        "roles of the organization or the environment. Managed group by group: other groups are left alone.",
        default=None,
        by_key=True,
        keys=(1, 32),
        length=(1, 64),
        pattern=r"[a-zA-Z0-9_]+",
        pattern_words="may hold letters, digits and underscores only, such as billing_admin",
        wire="assignments",
    )
    tracked_groups: OptionalListProp[str] = prop(
        "Of a directory of type `POLL`: the groups to follow, by their ids at the identity provider, a set of at least 1. No "
        "answer shows them, so a change of them in the portal is not found, only, in `groups_tracked`, whether all are followed. "
        "There is no call that follows all groups again.",
        default=None,
        unordered=True,
        items=(1, None),
        length=(1, None),
        write_only=True,
        clear=RELEASE,
        wire="external_ids",
    )
    groups_tracked: Prop[str] = prop(
        "Whether all groups are followed: `ALL`, or what Scalekit says instead.", init=False
    )

    api = Api(
        item=_DIRECTORY,
        envelope="",
        update=(
            Endpoint("PUT", _DIRECTORY + "/attributes", owns=("attribute_mapping",), unpublished=True),
            Endpoint("PUT", _DIRECTORY + "/groups/-/roles:assign", owns=("group_roles",), unpublished=True),
            Endpoint("PUT", _DIRECTORY + "/groups:assign", owns=("tracked_groups",), unpublished=True),
        ),
        setting_of="directory_id",
        inventory=Inventory(Listing(_COLLECTION, "directories", paged="no")),
        needs=NEEDS,
        to_wire=_to_wire,
        from_wire=_from_wire,
    )
