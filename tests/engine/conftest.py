import sys
from pathlib import Path

import pytest

from tests.support.deployment import Deployment
from tests.support.forked_python.environment import ForkedPython, is_possible
from tests.support.workspace import Workspace, inherited
from tools.engine import obtain

ENGINE = pytest.StashKey()


@pytest.fixture(scope="session")
def engine_folder():
    """The folder of the Pulumi engine, to put first on PATH; a test that asks for it is skipped where there is none."""
    engine = obtain.find()
    if engine is None:
        pytest.skip("no Pulumi engine is on PATH or in .engine/bin: run `make engine`")
    return engine.folder


@pytest.fixture(scope="session")
def pulumi_home(tmp_path_factory):
    """One for all tests of a run: it holds only what Pulumi caches."""
    return tmp_path_factory.mktemp("pulumi-home")


@pytest.fixture(scope="session")
def forked_python(request, tmp_path_factory, engine_folder):
    """A virtual environment whose processes have imported everything when they begin, which halves what a command costs."""
    if request.config.getoption("--fresh") or not is_possible():
        yield Path(sys.prefix)
        return
    commands = {name: Path(sys.prefix, "bin", name) for name in ("pulumi-scalekit", "pulumi-resource-scalekit")}
    if (host := engine_folder / "language_host.py").exists():
        commands["pulumi-language-python"] = host
    forked = ForkedPython(tmp_path_factory.mktemp("forked") / "venv", inherited(), commands=commands)
    yield forked.folder
    forked.close()


@pytest.fixture
def python(request):
    """The virtual environment of a workspace: where a test has the mark `fresh`, the one that a user has."""
    fresh = request.node.get_closest_marker("fresh")
    return Path(sys.prefix) if fresh else request.getfixturevalue("forked_python")


@pytest.fixture
def workspace(tmp_path, engine_folder, pulumi_home, python):
    """Makes workspaces, `workspace({"__main__.py": …})`, and ends every process that they started."""
    made = []

    def make(files, **options):
        scratch = tmp_path / f"workspace-{len(made)}"
        made.append(Workspace(scratch, files, engine=engine_folder, home=pulumi_home, python=python, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def deployments():
    return {}


@pytest.fixture(params=["false", "true"], ids=["dynamic", "plugin"])
def deployed(request, workspace, emulator, switches, deployments):
    """Makes a project with a program that is up, `deployed("…")`, once with each provider.

    Tests that begin with the same program begin with what one `up` left behind.
    """

    def make(program):
        project = workspace({"__main__.py": program}, environment=emulator.environment)
        project.config("scalekit:plugin", request.param)
        begun = (program, request.param, repr(switches))
        if begun in deployments:
            deployments[begun].restore(project, emulator)
        else:
            project.pulumi("up", "--yes", "--skip-preview")
            deployments[begun] = Deployment(project, emulator)
        return project

    return make
