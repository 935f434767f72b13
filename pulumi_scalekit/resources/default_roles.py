"""DefaultRoles: which roles users get by default."""

from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.field import RELEASE, Body, Values
from pulumi_scalekit.program.resource import OptionalProp, Resource, prop
from pulumi_scalekit.resources.role import ROLE_NAME


def _from_wire(found: Body, _declared: Values) -> Body:
    """A read is the list of roles with a mark at two of them; a write answers with those two."""

    def chosen(flag: str) -> str | None:
        marked = next((role for role in found.get("roles") or () if role.get(flag)), None)
        return (marked or found.get(flag) or {}).get("name")

    names = {"default_creator_role": chosen("default_creator"), "default_member_role": chosen("default_member")}
    return names if any(names.values()) else {}


def _one_at_least(values: Values) -> list[tuple[str, str]]:
    names = ("default_creator_role", "default_member_role")
    declared = any(values.get(name) is not None for name in names)
    return [] if declared else [(names[0], f"declare {' or '.join(names)}: each may stand alone")]


class DefaultRoles(Resource, rule=_one_at_least):
    """The roles that users get without being given one: who creates an organization, and who joins it.

    There is one such setting in an environment; its id is `default`. Either role may be declared alone. Neither can be unset:
    destroying the resource leaves them as they are.
    """

    default_creator_role: OptionalProp[str] = prop(
        "Name of the role of whoever creates an organization, such as `admin`.",
        default=None,
        clear=RELEASE,
        refers_to=("Role.name",),
        also=ROLE_NAME,
    )
    default_member_role: OptionalProp[str] = prop(
        "Name of the role of whoever joins an organization, such as `member`.",
        default=None,
        clear=RELEASE,
        refers_to=("Role.name",),
        also=ROLE_NAME,
    )

    api = Api(
        item="/roles",
        envelope="",
        read_query=(("include", "permissions"),),  # as Roles are listed, so that one list serves both
        update=(
            Endpoint(
                "PATCH", "/roles:set_defaults", owns=("default_creator_role", "default_member_role"), left_out="reset"
            ),
        ),
        setting_of="default",
        from_wire=_from_wire,
    )
