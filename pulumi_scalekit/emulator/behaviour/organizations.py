"""Organizations: the root of every tenant."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour import organization_branding
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10
_CLAMP = (10, 100)


@rpc("OrganizationService.CreateOrganization", effect="create")
def create(call: Call) -> Json:
    body = {"region_code": "US", **call.body}
    _require_unique(call, body)
    features: dict[str, list[Json]] = {
        "none": [],
        "sso": [_feature("sso", enabled=True), _feature("dir_sync", enabled=False)],
    }
    organization = call.store.record(
        id=call.store.new_id("org"), **body, settings={"features": features[call.switches.new_features]}
    )
    call.store.organizations[organization["id"]] = organization
    _brand(call, organization, body)
    return {"organization": call.public(organization)}


@rpc("OrganizationService.GetOrganization", "OrganizationService.GetOrganizationByExternalId")
def get(call: Call) -> Json:
    if external_id := call.get("external_id"):
        for organization in call.store.organizations.values():
            if organization.get("external_id") == external_id:
                return {"organization": call.public(organization)}
        raise not_found("organization with external id", external_id)
    return {"organization": call.public(_existing(call))}


@rpc("OrganizationService.ListOrganization")
def list_organizations(call: Call) -> Json:
    size = call.get("page_size", 0)
    if size and call.switches.organizations_page_size == "clamped":
        size = min(max(size, _CLAMP[0]), _CLAMP[1])
    wanted = call.get("external_id")
    organizations = [o for o in call.store.organizations.values() if not wanted or o.get("external_id") == wanted]
    page, paging = call.page(organizations, size, _DEFAULT_PAGE)
    return {"organizations": [call.public(organization) for organization in page], **paging}


@rpc("OrganizationService.UpdateOrganization", effect="update")
def update(call: Call) -> Json:
    organization = _existing(call)
    body = call.body
    changes: Json = {name: body.get(name, "") for name in call.keys & {"display_name", "slug", "logo_url"}}
    if changes.get("display_name") == "":
        # Named by a mask and not in the body.
        raise invalid("organization.display_name", "must be at least 1 characters", "string.min_len")
    external_id = body.get("external_id", "")
    if "external_id" in call.keys and (external_id or call.switches.empty_external_id != "ignored"):
        changes["external_id"] = external_id
    if changes.get("logo_url") == "" and call.switches.empty_logo_url == "refused":
        raise invalid("organization.logo_url", "does not match regex pattern `^https://`", "string.pattern")
    if "metadata" in call.keys:
        metadata = body.get("metadata", {})
        if metadata and call.switches.metadata_update == "merge":
            metadata = {**organization.get("metadata", {}), **metadata}
        if metadata or call.switches.empty_metadata == "empties":
            changes["metadata"] = metadata
    _require_unique(call, changes, but=organization["id"])
    organization.update(changes)
    _brand(call, organization, changes)
    for name in ("slug", "logo_url", "external_id"):
        keep_empty = name == "external_id" and call.switches.empty_external_id == "stored"
        if organization.get(name) == "" and not keep_empty:
            del organization[name]
    return {"organization": call.public(organization)}


@rpc("OrganizationService.UpdateOrganizationSettings", effect="update")
def update_features(call: Call) -> Json:
    organization = _existing(call)
    for index, feature in enumerate(call.body.get("features", ())):
        if not feature.get("name"):
            raise invalid(f"settings.features[{index}].name", "value is required", "required")
    named = {feature["name"]: feature.get("enabled", False) for feature in call.body.get("features", ())}
    settings = organization.setdefault("settings", {"features": []})
    before = (
        {} if call.switches.features_update == "replace" else {f["name"]: f["enabled"] for f in settings["features"]}
    )
    settings["features"] = [_feature(name, enabled=enabled) for name, enabled in {**before, **named}.items()]
    return {"organization": call.public(organization)}


@rpc("OrganizationService.DeleteOrganization", effect="delete")
def delete(call: Call) -> Json:
    call.store.delete_organization(_existing(call)["id"])
    return {}


def _existing(call: Call) -> Record:
    organization = call.store.organizations.get(call.get("id"))
    if organization is None:
        raise not_found("organization", call.get("id"))
    return organization


def _require_unique(call: Call, wanted: Json, but: str = "") -> None:
    for name in ("external_id", "slug"):
        value = wanted.get(name)
        for organization in call.store.organizations.values() if value else ():
            if organization.get(name) == value and organization["id"] != but:
                message = f"organization with {name.replace('_', ' ')} {value} already exists"
                raise Refusal(call.switches.duplicate_status, message)


def _brand(call: Call, organization: Record, written: Json) -> None:
    """The logo is a part of the branding, where organizations have their own."""
    on = call.switches.organization_branding == "available" and call.switches.organization_logo == "branding"
    if on and written.get("logo_url"):
        organization_branding.brand(call, organization, written["logo_url"])


def _feature(name: str, *, enabled: bool) -> Json:
    return {"name": name, "enabled": enabled}
