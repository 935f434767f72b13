"""The look of an organization: what is saved, and whether it is applied."""

from dataclasses import replace

import pytest

from pulumi_scalekit import Organization, OrganizationBranding
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import CheckFailed

RED = {"button_color": "#b71c1c"}


@pytest.fixture
def branding(stack):
    return stack(OrganizationBranding)


def path(organization: str) -> str:
    return f"/organizations/{organization}/portal_customizations"


def saved(emulator, organization):
    return emulator.store.organization_brandings[organization]


def test_what_nobody_declares_survives_a_write_that_replaces_everything(branding, organization, api, emulator):
    beside = {
        "portal_customization": {"logo_url": "https://acme.com/logo.png", "rounded": True},
        "application_customization": {"name": "Acme"},
        "email_customization": {"footer": {"text": "Acme"}},
    }
    api.put(path(organization), {"source": "BRANDING_SOURCE_CUSTOM", "customization_settings": beside})

    branding.up({"organizationId": organization, "source": "CUSTOM", "portalCustomization": RED})

    portal = {**beside["portal_customization"], **RED}
    assert saved(emulator, organization)["customization_settings"] == {**beside, "portal_customization": portal}
    assert branding.refresh() == []


def test_a_key_that_leaves_the_program_is_as_in_the_environment_again(branding, organization, emulator):
    program = {"organizationId": organization, "source": "CUSTOM"}
    branding.up({**program, "portalCustomization": {**RED, "logo_url": "https://acme.com/logo.png"}})

    branding.up({**program, "portalCustomization": RED})

    assert saved(emulator, organization)["customization_settings"] == {"portal_customization": RED}


def test_the_environments_look_keeps_what_was_saved_and_custom_applies_it_again(branding, organization, emulator):
    custom = {"organizationId": organization, "source": "CUSTOM", "portalCustomization": RED}
    branding.up(custom)

    assert branding.up({"organizationId": organization, "source": "ENVIRONMENT"}) == "update"
    assert saved(emulator, organization)["source"] == "BRANDING_SOURCE_ENVIRONMENT"
    assert saved(emulator, organization)["customization_settings"] == {"portal_customization": RED}
    assert branding.refresh() == []

    branding.up({"organizationId": organization, "source": "CUSTOM"})
    assert saved(emulator, organization)["source"] == "BRANDING_SOURCE_CUSTOM"
    assert saved(emulator, organization)["customization_settings"] == {"portal_customization": RED}


def test_nothing_to_apply_is_refused_with_scalekits_words(branding, organization):
    with pytest.raises(ScalekitError, match="customization_settings: is required where nothing is saved"):
        branding.up({"organizationId": organization, "source": "CUSTOM"})


def test_settings_that_scalekit_would_ignore_are_refused_at_preview(branding, organization):
    with pytest.raises(CheckFailed) as refused:
        branding.preview({"organizationId": organization, "source": "ENVIRONMENT", "portalCustomization": RED})

    assert 'goes with source="CUSTOM"' in refused.value.failures["portalCustomization"]


def test_where_it_is_switched_off_the_error_says_where_to_switch_it_on(branding, organization, emulator):
    emulator.switches = replace(emulator.switches, organization_branding="forbidden")

    with pytest.raises(ScalekitError, match="switched on in the dashboard, below Branding"):
        branding.up({"organizationId": organization, "source": "ENVIRONMENT"})


def test_a_logo_of_the_organization_switches_its_branding_and_is_found(stack, branding, emulator):
    organization = stack(Organization)
    organization.up({"displayName": "Acme"})
    program = {"organizationId": organization.id, "source": "ENVIRONMENT"}
    branding.up(program)

    organization.up({"displayName": "Acme", "logoUrl": "https://acme.com/logo.png"})

    assert branding.refresh() == ["source"]
    branding.up(program)
    assert saved(emulator, organization.id)["source"] == "BRANDING_SOURCE_ENVIRONMENT"
    assert organization.refresh() == []
