"""Memberships: what a user is in an organization, and which roles the user has there."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import role_rules
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record, timestamp
from pulumi_scalekit.emulator.serving.request import Json

_INVITATION_LIFE = 15 * 24 * 3600.0


@rpc("UserService.CreateMembership", effect="create")
def create(call: Call) -> Json:
    known, organization = user(call), call.organization()
    add(call, known, organization, call.body, roles(call, organization, call.body))
    return {"user": call.public(known)}


@rpc("UserService.UpdateMembership", effect="update")
def update(call: Call) -> Json:
    """Only what the body names is changed; of what it names nothing stays."""
    member, membership = _existing(call)
    if "roles" in call.body:
        membership["roles"] = roles(call, call.organization(), call.body)
    if "metadata" in call.keys:
        metadata = call.body.get("metadata", {})
        if metadata and call.switches.metadata_update == "merge":
            metadata = {**membership["metadata"], **metadata}
        if metadata or call.switches.empty_metadata == "empties":
            membership["metadata"] = metadata
    return {"user": call.public(member)}


@rpc("UserService.DeleteMembership", effect="delete")
def delete(call: Call) -> Json:
    """`cascade`, which takes a user along who has no other membership, is on where it is left out."""
    member, membership = _existing(call)
    member["memberships"].remove(membership)
    if call.get("cascade", default=True) and not member["memberships"]:
        del call.store.users[member["id"]]
    return {}


@rpc("UserService.ResendInvite", effect="action")
def resend(call: Call) -> Json:
    member, membership = _existing(call)
    if membership["membership_status"] not in ("PENDING_INVITE", "INVITE_EXPIRED"):
        raise Refusal(400, "the invitation is accepted already")
    organization_id = membership["organization_id"]
    _invite(call, member, membership)
    return {
        "invite": {
            "organization_id": organization_id,
            "user_id": member["id"],
            "status": "pending_invite",
            "created_at": membership["created_at"],
            "expires_at": membership["expires_at"],
            "resent_at": call.store.now(),
            "resent_count": member["_invitations"].count(organization_id) - 1,
        }
    }


@rpc("UserService.ListUserRoles")
def list_roles(call: Call) -> Json:
    return {"roles": _existing(call, "user_id")[1]["roles"]}


@rpc("UserService.ListUserPermissions")
def list_permissions(call: Call) -> Json:
    _, membership = _existing(call, "user_id")
    known = _known(call, call.organization())
    names = {name for role in membership["roles"] for name in role_rules.effective(known[role["name"]], known)}
    permissions = [call.store.permissions[name] for name in sorted(names)]
    return {
        "permissions": [
            {"id": permission["id"], "name": permission["name"], "description": permission.get("description", "")}
            for permission in permissions
        ]
    }


@rpc("UserService.AssignUserRoles", effect="update")
def assign_roles(call: Call) -> Json:
    """Adds to the roles that the user has."""
    member, membership = _existing(call, "user_id")
    named = [{"id": role.get("id", ""), "name": role.get("role_name", "")} for role in call.get("roles", default=())]
    held = [role["id"] for role in membership["roles"]]
    added = roles(call, call.organization(), {"roles": named})
    membership["roles"] += [role for role in added if role["id"] not in held]
    member.settle(call.store.now)
    return {"roles": membership["roles"]}


@rpc("UserService.RemoveUserRole", effect="delete")
def remove_role(call: Call) -> Json:
    _, membership = _existing(call, "user_id")
    role = next((role for role in membership["roles"] if role["name"] == call.get("role_name")), None)
    if role is None:
        raise not_found("role", call.get("role_name"))
    membership["roles"].remove(role)
    return {}


def user(call: Call, variable: str = "id") -> Record:
    """The user of the path, by id or external id."""
    key = call.get(variable) or call.get("external_id")
    for known in call.store.users.values():
        if key in (known["id"], known.get("external_id")):
            return known
    raise not_found("user", key)


def of(member: Record, organization_id: str) -> Json | None:
    """What a user is in an organization; None for who is no member."""
    found: Json | None = next(
        (one for one in member.get("memberships", ()) if one["organization_id"] == organization_id), None
    )
    return found


def add(call: Call, member: Record, organization: Record, body: Json, held: list[Json]) -> None:
    """Make a user a member, at once or when the invitation is accepted: it is sent where nobody says otherwise."""
    if of(member, organization["id"]) is not None:
        raise Refusal(call.switches.duplicate_status, f"{member['id']} is a member of {organization['id']} already")
    now = call.store.now()
    membership: Json = {
        "organization_id": organization["id"],
        "display_name": organization["display_name"],
        "name": organization["display_name"],
        "roles": held,
        "metadata": body.get("metadata", {}),
        "inviter_email": body.get("inviter_email", ""),
        "created_at": now,
    }
    if call.get("send_invitation_email", default=True):
        membership["provisioning_method"] = "invitation"
        _invite(call, member, membership)
    else:
        membership |= {"provisioning_method": "direct_provision", "membership_status": "ACTIVE", "join_time": now}
    member["memberships"].append(membership)


def roles(call: Call, organization: Record, body: Json) -> list[Json]:
    """The roles that a body names; without any, the one that members of the organization get."""
    known = _known(call, organization)
    found = []
    for named in body.get("roles", ()):
        role = known.get(named.get("name", "")) or next(
            (role for role in known.values() if role["id"] == named.get("id")), None
        )
        if role is None:
            raise Refusal(400, f"role {named.get('name') or named.get('id')} does not exist")
        found.append(role)
    if not found:
        setting = call.store.organization_default_roles.get(organization["id"])
        own = known.get(setting["default_member_role"]) if setting else None
        found = [own] if own else [role for role in known.values() if role["default_member"]]
    return [{name: role[name] for name in ("id", "name", "display_name")} for role in found]


def _known(call: Call, organization: Record) -> dict[str, Record]:
    """The roles that members of an organization may have, by name."""
    own = {name: role for (owner, name), role in call.store.organization_roles.items() if owner == organization["id"]}
    return {**call.store.roles, **own}


def _invite(call: Call, member: Record, membership: Json) -> None:
    """Send the mail, which the store notes."""
    member["_invitations"] = [*member.get("_invitations", ()), membership["organization_id"]]
    membership["membership_status"] = "PENDING_INVITE"
    membership["expires_at"] = timestamp(call.store.clock() + _INVITATION_LIFE)


def _existing(call: Call, variable: str = "id") -> tuple[Record, Json]:
    member, organization = user(call, variable), call.organization()
    membership = of(member, organization["id"])
    if membership is None:
        raise not_found("membership of", member["id"])
    return member, membership
