"""Session policies, user limits, default roles: settings of an organization."""

from dataclasses import replace

import pytest

from pulumi_scalekit import OrganizationDefaultRoles, SessionPolicy, UserLimit
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import CheckFailed


def test_back_to_the_applications_policy(stack, organization, emulator):
    policy = stack(SessionPolicy)
    policy.up({"organizationId": organization, "policySource": "CUSTOM", "absoluteSessionTimeout": 480})

    assert policy.up({"organizationId": organization, "policySource": "APPLICATION"}) == "update"

    assert emulator.store.session_policies[organization] == {"policy_source": "APPLICATION"}
    assert policy.refresh() == []


def test_minutes_whatever_unit_the_answer_has(stack, organization, emulator):
    policy = stack(SessionPolicy)
    policy.up({"organizationId": organization, "policySource": "CUSTOM", "absoluteSessionTimeout": 480})
    record = emulator.store.session_policies[organization]
    record.update(absolute_session_timeout=8, absolute_session_timeout_unit="HOURS")

    assert policy.refresh() == []


@pytest.mark.parametrize(
    ("declared", "path", "reason"),
    [
        (
            {"policySource": "APPLICATION", "absoluteSessionTimeout": 480},
            "absoluteSessionTimeout",
            'goes with policy_source="CUSTOM"',
        ),
        (
            {"policySource": "CUSTOM", "absoluteSessionTimeout": 60, "idleSessionTimeout": 60},
            "idleSessionTimeout",
            "must be less than absolute_session_timeout, 60 minutes",
        ),
        ({"policySource": "CUSTOM", "absoluteSessionTimeout": 0}, "absoluteSessionTimeout", "must be at least 1"),
    ],
)
def test_timeouts_that_do_not_fit_are_refused_at_preview(stack, organization, declared, path, reason):
    with pytest.raises(CheckFailed) as refused:
        stack(SessionPolicy).preview({"organizationId": organization, **declared})

    assert reason in refused.value.failures[path]


def test_somebody_who_makes_it_inherit_is_found_and_undone(stack, organization, emulator):
    policy = stack(SessionPolicy)
    program = {"organizationId": organization, "policySource": "CUSTOM", "absoluteSessionTimeout": 480}
    policy.up(program)
    record = emulator.store.session_policies[organization]
    record.clear()
    record["policy_source"] = "APPLICATION"

    assert policy.refresh() == ["absoluteSessionTimeout", "policySource"]
    policy.up(program)
    assert emulator.store.session_policies[organization]["absolute_session_timeout"] == 480


def test_another_change_does_not_take_back_that_it_inherits(stack, organization, emulator):
    policy = stack(SessionPolicy)
    program = {"organizationId": organization, "policySource": "CUSTOM", "absoluteSessionTimeout": 480}
    policy.up(program)
    emulator.store.session_policies[organization] = {"policy_source": "APPLICATION"}

    with pytest.raises(ScalekitError, match="absolute_session_timeout is None instead of 500"):
        policy.up({**program, "absoluteSessionTimeout": 500})

    assert emulator.store.session_policies[organization]["policy_source"] == "APPLICATION"


@pytest.mark.parametrize("status", [403, 400])
def test_the_feature_that_is_off_is_named(stack, organization, api, emulator, status):
    emulator.switches = replace(emulator.switches, feature_off_status=status)
    off = [{"name": "session_policy", "enabled": False}]
    api.send("PATCH", f"/organizations/{organization}/settings", {"features": off})

    with pytest.raises(ScalekitError, match=r'declare features={"session_policy": True} at the Organization'):
        stack(SessionPolicy).up({"organizationId": organization, "policySource": "CUSTOM"})


@pytest.mark.parametrize(
    ("switch", "advice"),
    [
        ("forbidden", "User limits are a feature of the environment: ask Scalekit to enable it"),
        (
            "unimplemented",
            "has not published this endpoint: this environment or these credentials may not use it",
        ),
    ],
)
def test_an_environment_without_user_limits_says_so(stack, organization, emulator, switch, advice):
    emulator.switches = replace(emulator.switches, user_limit=switch)

    with pytest.raises(ScalekitError, match=advice):
        stack(UserLimit).up({"organizationId": organization, "maxAllowedUsers": 5})


def test_no_users_is_not_no_limit(stack, organization, emulator):
    limit = stack(UserLimit)
    limit.up({"organizationId": organization, "maxAllowedUsers": 0})
    assert emulator.store.user_limits[organization] == {"max_allowed_users": 0}
    assert limit.refresh() == []

    del emulator.store.user_limits[organization]
    assert limit.refresh() == ["maxAllowedUsers"]


def test_removing_the_number_unsets_the_limit(stack, organization, emulator):
    limit = stack(UserLimit)
    limit.up({"organizationId": organization, "maxAllowedUsers": 5})

    assert limit.up({"organizationId": organization}) == "update"
    assert emulator.store.user_limits[organization] == {}


def test_a_default_role_that_the_organization_only_inherits_is_written(stack, organization, api, emulator):
    """A read does not tell it from the organization's own, and the environment's may become another one."""
    roles = stack(OrganizationDefaultRoles)
    roles.up({"organizationId": organization, "defaultMemberRole": "member"})

    api.patch("/roles:set_defaults", {"default_member_role": "admin"})

    assert emulator.store.organization_default_roles[organization]["default_member_role"] == "member"
    assert roles.refresh() == []


def test_an_organization_that_has_lost_its_default_role_is_found(stack, organization, api, emulator):
    api.post(f"/organizations/{organization}/roles", {"name": "guest", "display_name": "Guest"})
    roles = stack(OrganizationDefaultRoles)
    roles.up({"organizationId": organization, "defaultMemberRole": "guest"})
    api.delete(f"/organizations/{organization}/roles/guest")

    assert roles.refresh() == ["defaultMemberRole"]


def test_a_role_that_is_not_there_is_no_default(stack, organization):
    with pytest.raises(ScalekitError, match="role nobody not found"):
        stack(OrganizationDefaultRoles).up({"organizationId": organization, "defaultMemberRole": "nobody"})
