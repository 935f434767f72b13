"""Users and their organizations. Only the lists are emulated; a test or a demo puts users into the store."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10


@rpc("UserService.ListOrganizationUsers")
def list_users(call: Call) -> Json:
    organization = call.organization()["id"]
    users = [
        user
        for user in call.store.users.values()
        if any(membership["organization_id"] == organization for membership in user["memberships"])
    ]
    return _page(call, users)


@rpc("UserService.ListUsers")
def list_all_users(call: Call) -> Json:
    return _page(call, call.store.users.values())


def _page(call: Call, users: Iterable[Record]) -> Json:
    page, paging = call.page(users, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"users": [{"environment_id": call.store.environment_id, **call.public(user)} for user in page], **paging}
