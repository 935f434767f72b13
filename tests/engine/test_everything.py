"""One program with every resource there is, with the real engine: both providers, the switch, and import of each."""

import json
import sys

import pytest

from pulumi_scalekit.model.registry import KINDS
from tests.support.frozen import NAME, PROGRAM
from tests.support.import_file import import_file, kind_of
from tests.support.provider_switch import there_and_back

pytestmark = [pytest.mark.engine, pytest.mark.fresh]


@pytest.fixture
def everything(workspace, emulator):
    """A workspace with the program, in a fresh stack; `plugin` is a setting of the stack."""

    def make(plugin):
        project = workspace(PROGRAM, name=NAME, environment=emulator.environment)
        project.config("scalekit:plugin", plugin)
        return project

    return make


@pytest.mark.parametrize("born", ["false", "true"], ids=["dynamic", "plugin"])
def test_every_resource_goes_up_switches_and_comes_down(everything, emulator, born):
    project = everything(born)
    project.pulumi("up", "--yes", "--skip-preview")
    assert {kind_of(one).token for one in project.resources().values()} == set(KINDS)
    quiet = emulator.ledger.mark()
    project.pulumi("preview", "--expect-no-changes")
    there_and_back(project, emulator)
    assert emulator.ledger.since(quiet) == []
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    # Scalekit keeps the last redirect URI.
    emulator.store.applications[emulator.client_id]["post_login_uris"].append("https://app.acme.example/other")
    project.pulumi("destroy", "--yes", "--skip-preview")
    store = emulator.store
    assert not any((store.organizations, store.connections, store.permissions))
    for attributes in (store.user_attributes, store.directory_user_attributes):
        assert {attribute["category"] for attribute in attributes.values()} == {"STANDARD"}


def test_every_resource_is_imported(everything, workspace, emulator, tmp_path):
    """By its import id, into a stack that knows nothing; a program that says what was imported then changes nothing."""
    made = everything("true")
    made.pulumi("up", "--yes", "--skip-preview")
    there = made.resources()
    file = import_file(there, tmp_path)

    head = f"name: other\nruntime: yaml\nplugins:\n  providers:\n    - {{name: scalekit, path: {sys.prefix}/bin}}\n"
    other = workspace({"Pulumi.yaml": head}, name="other", environment=emulator.environment)
    before = emulator.ledger.mark()
    other.pulumi("import", "--file", str(file), "--yes", "--skip-preview", "--protect=false", "--generate-code=false")
    written = [entry for entry in emulator.ledger.since(before) if entry.method != "GET"]
    assert {entry.path.rpartition("/")[2] for entry in written} == {"custom-domains:check"}, "a read by POST"
    found = other.resources()
    assert {name: one["id"] for name, one in found.items()} == {name: one["id"] for name, one in there.items()}

    program = {name: {"type": kind_of(one).token, "properties": one["inputs"]} for name, one in found.items()}
    other.write({"Pulumi.yaml": head + "resources: " + json.dumps(program)})
    other.pulumi("preview", "--expect-no-changes", "--diff")
    other.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
