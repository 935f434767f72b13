"""Roles of the environment."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import role_rules as rules
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json


@rpc("RolesService.CreateRole", effect="create")
def create(call: Call) -> Json:
    role = rules.begin(call, call.store.roles)
    call.store.roles[role["name"]] = role
    return {"role": _public(call, role)}


@rpc("RolesService.GetRole")
def get(call: Call) -> Json:
    return {"role": _public(call, _existing(call))}


@rpc("RolesService.ListRoles")
def list_roles(call: Call) -> Json:
    return {"roles": [_public(call, role) for role in call.store.roles.values()]}


@rpc("RolesService.UpdateRole", effect="update")
def update(call: Call) -> Json:
    role = _existing(call)
    rules.change(call, role, call.store.roles)
    return {"role": _public(call, role)}


@rpc("RolesService.DeleteRole", effect="delete")
def delete(call: Call) -> Json:
    role = _existing(call)
    # A role of an organization may extend a role of the environment.
    for other in call.store.organization_roles.values():
        if other.get("extends") == role["name"]:
            raise Refusal(400, f"role {role['name']} cannot be deleted as other roles extend it")
    rules.release(call, role, role["name"], call.store.roles)
    del call.store.roles[role["name"]]
    return {}


@rpc("RolesService.DeleteRoleBase", effect="delete")
def delete_base(call: Call) -> Json:
    _existing(call).pop("extends", None)
    return {}


@rpc("RolesService.UpdateDefaultRoles", effect="update")
def set_defaults(call: Call) -> Json:
    answer: Json = {}
    for flag in ("default_creator", "default_member"):
        name = call.get(f"{flag}_role") or call.get(flag, {}).get("name")
        if not name:
            continue
        chosen = _named(call, name)
        for role in call.store.roles.values():
            role[flag] = role is chosen
    for flag in ("default_creator", "default_member"):
        for role in call.store.roles.values():
            if role[flag]:
                answer[flag] = _public(call, role)
    return answer


@rpc("RolesService.AddPermissionsToRole", effect="update")
def add_permissions(call: Call) -> Json:
    role = _existing(call)
    rules.require(call, {"name": role["name"], "permissions": call.get("permission_names")}, call.store.roles)
    role["permissions"] = list(dict.fromkeys([*role["permissions"], *call.get("permission_names")]))
    return _permissions(call, role)


@rpc("RolesService.ListRolePermissions")
def list_permissions(call: Call) -> Json:
    return _permissions(call, _existing(call))


@rpc("RolesService.RemovePermissionFromRole", effect="delete")
def remove_permission(call: Call) -> Json:
    role = _existing(call)
    if call.get("permission_name") not in role["permissions"]:
        raise not_found("permission", call.get("permission_name"))
    role["permissions"].remove(call.get("permission_name"))
    return {}


def _permissions(call: Call, role: Record) -> Json:
    return {"permissions": [call.public(call.store.permissions[name]) for name in role["permissions"]]}


def _existing(call: Call) -> Record:
    return _named(call, call.get("role_name"))


def _named(call: Call, name: str) -> Record:
    role = call.store.roles.get(name)
    if role is None:
        raise not_found("role", name)
    return role


def _public(call: Call, role: Record) -> Json:
    return rules.public(call, role, call.store.roles)
