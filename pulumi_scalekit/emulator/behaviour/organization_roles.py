"""Roles of a single organization, in addition to the environment's."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import role_rules as rules
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_ORGANIZATION = "org_id"


@rpc("RolesService.CreateOrganizationRole", effect="create")
def create(call: Call) -> Json:
    organization = call.organization(_ORGANIZATION)
    role = rules.begin(call, _visible(call), is_org_role=True)
    call.store.organization_roles[organization["id"], role["name"]] = role
    return {"role": _public(call, role)}


@rpc("RolesService.GetOrganizationRole")
def get(call: Call) -> Json:
    return {"role": _public(call, _existing(call))}


@rpc("RolesService.ListOrganizationRoles")
def list_roles(call: Call) -> Json:
    """The environment's roles too: an organization can give both to its users."""
    call.organization(_ORGANIZATION)
    return {"roles": [_public(call, role) for role in _visible(call).values()]}


@rpc("RolesService.UpdateOrganizationRole", effect="update")
def update(call: Call) -> Json:
    role = _existing(call)
    rules.change(call, role, _visible(call))
    return {"role": _public(call, role)}


@rpc("RolesService.DeleteOrganizationRole", effect="delete")
def delete(call: Call) -> Json:
    role = _existing(call)
    key = (call.get(_ORGANIZATION), role["name"])
    rules.release(call, role, key, _visible(call))
    del call.store.organization_roles[key]
    own = call.store.organization_default_roles.get(key[0])
    if own and own["default_member_role"] == role["name"]:
        del call.store.organization_default_roles[key[0]]
    return {}


@rpc("RolesService.UpdateDefaultOrganizationRoles", effect="update")
def set_defaults(call: Call) -> Json:
    organization, name = call.organization(_ORGANIZATION), call.get("default_member_role")
    known = _visible(call)
    if name not in known:
        raise not_found("role", name)
    call.store.organization_default_roles[organization["id"]] = call.store.record(default_member_role=name)
    return {"default_member": _public(call, known[name])}


@rpc("RolesService.DeleteOrganizationRoleBase", effect="delete")
def delete_base(call: Call) -> Json:
    _existing(call).pop("extends", None)
    return {}


def _visible(call: Call) -> dict[str, Record]:
    own = {key[1]: role for key, role in call.store.organization_roles.items() if key[0] == call.get(_ORGANIZATION)}
    return {**call.store.roles, **own}


def _existing(call: Call) -> Record:
    organization = call.organization(_ORGANIZATION)
    role = call.store.organization_roles.get((organization["id"], call.get("role_name")))
    if role is None:
        raise not_found("role", call.get("role_name"))
    return role


def _public(call: Call, role: Record) -> Json:
    result = rules.public(call, role, _visible(call))
    own = call.store.organization_default_roles.get(call.get(_ORGANIZATION))
    if own:
        keeps = call.switches.organization_default == "joins" and role["default_member"]
        result["default_member"] = keeps or role["name"] == own["default_member_role"]
    return result
