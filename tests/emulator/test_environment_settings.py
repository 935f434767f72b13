from __future__ import annotations

import pytest

SETTINGS = {
    "session-settings": ("session_settings", "access_token_expiry"),
    "settings/user-management": ("user_management", "max_users_limit"),
}


@pytest.fixture(params=SETTINGS)
def setting(request):
    """The end of the path, the key of an answer, and a number in it."""
    return request.param, *SETTINGS[request.param]


def path(api, end):
    return f"/environments/{api.store.environment_id}/{end}"


def test_a_change_keeps_what_it_leaves_out(api, setting):
    end, key, number = setting
    other = {"session_settings": "idle_session_enabled", "user_management": "enable_fail_open"}[key]
    api.patch(path(api, end), {number: 5})
    answer = api.patch(path(api, end), {other: True})
    assert answer == {"environment_id": api.store.environment_id, key: answer[key]}
    assert (answer[key][number], answer[key][other]) == (5, True)
    assert api.get(path(api, end)) == {key: answer[key]}


def test_a_change_may_unset_what_it_leaves_out(start, setting):
    api, (end, key, number) = start(partial_environment_settings="reset"), setting
    api.patch(path(api, end), {number: 5})
    api.patch(path(api, end), {})
    assert number not in api.get(path(api, end))[key]


def test_settings_may_have_to_be_made(start, setting):
    api, (end, key, number) = start(environment_settings="made first"), setting
    api.refused(404, "GET", path(api, end))
    api.refused(404, "PATCH", path(api, end), {number: 5})
    assert api.post(path(api, end), {number: 5})[key][number] == 5
    api.refused(409, "POST", path(api, end), {number: 6})


def test_another_environment_is_not_found(api, setting):
    api.refused(404, "GET", f"/environments/env_1/{setting[0]}")


def test_the_times_of_sessions_have_an_order_whatever_their_units(api):
    def timeouts(idle):
        return {
            "absolute_session_timeout": 2,
            "absolute_session_timeout_unit": "HOURS",
            "idle_session_timeout": idle,
            "access_token_expiry": 10,
        }

    for idle in (120, 10):
        api.refused(400, "PATCH", path(api, "session-settings"), timeouts(idle))
    api.patch(path(api, "session-settings"), timeouts(119))


def test_all_users_are_listed_with_their_environment(api):
    for number in range(3):
        api.store.users[f"usr_{number}"] = api.store.record(id=f"usr_{number}", memberships=[])
    users = api.get("/users", page_size=2)["users"]
    assert [user["id"] for user in users] == ["usr_2", "usr_1"]
    assert {user["environment_id"] for user in users} == {api.store.environment_id}
