from __future__ import annotations

from dataclasses import replace

import pytest


@pytest.fixture
def roles(api):
    for name in ("read:users", "write:users"):
        api.post("/permissions", {"name": name})
    api.post("/roles", {"name": "viewer", "display_name": "Viewer", "permissions": ["read:users"]})
    api.post(
        "/roles",
        {"name": "editor", "display_name": "Editor", "permissions": ["write:users"], "extends": "viewer"},
    )
    return api


def names(answer):
    return sorted(permission["name"] for permission in answer["permissions"])


def test_a_permission_is_found_by_its_encoded_name(api):
    response = api.ask("POST", "/permissions", {"name": "read:users", "description": "d"})
    assert response.status_code == 201
    permission = response.json()["permission"]
    assert permission["id"].startswith("perm_")
    assert api.get("/permissions/read%3Ausers")["permission"] == permission
    api.refused(400, "POST", "/permissions", {"name": "read:users"})
    api.delete("/permissions/read%3Ausers")
    api.refused(404, "GET", "/permissions/read%3Ausers")


@pytest.mark.parametrize("switch", ["kept", "decoded"])
def test_a_colon_in_a_name_is_plain_or_escaped(start, switch):
    """The vendor's own REST client sends it plain."""
    api = start(path_escapes=switch)
    api.post("/permissions", {"name": "read:users"})
    for name in ("read:users", "read%3Ausers"):
        assert api.get(f"/permissions/{name}")["permission"]["name"] == "read:users"
    api.role("reader")
    api.post("/roles/reader/permissions", {"permission_names": ["read:users"]})
    api.delete("/roles/reader/permissions/read:users")
    assert api.get("/roles/reader/permissions")["permissions"] == []
    api.delete("/permissions/read:users")
    assert api.get("/permissions")["permissions"] == []


def test_a_permissions_name_has_a_rule_of_its_own(api):
    refusal = api.refused(400, "POST", "/permissions", {"name": "read users"})
    (violation,) = refusal["details"][0]["validation_error_info"]["field_violations"]
    assert violation["field"] == "permission.name"
    assert violation["constraint"] == "permission.name.format"


@pytest.mark.parametrize(("switch", "description"), [("replace", ""), ("non_zero", "d")])
def test_a_permission_is_put_with_its_name(start, switch, description):
    api = start(permission_put=switch)
    api.post("/permissions", {"name": "read", "description": "d"})
    api.refused(400, "PUT", "/permissions/read", {"description": "e"})
    api.refused(400, "PUT", "/permissions/read", {"name": "other"})
    assert api.put("/permissions/read", {"name": "read"})["permission"]["description"] == description
    assert api.put("/permissions/read", {"name": "read", "description": "e"})["permission"]["description"] == "e"


def test_permissions_are_listed_in_pages(api):
    for number in range(12):
        api.post("/permissions", {"name": f"p{number}"})
    first = api.get("/permissions")
    assert (len(first["permissions"]), first["total_size"]) == (10, 12)
    assert len(api.get("/permissions", page_token=first["next_page_token"])["permissions"]) == 2
    assert api.get("/permissions", type="SCALEKIT")["permissions"] == []
    api.refused(400, "GET", "/permissions", page_size=101)


def test_a_permission_that_roles_have_may_have_to_leave_them_first(roles):
    refusal = roles.refused(400, "DELETE", "/permissions/read%3Ausers")
    assert "remove the assignments first" in refusal["message"]
    assert roles.store.roles["viewer"]["permissions"] == ["read:users"]
    roles.delete("/roles/viewer/permissions/read%3Ausers")
    roles.delete("/permissions/read%3Ausers")
    assert "read:users" not in roles.store.permissions


def test_a_deleted_permission_may_leave_its_roles(start):
    api = start(permission_in_use="taken out")
    api.post("/permissions", {"name": "read"})
    api.post("/roles", {"name": "viewer", "display_name": "Viewer", "permissions": ["read"]})
    api.delete("/permissions/read")
    assert api.store.roles["viewer"]["permissions"] == []


def test_permissions_are_shown_only_where_asked_for(roles):
    assert roles.get("/roles/editor")["role"]["permissions"] == []
    assert names(roles.get("/roles/editor", include="permissions")["role"]) == ["write:users"]
    assert names(roles.get("/roles/editor", include="permissions:all")["role"]) == [
        "read:users",
        "write:users",
    ]
    listed = {role["name"]: role for role in roles.get("/roles", include="permissions")["roles"]}
    assert names(listed["viewer"]) == ["read:users"]
    assert {"admin", "member"} <= set(listed)
    assert listed["viewer"]["dependent_roles_count"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"name": "viewer", "display_name": "Again"},
        {"name": "no-dash", "display_name": "N"},
        {"name": "nameless"},
        {"name": "n", "display_name": "N", "permissions": ["unknown"]},
        {"name": "n", "display_name": "N", "extends": "unknown"},
    ],
)
def test_roles_that_cannot_be(roles, body):
    roles.refused(400, "POST", "/roles", body)


def test_a_put_keeps_what_it_does_not_hold(roles):
    changed = roles.put("/roles/editor", {"display_name": "Writer"})["role"]
    assert (changed["display_name"], changed["extends"]) == ("Writer", "viewer")
    roles.put("/roles/editor", {"permissions": []})
    assert roles.store.roles["editor"]["permissions"] == ["write:users"]
    roles.put("/roles/editor", {"permissions": ["read:users"]})
    assert roles.store.roles["editor"]["permissions"] == ["read:users"]
    roles.refused(400, "PUT", "/roles/editor", {"description": ""})
    roles.refused(400, "PUT", "/roles/viewer", {"extends": "editor"})


def test_a_permission_can_be_taken_from_a_role(roles):
    assert roles.delete("/roles/editor/permissions/write%3Ausers") == {}
    assert roles.store.roles["editor"]["permissions"] == []
    roles.refused(404, "DELETE", "/roles/editor/permissions/write%3Ausers")


def test_a_role_that_others_extend_cannot_go(roles):
    assert "extend" in roles.refused(400, "DELETE", "/roles/viewer")["message"]
    roles.delete("/roles/editor/base")
    assert "extends" not in roles.get("/roles/editor")["role"]
    roles.delete("/roles/viewer")
    roles.refused(404, "GET", "/roles/viewer")


def test_a_role_that_is_assigned_cannot_go_but_can_be_replaced(roles):
    roles.store.role_users["editor"] = 3
    assert "assigned" in roles.refused(400, "DELETE", "/roles/editor")["message"]
    roles.refused(400, "DELETE", "/roles/editor", reassign_role_name="unknown")
    roles.delete("/roles/editor", reassign_role_name="viewer")
    assert roles.store.role_users == {"viewer": 3}


@pytest.mark.parametrize("path", ["/roles:set_defaults", "/roles/default"])
def test_the_default_roles_are_one_each(roles, path):
    body = {"default_creator_role": "editor", "default_member_role": "viewer"}
    answer = roles.patch(path, body)
    assert (answer["default_creator"]["name"], answer["default_member"]["name"]) == ("editor", "viewer")
    flags = {role["name"]: (role["default_creator"], role["default_member"]) for role in roles.get("/roles")["roles"]}
    assert flags == {
        "admin": (False, False),
        "member": (False, False),
        "viewer": (False, True),
        "editor": (True, False),
    }
    roles.refused(404, "PATCH", path, {"default_member_role": "unknown"})


def test_a_role_of_an_organization_is_its_own(roles):
    one, other = roles.bare_organization(), roles.bare_organization()
    body = {"name": "chief", "display_name": "Chief", "extends": "viewer", "permissions": ["write:users"]}
    created = roles.post(f"{one}/roles", body)["role"]
    assert created["is_org_role"] is True
    path = f"{one}/roles/chief"
    assert names(roles.get(path, include="permissions:all")["role"]) == ["read:users", "write:users"]
    listed = {role["name"]: role["is_org_role"] for role in roles.get(f"{one}/roles")["roles"]}
    assert listed == {"admin": False, "member": False, "viewer": False, "editor": False, "chief": True}
    roles.refused(404, "GET", f"{other}/roles/chief")
    roles.refused(404, "GET", f"{one}/roles/viewer")
    roles.refused(400, "POST", f"{one}/roles", body)
    roles.refused(400, "DELETE", "/roles/viewer", reassign_role_name="editor")
    assert roles.put(path, {"display_name": "Boss"})["role"]["display_name"] == "Boss"
    roles.delete(f"{path}/base")
    assert "extends" not in roles.get(path)["role"]


def test_an_assigned_role_of_an_organization_can_be_replaced(roles):
    path = roles.bare_organization()
    roles.post(f"{path}/roles", {"name": "chief", "display_name": "Chief"})
    key = (path.rpartition("/")[2], "chief")
    roles.store.role_users[key] = 1
    roles.refused(400, "DELETE", f"{path}/roles/chief")
    roles.delete(f"{path}/roles/chief", reassign_role_name="member")
    assert roles.store.role_users == {"member": 1}


@pytest.mark.parametrize(("switch", "marked"), [("moves", ["chief"]), ("joins", ["chief", "member"])])
def test_an_organization_has_a_default_role_of_its_own(roles, switch, marked):
    roles.emulator.switches = replace(roles.emulator.switches, organization_default=switch)
    one, other = roles.bare_organization(), roles.bare_organization()
    roles.post(f"{one}/roles", {"name": "chief", "display_name": "Chief"})

    def defaults(path):
        return sorted(role["name"] for role in roles.get(f"{path}/roles")["roles"] if role["default_member"])

    path = f"{one}/roles:set_defaults"
    assert defaults(one) == ["member"]
    assert roles.patch(path, {"default_member_role": "chief"})["default_member"]["name"] == "chief"
    assert defaults(one) == marked
    assert defaults(other) == ["member"]
    roles.refused(404, "PATCH", path, {"default_member_role": "unknown"})
    roles.refused(400, "PATCH", path, {})
    roles.delete(f"{one}/roles/chief")
    assert defaults(one) == ["member"]


def test_permissions_are_added_to_a_role(roles):
    path = "/roles/viewer/permissions"
    assert [
        one["name"] for one in roles.post(path, {"permission_names": ["write:users", "read:users"]})["permissions"]
    ] == [
        "read:users",
        "write:users",
    ]
    assert [one["name"] for one in roles.get(path)["permissions"]] == ["read:users", "write:users"]
    roles.refused(400, "POST", path, {"permission_names": ["no:such"]})
    roles.refused(400, "POST", path, {"permission_names": []})
    roles.refused(404, "POST", "/roles/nobody/permissions", {"permission_names": ["read:users"]})
