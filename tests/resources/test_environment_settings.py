"""Settings of the environment: how its id is learnt, and whether the settings have to be made first."""

from dataclasses import replace

import pytest

from pulumi_scalekit import Domain, EnvironmentSessionSettings, EnvironmentUserManagement
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from tests.support.stack import CheckFailed

SESSIONS, USERS = {"absoluteSessionTimeout": 480}, {"maxUsersLimit": 50}


@pytest.fixture
def path(emulator):
    return f"/environments/{emulator.store.environment_id}"


def test_the_last_event_tells_the_id_once_for_all_resources(stack, organization, asked, path, emulator):
    sessions, users = stack(EnvironmentSessionSettings), stack(EnvironmentUserManagement)
    asked()

    sessions.up(SESSIONS)
    users.up(USERS)

    assert asked() == [
        "POST /events/paginated",
        f"GET {path}/session-settings",
        f"PATCH {path}/session-settings",
        f"GET {path}/settings/user-management",
        f"PATCH {path}/settings/user-management",
    ]
    assert sessions.id == users.id == emulator.store.environment_id


@pytest.mark.parametrize("events", ["forbidden", "missing"])
def test_where_no_event_tells_it_a_user_does(stack, asked, path, emulator, events):
    emulator.switches = replace(emulator.switches, events=events)
    emulator.store.users["usr_1"] = emulator.store.record(id="usr_1", email="ada@acme.com", memberships=[])

    stack(EnvironmentSessionSettings).up(SESSIONS)

    assert asked()[:3] == ["POST /events/paginated", "GET /users", f"GET {path}/session-settings"]


def test_a_domain_tells_it_without_a_request(stack, organization, asked, path):
    stack(Domain).up({"organizationId": organization, "domain": "acme.com"})
    asked()

    stack(EnvironmentSessionSettings).up(SESSIONS)

    assert asked() == [f"GET {path}/session-settings", f"PATCH {path}/session-settings"]


def test_where_nothing_tells_it_the_error_says_what_to_declare(stack, asked, emulator):
    for resource, program in ((EnvironmentSessionSettings, SESSIONS), (EnvironmentUserManagement, USERS)):
        with pytest.raises(ScalekitError, match="Declare environment_id: every Domain has it as an output"):
            stack(resource).up(program)
        assert asked() == ["POST /events/paginated", "GET /users"]

    settings = stack(EnvironmentSessionSettings)
    settings.up({**SESSIONS, "environmentId": emulator.store.environment_id})
    assert settings.id == emulator.store.environment_id
    assert settings.refresh() == []


def test_what_nothing_carried_is_asked_again_for_something_may_have_been_made(stack, api):
    settings = stack(EnvironmentSessionSettings)
    with pytest.raises(ScalekitError, match="Declare environment_id"):
        settings.up(SESSIONS)

    api.organization()
    settings.up(SESSIONS)


def test_what_was_refused_once_is_asked_again(stack, organization, emulator):
    emulator.faults.add(Fault("status", status=403, path=".*/events/.*"))
    settings = stack(EnvironmentSessionSettings)
    with pytest.raises(ScalekitError, match="Declare environment_id"):
        settings.up(SESSIONS)

    assert settings.up(SESSIONS) == "create"


def test_a_scalekit_that_does_not_answer_is_no_environment_without_an_id(stack, organization, emulator):
    emulator.faults.add(Fault("status", status=500, path=".*/events/.*", times=None))

    with pytest.raises(ScalekitError, match="looking for the id of the environment.* answered 500"):
        stack(EnvironmentSessionSettings).up(SESSIONS)


def test_to_declare_the_id_that_was_learnt_changes_nothing_at_scalekit(stack, organization, asked, path, emulator):
    settings = stack(EnvironmentSessionSettings)
    settings.up(SESSIONS)
    asked()

    for program in ({**SESSIONS, "environmentId": emulator.store.environment_id}, SESSIONS):
        assert settings.up(program) == "update", "of the state alone"
        assert not [request for request in asked() if request.startswith(("PATCH", "POST"))]
        assert settings.preview(program) == "same"


def test_the_id_of_another_environment_is_not_found(stack):
    with pytest.raises(ScalekitError, match="there is no env_1 in http"):
        stack(EnvironmentSessionSettings).up({**SESSIONS, "environmentId": "env_1"})


def test_settings_that_are_not_there_are_made_with_all_that_is_declared(stack, organization, asked, path, emulator):
    emulator.switches = replace(emulator.switches, environment_settings="made first")
    settings = stack(EnvironmentSessionSettings)
    asked()

    settings.up({**SESSIONS, "idleSessionTimeout": 60})

    assert asked()[1:] == [f"GET {path}/session-settings", f"POST {path}/session-settings"]
    made = emulator.store.environment_settings["session_settings"]
    assert (made["absolute_session_timeout"], made["idle_session_timeout"]) == (480, 60)
    assert settings.refresh() == []


def test_settings_that_somebody_has_made_meanwhile_are_changed(stack, organization, emulator):
    emulator.store.environment_settings["user_management"] = {"max_users_limit": 7, "invitation_expiry": 60}
    emulator.faults.add(Fault("status", status=404, method="GET", path=".*/settings/user-management"))

    stack(EnvironmentUserManagement).up(USERS)

    assert emulator.store.environment_settings["user_management"] == {"max_users_limit": 50, "invitation_expiry": 60}


def test_what_a_write_leaves_out_and_scalekit_drops_is_sent_again(stack, organization, emulator):
    emulator.switches = replace(emulator.switches, partial_environment_settings="reset")
    emulator.store.environment_settings["session_settings"] = {
        "cookie_custom_domain": "acme.com",
        "access_token_expiry": 5,
    }
    settings = stack(EnvironmentSessionSettings)

    settings.up(SESSIONS)

    found = emulator.store.environment_settings["session_settings"]
    assert (found["cookie_custom_domain"], found["access_token_expiry"]) == ("acme.com", 5)


def test_minutes_whatever_unit_the_answer_has(stack, organization, emulator):
    settings = stack(EnvironmentSessionSettings)
    settings.up({"absoluteSessionTimeout": 2880, "idleSessionTimeout": 120})
    emulator.store.environment_settings["session_settings"].update(
        absolute_session_timeout=2,
        absolute_session_timeout_unit="DAYS",
        idle_session_timeout=2,
        idle_session_timeout_unit="HOURS",
    )

    assert settings.refresh() == []


@pytest.mark.parametrize(
    ("declared", "path", "reason"),
    [
        (
            {**SESSIONS, "idleSessionTimeout": 480},
            "idleSessionTimeout",
            "less than absolute_session_timeout, 480 minutes",
        ),
        (
            {"accessTokenExpiry": 60, "idleSessionTimeout": 60},
            "idleSessionTimeout",
            "more than access_token_expiry, 60 minutes",
        ),
        ({"environmentId": "org_1"}, "environmentId", "must be the id of an environment, env_…"),
        ({"accessTokenExpiry": 43201}, "accessTokenExpiry", "at most 43200"),
    ],
)
def test_what_does_not_fit_is_refused_at_preview(stack, declared, path, reason):
    with pytest.raises(CheckFailed) as refused:
        stack(EnvironmentSessionSettings).preview(declared)

    assert reason in refused.value.failures[path]
