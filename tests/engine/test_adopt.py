"""`pulumi-scalekit adopt --import` with the real engine: an existing environment comes under code, and nothing changes."""

import json
import re
import subprocess

import pytest

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.serving.seed import plant
from tests.support.existing_environment import CANARY, fill, odd

pytestmark = pytest.mark.engine

QUIET = ("The preview shows no change.", "The drift check finds none.")


@pytest.fixture
def customers(workspace, emulator):
    """A folder for the program, in a workspace whose stack is another one."""
    project = workspace({"__main__.py": ""}, stack="unused", environment=emulator.environment)
    project.folder, project.stack = project.folder.with_name("customers"), "dev"
    return project


def adopt(project, *words, exits=0):
    command = ["pulumi-scalekit", "adopt", "--out", str(project.folder), *words]
    ran = subprocess.run(
        command, cwd=project.scratch, env=project.environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == exits, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.parametrize(
    "words",
    [("--layout", "roster"), ("--plugin", "--layout", "one-file", "--manage-all"), ("--language", "yaml")],
    ids=["dynamic", "plugin", "yaml"],
)
def test_an_environment_with_odd_things_in_it(customers, emulator, words):
    fill(emulator)
    held = emulator.store.snapshot()
    shown = adopt(customers, "--import", *words)
    for line in QUIET:
        assert line in shown
    content = b"".join(path.read_bytes() for path in customers.folder.rglob("*") if path.is_file())
    assert CANARY.encode() not in content + shown.encode()
    assert not (customers.folder / "import.json").exists()

    mark = emulator.ledger.mark()
    customers.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
    assert emulator.ledger.since(mark) == []
    assert emulator.store.snapshot() == held
    resources = customers.resources().values()
    protected = {resource["type"].rpartition(":")[2] for resource in resources if resource.get("protect")}
    assert protected == {"Organization"}
    refused = customers.pulumi("destroy", "--yes", "--skip-preview", exits=None)
    assert refused.returncode != 0
    assert emulator.store.organizations == held["organizations"]


def test_an_import_reads_nothing_again(customers, emulator):
    plant(emulator, {"organizations": [odd(number) for number in range(6)]})
    adopt(customers, "--only", "connections", "--only", "domains")
    mark = emulator.ledger.mark()
    customers.pulumi("stack", "init", "dev")
    customers.pulumi("import", "--file", "import.json", "--yes", "--generate-code=false", "--skip-preview")
    customers.pulumi("preview", "--expect-no-changes")
    assert emulator.ledger.since(mark) == []


@pytest.mark.parametrize("plugin", [(), ("--plugin",)], ids=["dynamic", "plugin"])
def test_a_later_run_takes_what_is_new(customers, emulator, plugin):
    plant(emulator, {"organizations": [{"display_name": "Acme", **TENANT}, {"display_name": "Globex"}]})
    adopt(customers, "--import", *plugin)
    customers.pulumi("up", "--yes", "--skip-preview")
    before = {path: path.read_text() for path in customers.folder.rglob("*.py")}
    again = adopt(customers, "--import", *plugin)
    assert "Nothing is new." in again
    assert all(line in again for line in QUIET), "also where nothing is imported"

    acme, globex = emulator.store.organizations
    plant(emulator, {"permissions": [{"name": "late"}], "organizations": [{"display_name": "Acme 2", **TENANT}]})
    for connection in list(emulator.store.connections.values()):
        if connection["organization_id"] == acme:
            emulator.store.connections[connection["id"] + "9"] = type(connection)(
                {**connection, "id": connection["id"] + "9", "provider": "GOOGLE"}
            )
    del emulator.store.organizations[globex]
    shown = adopt(customers, "--import", *plugin, exits=1)
    assert "Declared 1 organization, 2 connections, 1 permission." in shown
    assert "globex" in shown
    assert {path: path.read_text() for path in before} == before
    written = {path.relative_to(customers.folder).as_posix() for path in customers.folder.rglob("*.py")} - {
        path.relative_to(customers.folder).as_posix() for path in before
    }
    assert written == {"tenants/acme_2.py", "tenants/acme_2_2.py", "tenants/environment_2.py"}
    assert f'organization_id="{acme}"' in (customers.folder / "tenants" / "acme_2.py").read_text()

    (customers.folder / "tenants" / "globex.py").unlink()
    customers.pulumi("state", "unprotect", "--all", "--yes")
    customers.pulumi("refresh", "--yes", "--skip-preview")
    customers.pulumi("preview", "--expect-no-changes")


def test_credentials_of_a_stack_and_a_program_that_is_there(workspace, emulator):
    plant(emulator, {"organizations": [{"display_name": "Acme"}]})
    project = workspace({"__main__.py": "PROGRAM = 1\n"})
    for key, value in (("environmentUrl", emulator.url), ("clientId", emulator.client_id)):
        project.config(f"scalekit:{key}", value)
    project.config("scalekit:clientSecret", emulator.client_secret, secret=True)
    shown = adopt(project, "--stack", "dev", "--import", exits=4)
    assert "Take adopted.py into your program, then run in" in shown
    assert (project.folder / "__main__.py").read_text() == "PROGRAM = 1\n"
    project.write({"__main__.py": "import adopted\n"})
    for command in re.findall(r"^  pulumi (.*)$", shown, re.MULTILINE):
        project.pulumi(*command.split())
    assert set(project.resources()) == {"acme", "admin", "member", "default-roles"}


def test_another_environment_is_refused(customers, emulator):
    plant(emulator, {"organizations": [{"display_name": "Acme"}]})
    adopt(customers, "--import")
    with Emulator() as other:
        customers.environment |= other.environment
        head = (customers.folder / "Pulumi.yaml").read_text()
        customers.write({"Pulumi.yaml": head.replace(emulator.url, other.url)})
        ran = adopt(customers, exits=1)
    assert ran == ""
    assert {path.stem for path in (customers.folder / "tenants").glob("*.py")} == {"__init__", "acme", "environment"}


def test_an_import_that_was_made_by_hand_is_not_made_again(customers, emulator):
    plant(emulator, {"organizations": [{"display_name": "Acme"}, {"display_name": "Globex"}]})
    adopt(customers)
    listed = json.loads((customers.folder / "import.json").read_text())
    some = [each for each in listed["resources"] if each["name"] != "globex"]
    customers.write({"some.json": json.dumps({"resources": some})})
    customers.pulumi("stack", "init", "dev")
    customers.pulumi("import", "--file", "some.json", "--yes", "--generate-code=false", "--skip-preview")
    shown = adopt(customers, "--import")
    assert "Of these, 1 are not imported yet." in shown
    assert QUIET[1] in shown
    assert len(customers.resources()) == 5


def test_a_second_run_before_the_import_writes_nothing_twice(customers, emulator):
    plant(emulator, {"organizations": [{"display_name": "Acme", **TENANT}]})
    adopt(customers)
    first = {path: path.read_text() for path in customers.folder.rglob("*") if path.is_file()}
    shown = adopt(customers)
    assert "Nothing is new." in shown
    assert "not imported yet" in shown
    assert "pulumi import --file import.json" in shown
    assert {path: path.read_text() for path in customers.folder.rglob("*") if path.is_file()} == first

    plant(emulator, {"organizations": [{"display_name": "Globex", **TENANT}]})
    adopt(customers)
    written = {path.read_text() for path in customers.folder.rglob("*.py")} - set(first.values())
    assert len(written) == 1
    imported = [each["name"] for each in json.loads((customers.folder / "import.json").read_text())["resources"]]
    assert {"acme", "acme-okta", "globex", "globex-okta"} <= set(imported)
    assert len(imported) == len(set(imported))


def test_credentials_of_a_stack_of_the_project_that_one_is_in(workspace, emulator):
    plant(emulator, {"organizations": [{"display_name": "Acme"}]})
    project = workspace({"__main__.py": ""})
    for key, value in (("environmentUrl", emulator.url), ("clientId", emulator.client_id)):
        project.config(f"scalekit:{key}", value)
    project.config("scalekit:clientSecret", emulator.client_secret, secret=True)
    command = ["pulumi-scalekit", "adopt", "--out", "customers", "--stack", "dev", "--import"]
    ran = subprocess.run(
        command, cwd=project.folder, env=project.environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert all(line in ran.stdout for line in QUIET)
    assert f"pulumi config set scalekit:clientId {emulator.client_id}" in ran.stdout
    assert emulator.client_secret not in ran.stdout


TENANT = {
    "features": {"sso": True},
    "connections": [{"provider": "OKTA", "type": "OIDC"}],
}
