from __future__ import annotations

import pytest

BODY = {"key": "team", "label": "Team", "datatype": "STRING", "required": True, "enabled": True}


@pytest.mark.parametrize("path", ["/user-profile-attributes", "/sso-user-attributes", "/directory-user-attributes"])
def test_an_attribute_is_read_from_its_list(api, path):
    created = api.post(path, BODY)["user_attribute"]
    assert created == {**BODY, "category": "CUSTOM"}
    assert created in api.get(path)["user_attributes"]
    api.refused(409, "POST", path, BODY)
    api.delete(f"{path}/team")
    api.refused(404, "DELETE", f"{path}/team")
    assert created not in api.get(path)["user_attributes"]


def test_an_attribute_of_directories_is_another_one_than_that_of_users(api):
    users, directories = "/user-profile-attributes", "/directory-user-attributes"
    api.post(users, BODY)
    api.refused(404, "DELETE", f"{directories}/team")
    api.post(directories, {**BODY, "label": "Squad"})
    changed = api.patch(f"{directories}/team", {"key": "team", "label": "Crew", "datatype": "NUMBER"})["user_attribute"]
    assert (changed["label"], changed["datatype"], changed["required"]) == ("Crew", "NUMBER", False)
    api.refused(400, "DELETE", f"{directories}/email")
    api.delete(f"{users}/team")
    assert changed in api.get(directories)["user_attributes"]
    assert "team" not in {attribute["key"] for attribute in api.get(users)["user_attributes"]}


def test_an_update_is_the_whole_object(api):
    path = "/user-profile-attributes"
    api.post(path, {**BODY, "sso_addition_info": {"default_oidc_mapping": "team", "default_saml_mapping": "team"}})
    changed = api.patch(f"{path}/team", {"key": "team", "label": "Squad", "datatype": "STRING"})["user_attribute"]
    assert (changed["label"], changed["required"], changed["enabled"]) == ("Squad", False, False)
    assert "sso_addition_info" not in changed
    assert changed["category"] == "CUSTOM"
    api.refused(400, "PATCH", f"{path}/team", {"key": "other", "label": "Squad", "datatype": "STRING"})
    api.refused(400, "PATCH", f"{path}/team", {"key": "team", "label": "Squad"})


def test_every_environment_has_standard_attributes_that_stay(api):
    path = "/user-profile-attributes"
    listed = {attribute["key"]: attribute["category"] for attribute in api.get(path)["user_attributes"]}
    assert listed["email"] == listed["family_name"] == "STANDARD"
    api.refused(409, "POST", path, {**BODY, "key": "email"})
    api.refused(400, "DELETE", f"{path}/email")
    changed = api.patch(f"{path}/locale", {"key": "locale", "label": "Language", "datatype": "STRING"})
    assert changed["user_attribute"]["category"] == "STANDARD"
    assert {attribute["key"] for attribute in api.get(path)["user_attributes"]} == set(listed)
