"""DefaultRoles: which roles users get without being given one."""

from typing import Any

from pulumi_scalekit.declare import Prop, Resource, prop
from pulumi_scalekit.model.kind import Api, Body, Endpoint, Values

_NAME: dict[str, Any] = {
    "length": (1, 64),
    "pattern": r"[a-zA-Z0-9_]+",
    "pattern_words": "may hold letters, digits and underscores only, such as member",
}


def _from_wire(found: Body, _declared: Values) -> Body:
    """A read is the list of roles with a mark at two of them; a write answers with those two."""

    def chosen(flag: str) -> str | None:
        marked = next((role for role in found.get("roles") or () if role.get(flag)), None)
        return (marked or found.get(flag) or {}).get("name")

    names = {"default_creator_role": chosen("default_creator"), "default_member_role": chosen("default_member")}
    return names if any(names.values()) else {}


class DefaultRoles(Resource):
    """The roles that users get without being given one: who creates an organization, and who joins it.

    There is one such setting in an environment; its id is `default`. It cannot be unset: destroying the resource leaves it as
    it is.
    """

    default_creator_role: Prop[str] = prop(
        "Name of the role of whoever creates an organization, such as `admin`. A change updates.", also=_NAME
    )
    default_member_role: Prop[str] = prop(
        "Name of the role of whoever joins an organization, such as `member`. A change updates.", also=_NAME
    )

    api = Api(
        item="/roles",
        envelope="",
        update=(
            Endpoint("PATCH", "/roles:set_defaults", owns=("default_creator_role", "default_member_role"), whole=True),
        ),
        setting_of="default",
        from_wire=_from_wire,
    )
