"""Rules for the roles of the environment and for those of an organization."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pulumi_scalekit.emulator.behaviour.call import Call
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

Key = str | tuple[str, str]


def begin(call: Call, known: Mapping[str, Record], **more: bool) -> Record:
    name = call.body["name"]
    if name in known:
        raise Refusal(400, f"role {name} already exists")
    content: Json = {
        "id": call.store.new_id("role"),
        "description": "",
        "permissions": [],
        "default_creator": False,
        "default_member": False,
        **call.body,
        **more,
    }
    require(call, content, known)
    return call.store.record(**content)


def change(call: Call, role: Record, known: Mapping[str, Record]) -> None:
    """A PUT that behaves like a PATCH: what is left out or empty stays."""
    require(call, {"name": role["name"], **call.body}, known)
    role.update(call.body)


def require(call: Call, wanted: Json, known: Mapping[str, Record]) -> None:
    for permission in wanted.get("permissions", ()):
        if permission not in call.store.permissions:
            raise Refusal(400, f"permission {permission} does not exist")
    base = wanted.get("extends")
    if base is None:
        return
    if base not in known:
        raise Refusal(400, f"role {base} does not exist")
    if wanted["name"] in (base, *(role["name"] for role in _bases(known[base], known))):
        raise Refusal(400, f"role {wanted['name']} would extend itself")


def release(call: Call, role: Record, key: Key, known: Mapping[str, Record]) -> None:
    """Refuse to delete a role that is in use, unless its users get another role."""
    if dependents(role, known):
        raise Refusal(400, f"role {role['name']} cannot be deleted as other roles extend it")
    held = [
        membership
        for user in call.store.users.values()
        for membership in user.get("memberships", ())
        if any(one["id"] == role["id"] for one in membership.get("roles", ()))
    ]
    users = call.store.role_users.get(key, 0)
    successor = call.get("reassign_role_name")
    if (users or held) and not successor:
        raise Refusal(400, "role cannot be deleted as it is assigned to users")
    if successor:
        if successor not in known or successor == role["name"]:
            raise Refusal(400, f"role {successor} does not exist")
        heir = successor if isinstance(key, str) else _key_of(known[successor], key[0])
        call.store.role_users[heir] = call.store.role_users.get(heir, 0) + users
        given = {name: known[successor][name] for name in ("id", "name", "display_name")}
        for membership in held:
            membership["roles"] = [given if one["id"] == role["id"] else one for one in membership["roles"]]
    call.store.role_users.pop(key, None)


def _key_of(role: Record, organization_id: str) -> Key:
    name: str = role["name"]
    return (organization_id, name) if role.get("is_org_role") else name


def dependents(role: Record, known: Mapping[str, Record]) -> list[Record]:
    return [other for other in known.values() if other.get("extends") == role["name"]]


def effective(role: Record, known: Mapping[str, Record]) -> list[str]:
    """The role's own permissions and those that it inherits, each once."""
    chain = (role, *_bases(role, known))
    return list(dict.fromkeys(name for link in chain for name in link["permissions"]))


def _bases(role: Record, known: Mapping[str, Record]) -> Iterator[Record]:
    while (base := known.get(role.get("extends", ""))) is not None:
        yield base
        role = base


def public(call: Call, role: Record, known: Mapping[str, Record]) -> Json:
    """Permissions only if `include` names them."""
    result = call.public_without_times(role)
    include = call.get("include")
    names = effective(role, known) if include == "permissions:all" else role["permissions"]
    there = [name for name in names if name in call.store.permissions]
    result["permissions"] = [_role_permission(call, role, name) for name in there] if include else []
    result["dependent_roles_count"] = len(dependents(role, known))
    return result


def _role_permission(call: Call, role: Record, name: str) -> Json:
    permission = call.public(call.store.permissions[name])
    permission.pop("is_scalekit_permission", None)
    return {**permission, "role_name": role["name"]}
