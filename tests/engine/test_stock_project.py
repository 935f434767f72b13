"""The engine runs stock Python projects, dynamic resources included: what everything else in this folder rests on."""

import json
import time

import pytest

from tests.support.workspace import printed

pytestmark = [pytest.mark.engine, pytest.mark.fresh]

PROGRAM = """
import pulumi
from greeting import Greeting

greeting = Greeting("hello", text=pulumi.Config().require("text"))
pulumi.export("x", 1)
pulumi.export("said", greeting.said)
"""

# Small, and in a module of its own: a provider in __main__ is pickled by value.
GREETING = """
import pulumi
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult

class Provider(ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return CreateResult("greeting-1", {**props, "said": props["text"].upper()})

    def read(self, id, props):
        return ReadResult(id, props, inputs={"text": props["text"]})

    def diff(self, id, olds, news):
        return DiffResult(changes=None)

    def update(self, id, olds, news):
        return UpdateResult({**news, "said": news["text"].upper()})

class Greeting(Resource, module="stock", name="Greeting"):
    said: pulumi.Output[str]

    def __init__(self, name, text):
        super().__init__(Provider(), name, {"text": text, "said": None})
"""

FILES = {"__main__.py": PROGRAM, "greeting.py": GREETING}


def test_a_stock_project_goes_up_changes_and_comes_down(workspace):
    project = workspace(FILES)
    project.config("stock:text", "hi")

    assert "Greeting hello create" in project.pulumi("preview").stdout
    assert project.resources() == {}

    project.pulumi("up", "--yes", "--skip-preview")
    assert project.outputs() == {"x": 1, "said": "HI"}
    assert project.resources()["hello"]["id"] == "greeting-1"

    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--expect-no-changes")

    project.config("stock:text", "bye")
    assert '~ text: "hi" => "bye"' in project.pulumi("preview", "--diff").stdout
    project.pulumi("up", "--yes", "--skip-preview")
    assert project.outputs()["said"] == "BYE"

    project.pulumi("destroy", "--yes", "--skip-preview")
    assert project.resources() == {}
    assert project.running() == []


def test_without_a_virtualenv_option_the_first_python_on_path_runs_the_program(workspace):
    project = workspace({**FILES, "Pulumi.yaml": "name: stock\nruntime: python\n"})
    project.config("stock:text", "hi")

    project.pulumi("up", "--yes", "--skip-preview")

    assert project.outputs()["said"] == "HI"


def test_yaml_projects_run_too(workspace):
    project = workspace({"Pulumi.yaml": "name: stock\nruntime: yaml\noutputs: {x: 1}\n"})

    project.pulumi("up", "--yes", "--skip-preview")

    assert project.outputs() == {"x": 1}


def test_a_secret_in_the_configuration_stays_one(workspace):
    project = workspace({"__main__.py": "import pulumi\npulumi.export('key', pulumi.Config().require_secret('key'))"})
    project.config("stock:key", "hush", secret=True)

    assert "hush" not in project.pulumi("up", "--yes", "--skip-preview").stdout
    assert "hush" not in str(project.state())
    assert project.state() == json.loads(project.pulumi("stack", "export").stdout)["deployment"]
    assert project.outputs() == {"key": "hush"}


def test_a_program_that_fails_says_why(workspace):
    project = workspace({"__main__.py": "raise ValueError('no tenants today')"})

    failed = project.pulumi("up", "--yes", "--skip-preview", exits=None)

    assert failed.returncode != 0
    assert "no tenants today" in printed(failed)


def test_a_virtual_environment_that_is_not_there_is_named(workspace):
    options = "{name: python, options: {virtualenv: elsewhere}}"
    project = workspace({**FILES, "Pulumi.yaml": f"name: stock\nruntime: {options}\n"})

    failed = project.pulumi("up", "--yes", "--skip-preview", exits=None)

    assert failed.returncode != 0
    assert "virtualenv" in printed(failed)
    assert "elsewhere" in printed(failed)


def test_nothing_goes_on_after_pulumi_was_killed(workspace):
    project = workspace({"__main__.py": "import time\nprint('here we go', flush=True)\ntime.sleep(600)"})
    command = project.start("up", "--yes", "--skip-preview")
    for line in command.stdout:
        if "here we go" in line:
            break
    assert len(project.running()) > 1

    command.kill()

    for _ in range(300):
        if not project.running():
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {project.running()}")
