"""How an organization looks: saved settings, which are applied over the environment's or not."""

from __future__ import annotations

import copy

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_ENVIRONMENT, _CUSTOM = "BRANDING_SOURCE_ENVIRONMENT", "BRANDING_SOURCE_CUSTOM"


@rpc("OrganizationService.GetOrganizationBranding")
def get(call: Call) -> Json:
    organization = _with_branding(call)
    return {"branding": _shown(call, call.store.organization_brandings.get(organization["id"]))}


@rpc("OrganizationService.UpdateOrganizationBranding", effect="update")
def update(call: Call) -> Json:
    """Settings replace what is saved, as they are sent. Without any, what is saved is applied again."""
    organization = _with_branding(call)
    branding = call.store.organization_brandings.get(organization["id"])
    source, settings = call.body["source"], call.body.get("customization_settings")
    if source == _CUSTOM and settings is None and not (branding and branding.get("customization_settings")):
        raise invalid("customization_settings", "is required where nothing is saved")
    branding = call.store.organization_brandings.setdefault(organization["id"], Record())
    branding["source"] = source
    if source == _CUSTOM and settings is not None:
        branding["customization_settings"] = copy.deepcopy(settings)
    return {"branding": _shown(call, branding)}


def brand(call: Call, organization: Record, logo_url: str) -> None:
    """What a logo of an organization does to its branding."""
    branding = call.store.organization_brandings.setdefault(organization["id"], Record())
    branding["source"] = _CUSTOM
    settings = branding.setdefault("customization_settings", {})
    settings.setdefault("portal_customization", {})["logo_url"] = logo_url


def _shown(call: Call, branding: Record | None) -> Json:
    if branding is None:
        return {"source": _ENVIRONMENT}
    return {"source": _ENVIRONMENT, **call.public(branding)}


def _with_branding(call: Call) -> Record:
    organization = call.organization()
    if call.switches.organization_branding == "forbidden":
        raise Refusal(403, "organization branding is not enabled for this environment")
    return organization
