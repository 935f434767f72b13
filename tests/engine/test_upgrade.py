"""A stack that a released version left behind: this one plans no change, finds no drift, and takes it away."""

import json

import pytest

from pulumi_scalekit.model.registry import KINDS
from tests.support.frozen import FIXTURES, NAME, PLUGIN_SETTING, PROGRAM, thaw

pytestmark = pytest.mark.engine

STACKS = sorted(FIXTURES.glob("stack-*.json"))


@pytest.mark.parametrize("path", STACKS, ids=lambda path: path.stem)
def test_the_stack_of_a_release_goes_on(workspace, emulator, path):
    project = workspace(PROGRAM, name=NAME, environment=emulator.environment)
    project.config("scalekit:plugin", PLUGIN_SETTING[path.stem.rpartition("-")[2]])
    project.write({"released.json": json.dumps(thaw(path, emulator))})
    project.pulumi("stack", "import", "--file", "released.json")
    before = emulator.ledger.mark()

    project.pulumi("preview", "--expect-no-changes", "--diff")
    assert emulator.ledger.since(before) == []
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
    written = [one for one in emulator.ledger.since(before) if one.method != "GET"]
    assert {one.path.rpartition("/")[2] for one in written} == {"custom-domains:check"}, "a read by POST"

    # Scalekit keeps the last redirect URI.
    emulator.store.applications[emulator.client_id]["post_login_uris"].append("https://app.acme.example/other")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert project.resources() == {}
    store = emulator.store
    assert not any((store.organizations, store.connections, store.permissions))
    for attributes in (store.user_attributes, store.directory_user_attributes):
        assert {attribute["category"] for attribute in attributes.values()} == {"STANDARD"}
    assert set(store.roles) == {"admin", "member"}


@pytest.mark.parametrize("path", STACKS, ids=lambda path: path.stem)
def test_everything_is_in_it(path):
    types = {one["type"].rpartition(":")[2] for one in json.loads(path.read_text())["state"]["deployment"]["resources"]}
    assert types >= {kind.name for kind in KINDS.values()}
