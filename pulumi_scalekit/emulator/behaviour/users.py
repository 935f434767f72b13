"""Users: who belongs to which organization. Only their list; a test or a demo puts them into the store."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10


@rpc("UserService.ListOrganizationUsers")
def list_users(call: Call) -> Json:
    organization = call.organization()["id"]
    found = [
        user
        for user in call.store.users.values()
        if any(membership["organization_id"] == organization for membership in user["memberships"])
    ]
    page, paging = call.page(found, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"users": [call.shown(user) for user in page], **paging}
