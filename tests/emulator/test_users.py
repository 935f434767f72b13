"""Users and their memberships, as the vendor's descriptors describe them."""

from dataclasses import replace

import pytest

NOBODY = "usr_00000000000000001"


def joined(api, organization, email, **more):
    return api.send("POST", f"{organization}/users", {"email": email, **more}, send_invitation_email=False)["user"]


@pytest.fixture
def acme(api):
    return api.bare_organization()


@pytest.fixture
def other(api):
    return api.bare_organization(external_id="other")


def membership(acme, user):
    return f"/memberships{acme}/users/{user['id']}"


def test_a_user_is_created_with_a_membership(api, acme):
    made = joined(
        api,
        acme,
        "ada@acme.example",
        user_profile={"given_name": "Ada"},
        membership={"roles": [{"name": "admin"}], "metadata": {"team": "finance"}},
    )

    user = api.get(f"/users/{made['id']}")["user"]
    (mine,) = user["memberships"]
    assert (user["email"], user["user_profile"]["given_name"]) == ("ada@acme.example", "Ada")
    assert mine["organization_id"] == acme.rpartition("/")[2]
    assert [role["name"] for role in mine["roles"]] == ["admin"]
    assert (mine["metadata"], mine["membership_status"]) == ({"team": "finance"}, "ACTIVE")


def test_a_user_without_a_role_gets_the_default_one(api, acme):
    """The organization's own, where it has one."""
    assert joined(api, acme, "a@acme.example")["memberships"][0]["roles"][0]["name"] == "member"

    api.post(f"{acme}/roles", {"name": "guest", "display_name": "Guest"})
    api.patch(f"{acme}/roles:set_defaults", {"default_member_role": "guest"})

    assert joined(api, acme, "b@acme.example")["memberships"][0]["roles"][0]["name"] == "guest"
    api.refused(400, "POST", f"{acme}/users", {"email": "c@acme.example", "membership": {"roles": [{"name": "x"}]}})
    assert len(api.store.users) == 2


def test_a_mail_is_sent_where_nobody_says_otherwise(api, acme):
    user = api.post(f"{acme}/users", {"email": "ada@acme.example"})["user"]
    quiet = joined(api, acme, "grace@acme.example")

    assert user["memberships"][0]["membership_status"] == "PENDING_INVITE"
    assert api.store.users[user["id"]]["_invitations"] == [acme.rpartition("/")[2]]
    assert "_invitations" not in api.store.users[quiet["id"]]
    resend = "/invites" + acme + "/users/{}/resend"
    assert api.patch(resend.format(user["id"]))["invite"]["resent_count"] == 1
    api.refused(400, "PATCH", resend.format(quiet["id"]))


def test_an_address_is_one_user_s(api, acme, other):
    user = joined(api, acme, "ada@acme.example")

    api.refused(409, "POST", f"{other}/users", {"email": "ADA@acme.example"})
    api.emulator.switches = replace(api.emulator.switches, existing_user="joined")
    again = joined(api, other, "ADA@acme.example", user_profile={"given_name": "Eve"})

    assert again["id"] == user["id"]
    assert len(again["memberships"]) == 2
    assert "given_name" not in api.store.users[user["id"]]["user_profile"]
    api.refused(409, "POST", f"{other}/users", {"email": "ada@acme.example"})


def test_an_external_id_is_one_user_s(api, acme):
    joined(api, acme, "ada@acme.example", external_id="7")
    api.refused(409, "POST", f"{acme}/users", {"email": "grace@acme.example", "external_id": "7"})
    assert api.get("/users:external/7")["user"]["email"] == "ada@acme.example"


def test_a_membership_is_added_changed_and_ended(api, acme, other):
    user = joined(api, acme, "ada@acme.example")
    path = membership(other, user)

    api.send("POST", path, {"roles": [{"name": "admin"}]}, send_invitation_email=False)
    api.refused(409, "POST", path, {})
    assert [role["name"] for role in api.get(f"{other}/users/{user['id']}/roles")["roles"]] == ["admin"]

    api.patch(path, {"metadata": {"team": "legal"}})
    changed = api.patch(path, {"roles": [{"name": "member"}]})["user"]["memberships"][1]
    assert ([role["name"] for role in changed["roles"]], changed["metadata"]) == (["member"], {"team": "legal"})

    api.delete(path)
    api.refused(404, "DELETE", path)
    assert len(api.store.users[user["id"]]["memberships"]) == 1


@pytest.mark.parametrize(("query", "stays"), [({}, False), ({"cascade": True}, False), ({"cascade": False}, True)])
def test_the_last_membership_takes_the_user_along(api, acme, query, stays):
    """Unless the call says otherwise."""
    user = joined(api, acme, "ada@acme.example")
    api.delete(membership(acme, user), **query)
    assert (user["id"] in api.store.users) == stays


def test_an_organization_takes_along_who_is_in_no_other(api, acme, other):
    here, both = joined(api, acme, "ada@acme.example"), joined(api, acme, "grace@acme.example")
    api.send("POST", membership(other, both), {}, send_invitation_email=False)

    api.delete(acme)

    assert here["id"] not in api.store.users
    assert [one["organization_id"] for one in api.store.users[both["id"]]["memberships"]] == [other.rpartition("/")[2]]
    api.refused(404, "GET", f"/users/{here['id']}")


def test_a_profile_is_changed_in_what_is_named(api, acme):
    user = joined(api, acme, "ada@acme.example", user_profile={"given_name": "Ada", "family_name": "Byron"})

    api.patch(f"/users/{user['id']}", {"user_profile": {"family_name": "Lovelace"}})

    profile = api.get(f"/users/{user['id']}")["user"]["user_profile"]
    assert (profile["given_name"], profile["family_name"]) == ("Ada", "Lovelace")


def test_users_are_searched_by_a_part_of_their_address(api, acme, other):
    joined(api, acme, "ada@acme.example")
    joined(api, other, "lada@other.example")

    assert [user["email"] for user in api.get("/users:search", query="ADA@")["users"]] == [
        "lada@other.example",
        "ada@acme.example",
    ]
    assert [user["email"] for user in api.get(f"{acme}/users:search", query="ada")["users"]] == ["ada@acme.example"]
    assert api.get("/users")["total_size"] == 2
    api.refused(400, "GET", "/users:search", query="ad")


def test_roles_of_a_member_are_added_and_taken(api, acme):
    api.permission("invoices:read")
    api.post("/roles", {"name": "reader", "display_name": "Reader", "permissions": ["invoices:read"]})
    user = joined(api, acme, "ada@acme.example", membership={"roles": [{"name": "member"}]})
    path = f"{acme}/users/{user['id']}"

    api.post(f"{path}/roles", [{"role_name": "reader"}, {"role_name": "member"}])
    assert [role["name"] for role in api.get(f"{path}/roles")["roles"]] == ["member", "reader"]
    assert [one["name"] for one in api.get(f"{path}/permissions")["permissions"]] == ["invoices:read"]

    api.delete(f"{path}/roles/reader")
    api.refused(404, "DELETE", f"{path}/roles/reader")
    assert api.get(f"{path}/permissions")["permissions"] == []


def test_a_role_that_a_member_has_is_kept_or_handed_on(api, acme):
    api.role("reader")
    user = joined(api, acme, "ada@acme.example", membership={"roles": [{"name": "reader"}]})

    api.refused(400, "DELETE", "/roles/reader")
    api.delete("/roles/reader", reassign_role_name="member")

    (mine,) = api.store.users[user["id"]]["memberships"]
    assert [role["name"] for role in mine["roles"]] == ["member"]


def test_who_is_not_there_is_not_found(api, acme):
    stranger = {"id": NOBODY}
    api.refused(404, "GET", f"/users/{NOBODY}")
    api.refused(404, "POST", membership(acme, stranger), {})
    api.refused(404, "DELETE", f"/users/{NOBODY}")
    user = joined(api, acme, "ada@acme.example")
    api.delete(f"/users/{user['id']}")
    api.refused(404, "GET", f"/users/{user['id']}")
