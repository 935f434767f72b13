"""Permissions: names that roles are made of."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10


@rpc("RolesService.CreatePermission", effect="create")
def create(call: Call) -> Json:
    name = call.body["name"]
    if name in call.store.permissions:
        raise Refusal(400, f"permission {name} already exists")
    permission = call.store.record(**{"id": call.store.new_id("perm"), "description": "", **call.body})
    call.store.permissions[name] = permission
    return {"permission": call.public(permission)}


@rpc("RolesService.GetPermission")
def get(call: Call) -> Json:
    return {"permission": call.public(_existing(call))}


@rpc("RolesService.ListPermissions")
def list_permissions(call: Call) -> Json:
    """All are the environment's own; the emulator has none of Scalekit's built-in permissions."""
    permissions = [] if call.get("type") == "SCALEKIT" else call.store.permissions.values()
    page, paging = call.page(permissions, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"permissions": [call.public(permission) for permission in page], **paging}


@rpc("RolesService.UpdatePermission", effect="update")
def update(call: Call) -> Json:
    permission = _existing(call)
    if call.body["name"] != permission["name"]:
        raise invalid("permission.name", "the name of a permission cannot be changed")
    if "description" in call.body or call.switches.permission_put == "replace":
        permission["description"] = call.body.get("description", "")
    return {"permission": call.public(permission)}


@rpc("RolesService.DeletePermission", effect="delete")
def delete(call: Call) -> Json:
    name = _existing(call)["name"]
    roles = [*call.store.roles.values(), *call.store.organization_roles.values()]
    using = [role for role in roles if name in role["permissions"]]
    if using and call.switches.permission_in_use == "refused":
        raise Refusal(400, f"permission {name} is assigned to roles: remove the assignments first")
    del call.store.permissions[name]
    for role in using:
        role["permissions"].remove(name)
    return {}


def _existing(call: Call) -> Record:
    permission = call.store.permissions.get(call.get("permission_name"))
    if permission is None:
        raise not_found("permission", call.get("permission_name"))
    return permission
