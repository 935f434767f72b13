"""Links into the admin portal, by the API."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import timestamp
from pulumi_scalekit.emulator.serving.request import Json

PATH = "/magicLink/"


@rpc("OrganizationService.GeneratePortalLink", effect="action")
def create(call: Call) -> Json:
    organization = call.organization("id")
    enabled = {f["name"] for f in organization["settings"]["features"] if f["enabled"]}
    features = call.get("features", [])
    for feature in features:
        if feature not in enabled:
            raise Refusal(400, f"feature {feature} is not enabled for {organization['id']}")
    link = call.store.portal.create(call.store.new_id("lnk"), organization["id"], features)
    return {
        "link": {
            "id": link.id,
            "location": f"{call.url}{PATH}{link.token}",
            "expire_time": timestamp(link.expires),
        }
    }


@rpc("OrganizationService.DeletePortalLinkByID", effect="delete")
def delete(call: Call) -> Json:
    call.store.portal.revoke(call.get("link_id"), call.organization("id")["id"])
    return {}
