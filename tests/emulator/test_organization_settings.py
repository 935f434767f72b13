from __future__ import annotations

import pytest


def test_a_user_limit_of_zero_is_kept_and_null_unsets_it(api):
    path = f"{api.bare_organization()}/settings/usermanagement"
    assert "max_allowed_users" not in api.get(path)["settings"]
    for limit in (25, 0):
        api.patch(path, {"settings": {"max_allowed_users": limit}})
        assert api.get(path)["settings"]["max_allowed_users"] == limit
    api.refused(400, "PATCH", path, {"settings": {"max_allowed_users": -1}})
    api.patch(path, {"settings": {"max_allowed_users": None}})
    assert "max_allowed_users" not in api.get(path)["settings"]


def test_user_limits_of_two_organizations_are_two(api):
    one, other = api.bare_organization(), api.bare_organization()
    api.patch(f"{one}/settings/usermanagement", {"settings": {"max_allowed_users": 1}})
    assert "max_allowed_users" not in api.get(f"{other}/settings/usermanagement")["settings"]


@pytest.mark.parametrize(("switch", "status"), [("forbidden", 403), ("unimplemented", 501)])
def test_an_environment_may_lack_user_limits(start, switch, status):
    api = start(user_limit=switch)
    api.refused(status, "GET", f"{api.bare_organization()}/settings/usermanagement")


def test_a_session_policy_is_answered_in_minutes(api):
    organization = api.bare_organization()
    path = f"{organization}/session-policy"
    assert api.get(path)["policy"]["policy_source"] == "APPLICATION"
    api.enable_features(organization, "session_policy")
    body = {
        "policy_source": "CUSTOM",
        "absolute_session_timeout": 2,
        "absolute_session_timeout_unit": "DAYS",
        "idle_session_timeout_enabled": True,
        "idle_session_timeout": 90,
    }
    expected = {
        "policy_source": "CUSTOM",
        "absolute_session_timeout": 2880,
        "absolute_session_timeout_unit": "MINUTES",
        "idle_session_timeout_enabled": True,
        "idle_session_timeout": 90,
        "idle_session_timeout_unit": "MINUTES",
    }
    assert api.patch(path, body)["policy"] == expected
    api.patch(path, {"idle_session_timeout": 1, "idle_session_timeout_unit": "HOURS"})
    assert api.get(path)["policy"] == {**expected, "idle_session_timeout": 60}
    api.refused(400, "PATCH", path, {"absolute_session_timeout": 0})
    api.patch(path, {"policy_source": "APPLICATION"})
    assert api.get(path)["policy"] == {"policy_source": "APPLICATION"}


@pytest.mark.parametrize(
    "timeouts",
    [
        {"absolute_session_timeout": 60, "idle_session_timeout": 61},
        {"absolute_session_timeout": 60, "idle_session_timeout": 60},
        {"absolute_session_timeout": 1, "absolute_session_timeout_unit": "HOURS", "idle_session_timeout": 90},
        {"idle_session_timeout": 5},
    ],
)
def test_timeouts_stand_in_an_order(api, timeouts):
    """Absolute above idle above the life of the application's access tokens."""
    organization = api.bare_organization()
    path = f"{organization}/session-policy"
    api.enable_features(organization, "session_policy")
    api.refused(400, "PATCH", path, {"policy_source": "CUSTOM", "idle_session_timeout_enabled": True, **timeouts})
    api.patch(path, {"policy_source": "CUSTOM", "absolute_session_timeout": 30})


@pytest.mark.parametrize("status", [403, 400])
def test_a_session_policy_needs_its_feature(start, status):
    api = start(feature_off_status=status)
    path = f"{api.bare_organization()}/session-policy"
    api.refused(status, "PATCH", path, {"policy_source": "CUSTOM"})


def test_a_session_policy_may_need_no_feature(start):
    api = start(session_policy_feature="optional")
    path = f"{api.bare_organization()}/session-policy"
    api.patch(path, {"policy_source": "CUSTOM", "absolute_session_timeout": 60})
    assert api.get(path)["policy"]["absolute_session_timeout"] == 60


def test_a_portal_link_needs_the_features_that_it_names(start):
    api = start(new_features="none")
    path = api.bare_organization()
    assert api.put(f"{path}/portal_links")["link"]["location"].startswith(api.emulator.url)
    assert api.refused(400, "PUT", f"{path}/portal_links", features="sso")["code"] == 3
    api.enable_features(path, "sso")
    link = api.put(f"{path}/portal_links", features="sso")["link"]
    assert api.put(f"{path}/portal_links")["link"]["location"] != link["location"]


def test_portal_links_cannot_be_listed_with_environment_credentials(api):
    assert api.refused(403, "GET", f"{api.bare_organization()}/portal_links")["code"] == 7


CUSTOM, ENVIRONMENT = "BRANDING_SOURCE_CUSTOM", "BRANDING_SOURCE_ENVIRONMENT"


def test_a_branding_replaces_what_is_saved_and_the_environments_keeps_it(api):
    path = f"{api.bare_organization()}/portal_customizations"
    assert api.get(path)["branding"]["source"] == ENVIRONMENT
    api.refused(400, "PUT", path, {"source": CUSTOM})
    api.refused(400, "PUT", path, {"customization_settings": {"portal_customization": {}}})
    for settings in (
        {"portal_customization": {"button_color": "#000000"}},
        {"application_customization": {"name": ""}},
    ):
        body = {"source": CUSTOM, "customization_settings": settings}
        assert api.put(path, body)["branding"]["customization_settings"] == settings
    ignored = {"source": ENVIRONMENT, "customization_settings": {"portal_customization": {"button_color": "#ffffff"}}}
    for body, source in ((ignored, ENVIRONMENT), ({"source": CUSTOM}, CUSTOM)):
        api.put(path, body)
        branding = api.get(path)["branding"]
        assert (branding["source"], branding["customization_settings"]) == (source, settings)


@pytest.mark.parametrize(("switch", "source"), [("branding", CUSTOM), ("apart", ENVIRONMENT)])
def test_a_logo_of_the_organization_is_a_part_of_its_branding(start, switch, source):
    api = start(organization_logo=switch)
    organization = api.bare_organization(logo_url="https://acme.com/logo.png")
    assert api.get(f"{organization}/portal_customizations")["branding"]["source"] == source


def test_an_environment_may_lack_organization_branding(start):
    api = start(organization_branding="forbidden")
    api.refused(403, "GET", f"{api.bare_organization()}/portal_customizations")
