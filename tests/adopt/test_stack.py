"""What `adopt` takes of the user's project and stack; `pulumi` is a script that prints what the real one would."""

import json
import sys

import pytest
import yaml

from pulumi_scalekit.adopt.project import FreeNames, Project
from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.emulator.serving.seed import plant
from pulumi_scalekit.stack.stack import PulumiError, Stack

HERE, ELSEWHERE = "https://here.scalekit.com", "https://elsewhere.scalekit.com"


@pytest.fixture
def pulumi(tmp_path, monkeypatch):
    """Makes a command that prints a text and ends with an exit code."""
    command = tmp_path / "bin" / "pulumi"
    command.parent.mkdir()
    monkeypatch.setenv("PATH", f"{command.parent}:/usr/bin:/bin")
    monkeypatch.setattr(sys, "executable", str(command.parent / "python"))

    def make(text, exits=0):
        (tmp_path / "text").write_text(text)
        command.write_text(f"#!/bin/sh\ncat {tmp_path}/text\nexit {exits}\n")
        command.chmod(0o755)

    return make


def organization(name, id_, **others):
    return {
        "type": "pulumi-python:dynamic/scalekit:Organization",
        "urn": f"urn:pulumi:dev::customers::pulumi-python:dynamic/scalekit:Organization::{name}",
        "id": id_,
        "outputs": {"environmentUrl": HERE},
        **others,
    }


def export(*resources):
    return json.dumps({"deployment": {"resources": resources}})


def test_what_the_stack_has(pulumi, tmp_path):
    pulumi(
        export(
            {"type": "pulumi:pulumi:Stack", "urn": "urn:pulumi:dev::customers::pulumi:pulumi:Stack::customers-dev"},
            organization("acme", "org_1"),
            organization("plugin", "org_2", type="scalekit:index:Organization"),
            organization("read", "org_3", external=True),
            organization("replaced", "org_4", delete=True),
            organization("europe", "org_5", outputs={"environmentUrl": ELSEWHERE}),
            organization("mine", "org_6", type="pkg-scalekit:index:Organization"),
        )
    )
    held = Stack(tmp_path).objects((HERE, ""))
    token = "scalekit:index:Organization"
    assert held == {(token, "org_1"): "acme", (token, "org_2"): "plugin"}


def test_a_stack_of_another_environment_is_refused(pulumi, tmp_path):
    pulumi(export(organization("europe", "org_5", outputs={"environmentUrl": ELSEWHERE})))
    with pytest.raises(ConfigurationError, match=f"live in {ELSEWHERE}, and the configured environment is {HERE}"):
        Stack(tmp_path).objects((HERE, ""))
    assert Stack(tmp_path).objects((HERE, ELSEWHERE)), "its own former URL"


def test_that_no_stack_is_selected_is_no_failure_and_any_other_answer_is(pulumi, tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    pulumi("error: no stack selected; please use `pulumi stack select`", exits=1)
    assert not Stack(tmp_path).exists
    pulumi("error: no stack named 'x' found", exits=1)
    assert not Stack(tmp_path, "x").exists
    pulumi("error: could not open the backend", exits=1)
    with pytest.raises(PulumiError, match="could not open the backend"):
        _ = Stack(tmp_path).exists


def test_a_program_without_a_stack_is_not_declared_a_second_time(adopt, folder, emulator, pulumi):
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    pulumi("error: no stack selected", exits=1)
    code, shown = adopt()
    assert code == 1
    assert "no stack is selected: run `pulumi stack select` in it, or name the stack with --stack" in shown
    assert len(emulator.ledger) == 0


def test_a_program_in_another_language(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: nodejs\n")
    with pytest.raises(ConfigurationError, match="not in Python or YAML"):
        _ = Project(tmp_path).language


@pytest.mark.parametrize("name", ["2024", "true", "1e3", "null"])
def test_the_name_of_a_project_is_text(tmp_path, name):
    head = yaml.safe_load(Project(tmp_path / name).head(HERE, "python", plugin=True))
    assert head["name"] == name
    assert head["config"]["scalekit:environmentUrl"] == {"value": HERE}


def test_a_package_of_tenants_that_the_program_does_not_run(tmp_path):
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "__init__.py").write_text("")
    (tmp_path / "__main__.py").write_text("import tenants\n")
    assert not Project(tmp_path).has_tenants


def test_no_two_files_of_a_run_have_one_name(tmp_path):
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "acme.py").write_text("")
    names = FreeNames(tmp_path)
    assert [names.module(name) for name in ("acme", "acme_2", "acme", "globex")] == [
        "acme_2",
        "acme_2_2",
        "acme_3",
        "globex",
    ]


def test_a_folder_that_cannot_be_made(adopt, folder, emulator):
    folder.parent.joinpath("customers").write_text("a file")
    code, shown = adopt()
    assert code != 0
    assert "Traceback" not in shown


def test_what_every_stack_of_a_project_is_configured_with(tmp_path):
    project = Project(tmp_path)
    assert project.write({"Pulumi.yaml": project.head(HERE, "python", plugin=True)})
    assert project.config() == {"scalekit:environmentUrl": HERE, "scalekit:plugin": "true"}


def test_a_project_that_has_no_stack_yet_stays_in_its_environment(adopt, folder, emulator, pulumi, monkeypatch):
    adopt("--language", "yaml")
    pulumi("error: no stack selected", exits=1)
    monkeypatch.setenv("SCALEKIT_ENVIRONMENT_URL", "http://127.0.0.1:1")
    code, shown = adopt()
    assert code == 0, shown
    assert "Nothing is new." in shown


def test_only_what_a_read_does_not_find_is_gone(adopt, folder, emulator, pulumi):
    """A list leaves out a setting that says nothing, and what was deleted."""
    plant(emulator, {"organizations": [{"display_name": "Acme", "features": {"session_policy": True}}]})
    (id_,) = emulator.store.organizations
    here = {"environmentUrl": emulator.url, "organizationId": id_}

    def below(kind, name, own):
        dynamic = f"pulumi-python:dynamic/scalekit:{kind}"
        urn = f"urn:pulumi:dev::customers::{dynamic}::{name}"
        return organization(name, own, type=dynamic, urn=urn, outputs=here)

    held = (
        organization("acme", id_, outputs=here),
        below("SessionPolicy", "sessions", id_),
        below("Domain", "deleted", "dom_1"),
    )
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: x\nruntime: yaml\n")
    pulumi(export(*held))
    code, shown = adopt()
    assert code == 0, shown
    gone = shown.partition("gone from Scalekit")[2].partition("\n\n")[0]
    assert "deleted" in gone
    assert "sessions" not in gone
