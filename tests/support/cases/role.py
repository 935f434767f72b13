from __future__ import annotations

from typing import Any

from tests.support.api import Api
from tests.support.cases.case import ABSENT, Case, Edit, Place, Program, at, collection, put

PERMISSION = Case(
    "permission",
    "scalekit:index:Permission",
    lambda _: {"name": "invoices:read", "description": "See invoices"},
    collection("permissions"),
    edits={"description": Edit("See all invoices", at("description"), "See all invoices")},
    removals={"description": Edit(ABSENT, at("description"), "")},
    replacing={"name": lambda _: {"name": "invoices:list"}},
    drift={"description": put("Renamed", "description")},
    unmoved={"permission_put=non_zero": ("description",)},
)


def _role(api: Api) -> Program:
    return {
        "name": "billing_admin",
        "displayName": "Billing admin",
        "description": "Pays",
        "extends": api.role("base"),
        "permissions": [api.permission("invoices:write"), api.permission("invoices:read")],
        "reassignRoleName": "member",
    }


ROLE = Case(
    "role",
    "scalekit:index:Role",
    _role,
    collection("roles"),
    edits={
        "displayName": Edit("Treasurer", at("display_name"), "Treasurer"),
        "description": Edit("Pays and refunds", at("description"), "Pays and refunds"),
        "extends": Edit("member", at("extends"), "member"),
        "permissions": Edit(["invoices:read"], at("permissions"), ["invoices:read"], reads=1),
        "reassignRoleName": Edit("admin", at("display_name"), "Treasurer", writes=0),
    },
    removals={
        "extends": Edit(ABSENT, at("extends"), None, reads=1),
        "permissions": Edit(ABSENT, at("permissions"), [], writes=2, reads=1),
    },
    kept=("description",),
    replacing={"name": lambda _: {"name": "treasurer"}},
    drift={
        "displayName": put("Renamed", "display_name"),
        "description": put("Renamed", "description"),
        "extends": put("admin", "extends"),
        "permissions": put(["invoices:read"], "permissions"),
    },
    unread=frozenset({"reassignRoleName"}),
)


def _role_permissions(api: Api) -> Program:
    return {
        "roleName": api.role("shared"),
        "permissions": [api.permission("invoices:write"), api.permission("invoices:read")],
    }


ROLE_PERMISSIONS = Case(
    "role permissions",
    "scalekit:index:RolePermissions",
    _role_permissions,
    Place(
        # A role that has none of them is not extended.
        lambda store, id_, _: role if (role := store.roles.get(id_)) and role["permissions"] else None,
        lambda store, id_, _: store.roles[id_].update(permissions=[]),
    ),
    edits={"permissions": Edit(["invoices:read"], at("permissions"), ["invoices:read"], reads=1)},
    replacing={"roleName": lambda api: {"roleName": api.role("other")}},
    drift={"permissions": put(["invoices:read"], "permissions")},
)


def _organization_role(api: Api) -> Program:
    return {"organizationId": api.organization(), **_role(api)}


ORGANIZATION_ROLE = Case(
    "organization role",
    "scalekit:index:OrganizationRole",
    _organization_role,
    collection("organization_roles", lambda id_, program: (program["organizationId"], id_)),
    edits=ROLE.edits,
    removals={"extends": ROLE.removals["extends"]},
    kept=("description", "permissions"),
    replacing={
        "organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")},
        "name": lambda _: {"name": "treasurer"},
    },
    drift=ROLE.drift,
    unread=frozenset({"reassignRoleName"}),
)


def _default_roles(api: Api) -> Program:
    return {"defaultCreatorRole": api.role("owner"), "defaultMemberRole": api.role("guest")}


def _organization_default_roles(api: Api) -> Program:
    organization = api.organization()
    api.post(f"/organizations/{organization}/roles", {"name": "guest", "display_name": "Guest"})
    return {"organizationId": organization, "defaultMemberRole": "guest"}


ORGANIZATION_DEFAULT_ROLES = Case(
    "organization default roles",
    "scalekit:index:OrganizationDefaultRoles",
    _organization_default_roles,
    collection("organization_default_roles"),
    edits={"defaultMemberRole": Edit("admin", at("default_member_role"), "admin")},
    replacing={
        "organizationId": lambda api: {
            "organizationId": api.organization(external_id="elsewhere"),
            "defaultMemberRole": "member",
        }
    },
    drift={"defaultMemberRole": put("admin", "default_member_role")},
    setting=True,
    stays=True,
)


def _default(flag: str) -> Any:
    return lambda roles: [name for name, role in roles.items() if role[flag]]


def _make_default(name: str, flag: str) -> Any:
    def write(roles: Any) -> None:
        for key, role in roles.items():
            role[flag] = key == name

    return write


DEFAULT_ROLES = Case(
    "default roles",
    "scalekit:index:DefaultRoles",
    _default_roles,
    Place(lambda store, *_: store.roles, lambda *_: None),
    edits={
        "defaultCreatorRole": Edit("admin", _default("default_creator"), ["admin"]),
        "defaultMemberRole": Edit("member", _default("default_member"), ["member"]),
    },
    drift={
        "defaultCreatorRole": _make_default("guest", "default_creator"),
        "defaultMemberRole": _make_default("admin", "default_member"),
    },
    one_of_these=("defaultCreatorRole",),
    setting=True,
    stays=True,
)
