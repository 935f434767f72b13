from dataclasses import replace

import pytest

from pulumi_scalekit import Directory, DirectoryMapping, DirectorySecret
from pulumi_scalekit.api.errors import ScalekitError


@pytest.fixture
def program(api):
    return {"organizationId": api.organization(), "directoryType": "SCIM", "directoryProvider": "OKTA"}


def test_it_is_created_enabled_and_switched_off_by_its_own_endpoint(stack, program, asked):
    directory = stack(Directory)
    directory.up({**program, "enabled": False})

    path = f"/organizations/{program['organizationId']}/directories"
    assert asked() == [f"POST {path}", f"PATCH {path}/{directory.id}:disable"]


def test_an_enabled_one_is_disabled_before_it_is_deleted(stack, program, emulator, asked):
    directory = stack(Directory)
    directory.up(program)
    item = f"/organizations/{program['organizationId']}/directories/{directory.id}"
    asked()

    directory.up(None)

    assert asked()[-2:] == [f"PATCH {item}:disable", f"DELETE {item}"]
    assert emulator.store.directories == {}


@pytest.mark.parametrize("status", [403, 400])
def test_the_feature_that_is_off_is_named(stack, program, api, emulator, status):
    emulator.switches = replace(emulator.switches, feature_off_status=status)
    off = [{"name": "dir_sync", "enabled": False}]
    api.send("PATCH", f"/organizations/{program['organizationId']}/settings", {"features": off})

    with pytest.raises(ScalekitError, match=r'declare features={"dir_sync": True} at the Organization'):
        stack(Directory).up(program)


def test_a_secret_that_cannot_be_deleted_is_left_with_a_word(stack, api, emulator, capsys):
    organization = api.organization()
    directory = api.directory(organization)
    secret = stack(DirectorySecret)
    secret.up({"organizationId": organization, "directoryId": directory})
    old = secret.id

    secret.up({"organizationId": organization, "directoryId": directory, "rotation": "2026-02"})

    assert f"({old}). Scalekit keeps it as it is. It stays valid until" in capsys.readouterr().err
    assert [one["id"] for one in emulator.store.directories[directory]["secrets"]] == [old, secret.id]


@pytest.fixture
def mapped(api, program):
    """The address of a directory with a group to which the customer's administrator gave two roles, and what to declare of it."""
    organization = program["organizationId"]
    directory = api.directory(organization)
    theirs = [{"group_id": "dirgroup_theirs", "role_name": role} for role in ("admin", "member")]
    item = f"/organizations/{organization}/directories/{directory}"
    api.put(f"{item}/groups/-/roles:assign", {"assignments": theirs})
    return item, {"organizationId": organization, "directoryId": directory}


def test_a_mapping_leaves_the_roles_of_other_groups_and_the_switch_alone(stack, emulator, mapped):
    _, program = mapped
    mapping = stack(DirectoryMapping)
    mapping.up({**program, "groupRoles": {"dirgroup_1": "admin"}})
    mapping.up({**program, "groupRoles": {"dirgroup_2": "member"}})
    mapping.up(None)

    directory = emulator.store.directories[program["directoryId"]]
    assert {(one["group_id"], one["role_name"]) for one in directory["role_assignments"]["assignments"]} == {
        ("dirgroup_theirs", "admin"),
        ("dirgroup_theirs", "member"),
        ("dirgroup_2", "member"),
    }
    assert directory["enabled"]


def test_a_second_role_of_a_declared_group_is_drift(stack, api, emulator, mapped):
    item, program = mapped
    mapping = stack(DirectoryMapping)
    mapping.up({**program, "groupRoles": {"dirgroup_1": "member"}})
    both = [{"group_id": "dirgroup_1", "role_name": role} for role in ("admin", "member")]
    api.put(f"{item}/groups/-/roles:assign", {"assignments": both})

    assert mapping.refresh() == ["groupRoles.dirgroup_1"]
    mapping.up({**program, "groupRoles": {"dirgroup_1": "member"}})

    held = emulator.store.directories[program["directoryId"]]["role_assignments"]["assignments"]
    assert [one["role_name"] for one in held] == ["member"]


def test_groups_that_are_no_longer_declared_stay_followed(stack, emulator, asked, mapped):
    """No call follows all again."""
    _, program = mapped
    mapping = stack(DirectoryMapping)
    mapping.up({**program, "trackedGroups": ["g1"]})
    asked()

    mapping.up(program)

    assert [call for call in asked() if call.startswith("PUT")] == []
    assert emulator.store.directories[program["directoryId"]]["_tracked"] == ["g1"]
    assert mapping.refresh() == []


def test_a_role_that_does_not_exist_is_refused(stack, mapped):
    _, program = mapped
    with pytest.raises(ScalekitError, match="role nobody does not exist"):
        stack(DirectoryMapping).up({**program, "groupRoles": {"dirgroup_1": "nobody"}})
