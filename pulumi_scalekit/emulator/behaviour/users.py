"""Users: one for an e-mail address in the environment, with a profile that is the same in all organizations."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_scalekit.emulator.behaviour import memberships
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10


@rpc("UserService.CreateUserAndMembership", effect="create")
def create(call: Call) -> Json:
    """A user with a membership, or a membership of a user whom this environment has."""
    organization = call.organization()
    body = dict(call.body)
    membership = body.pop("membership", {})
    profile = body.pop("user_profile", {})
    user = next((user for user in call.store.users.values() if _is(user, body.get("email", ""))), None)
    if user is not None and call.switches.existing_user == "refused":
        raise Refusal(call.switches.duplicate_status, f"user with email {body['email']} already exists")
    _require_unique(call, body, but=user)
    roles = memberships.roles(call, organization, membership)
    if user is None:
        user = call.store.record(
            id=call.store.new_id("usr"),
            environment_id=call.store.environment_id,
            memberships=[],
            user_profile={"id": call.store.new_id("usp"), **profile},
            **body,
        )
        call.store.users[user["id"]] = user
    memberships.add(call, user, organization, membership, roles)
    return {"user": call.public(user)}


@rpc("UserService.GetUser")
def get(call: Call) -> Json:
    return {"user": call.public(memberships.user(call))}


@rpc("UserService.UpdateUser", effect="update")
def update(call: Call) -> Json:
    """Only what the body names is changed, in the profile too."""
    user = memberships.user(call)
    body = dict(call.body)
    _require_unique(call, body, but=user)
    user.setdefault("user_profile", {}).update(body.pop("user_profile", {}))
    user.update(body)
    return {"user": call.public(user)}


@rpc("UserService.DeleteUser", effect="delete")
def delete(call: Call) -> Json:
    del call.store.users[memberships.user(call)["id"]]
    return {}


@rpc("UserService.ListUsers")
def list_all(call: Call) -> Json:
    return _page(call, call.store.users.values())


@rpc("UserService.ListOrganizationUsers")
def list_users(call: Call) -> Json:
    return _page(call, _members(call))


@rpc("UserService.SearchUsers")
def search(call: Call) -> Json:
    return _page(call, _matching(call, call.store.users.values()))


@rpc("UserService.SearchOrganizationUsers")
def search_organization(call: Call) -> Json:
    return _page(call, _matching(call, _members(call)))


def _is(user: Record, email: str) -> bool:
    return bool(user.get("email", "").lower() == email.lower())


def _require_unique(call: Call, body: Json, but: Record | None) -> None:
    external_id = body.get("external_id")
    for user in call.store.users.values():
        if external_id and user is not but and user.get("external_id") == external_id:
            raise Refusal(call.switches.duplicate_status, f"user with external id {external_id} already exists")


def _members(call: Call) -> list[Record]:
    organization_id = call.organization()["id"]
    return [user for user in call.store.users.values() if memberships.of(user, organization_id) is not None]


def _matching(call: Call, users: Iterable[Record]) -> list[Record]:
    wanted = call.get("query").lower()
    return [
        user for user in users if any(wanted in user.get(key, "").lower() for key in ("email", "id", "external_id"))
    ]


def _page(call: Call, users: Iterable[Record]) -> Json:
    page, paging = call.page(users, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"users": [{"environment_id": call.store.environment_id, **call.public(user)} for user in page], **paging}
