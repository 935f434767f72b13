from __future__ import annotations

import pytest


@pytest.fixture
def directory(api):
    organization = api.bare_organization()
    api.refused(403, "POST", f"{organization}/directories", {"directory_type": "SCIM"})
    api.enable_features(organization, "dir_sync")
    body = {"directory_type": "SCIM", "directory_provider": "OKTA"}
    created = api.post(f"{organization}/directories", body)["directory"]
    return f"{organization}/directories/{created['id']}"


def test_a_directory_is_created_enabled(api, directory):
    shown = api.get(directory)["directory"]
    assert shown["id"].startswith("dir_")
    assert shown["enabled"] is True
    assert shown["directory_endpoint"].startswith(api.emulator.url)
    assert api.get(directory.rpartition("/")[0])["directories"] == [shown]


def test_it_must_be_disabled_before_it_can_go(api, directory):
    message = api.refused(400, "DELETE", directory)["message"]
    assert "directory is enabled" in message
    assert "disable" in message
    assert api.patch(f"{directory}:disable") == {"enabled": False}
    api.delete(directory)
    api.refused(404, "GET", directory)


def test_a_patch_without_enabled_disables_it(api, directory):
    kind = {"name": "People", "directory_type": "SCIM", "directory_provider": "OKTA"}
    assert api.patch(directory, {**kind, "enabled": True})["directory"]["enabled"] is True
    assert api.patch(directory, kind)["directory"]["enabled"] is False
    assert api.patch(f"{directory}:enable") == {"enabled": True}
    api.refused(400, "PATCH", directory, {"enabled": True})


def test_a_directory_has_secrets(api, directory):
    first = api.post(f"{directory}/secrets")
    assert first["secret"]["directory_id"] == directory.rpartition("/")[2]
    second = api.post(f"{directory}/secrets")
    assert second["plain_secret"] != first["plain_secret"]
    shown = {secret["id"]: secret["status"] for secret in api.get(directory)["directory"]["secrets"]}
    assert shown == {first["secret"]["id"]: "ACTIVE", second["secret"]["id"]: "ACTIVE"}


def test_a_type_is_needed(api, directory):
    api.refused(400, "POST", directory.rpartition("/")[0], {"directory_provider": "OKTA"})


def test_a_directory_may_need_no_feature(start):
    api = start(directory_feature="optional")
    organization = api.bare_organization()
    made = api.post(f"{organization}/directories", {"directory_type": "SCIM"})["directory"]
    assert api.get(f"{organization}/directories")["directories"] == [made]
