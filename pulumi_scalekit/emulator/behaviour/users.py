"""Users and their organizations. Only the list is emulated; a test or a demo puts users into the store."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
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
    page, paging = call.page(users, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"users": [call.public(user) for user in page], **paging}
