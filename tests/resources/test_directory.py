from dataclasses import replace

import pytest

from pulumi_scalekit import Directory, DirectorySecret
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

    assert f"({old}) is no longer managed; Scalekit keeps it as it is. It stays valid until" in capsys.readouterr().err
    assert [one["id"] for one in emulator.store.directories[directory]["secrets"]] == [old, secret.id]
