"""The plugin's archive as users have it: installed by `pulumi plugin install`, without this checkout or its environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.workspace import printed
from tools.release import archive, distributions

pytestmark = pytest.mark.engine

ROOT = Path(__file__).resolve().parents[2]
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture(scope="module")
def archived(tmp_path_factory):
    """The archive of this platform, for the Python that runs the tests: the others' modules would not be started here."""
    folder = tmp_path_factory.mktemp("archive")
    wheel = distributions.wheel(folder)
    return archive.build(wheel, archive.of_this_machine(), folder, when=1_700_000_000, pythons=[PYTHON])


@pytest.fixture(scope="module")
def unpacked(archived, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    archive.unpack(archived, folder)
    return folder


def started(unpacked, *words, path, **environment):
    """What the launcher does where the commands of `path` are the only ones."""
    command = ["/bin/sh", unpacked / archive.NAME, *words]
    environment = {"PATH": str(path), **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def commands(tmp_path):
    """A folder for PATH with what the launcher itself needs."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for name in ("dirname", "head", "cat", "readlink"):
        (folder / name).symlink_to(next(path for path in (Path("/usr/bin", name), Path("/bin", name)) if path.exists()))
    return folder


def test_a_yaml_program_runs_with_it(archived, workspace, emulator, tmp_path):
    program = yaml.safe_load((ROOT / "examples" / "yaml" / "Pulumi.yaml").read_text())
    del program["plugins"]
    home = tmp_path / "home"
    elsewhere = [folder for folder in os.environ["PATH"].split(os.pathsep) if not Path(folder).is_relative_to(ROOT)]
    project = workspace({"Pulumi.yaml": yaml.safe_dump(program)}, name="yaml", environment=emulator.environment)
    # The engine's folder alone is ours; the Python is one that has nothing of this package.
    base = str(Path(sys.base_prefix, "bin"))
    engine = project.environment["PATH"].split(os.pathsep)[1]
    project.environment |= {"PATH": os.pathsep.join([base, engine, *elsewhere]), "PULUMI_HOME": str(home)}
    project.pulumi("stack", "select", "dev")
    project.config("yaml:oktaSecret", "s3cret-canary", secret=True)
    for example in (ROOT / "examples" / "yaml").glob("*.xml"):
        (project.folder / example.name).write_text(example.read_text())
    number = archived.name.removeprefix(f"{archive.NAME}-v").removesuffix(f"-{archive.of_this_machine().name}.tar.gz")

    project.pulumi("plugin", "install", "resource", "scalekit", number, "--file", str(archived))
    project.pulumi("up", "--yes", "--skip-preview")

    assert {one["external_id"] for one in emulator.store.organizations.values()} >= {"vandelay"}
    assert any(path.name == "serve.cpython-" + PYTHON.replace(".", "") + ".pyc" for path in home.rglob("*.pyc")), (
        "it is this copy that has run"
    )
    assert "s3cret-canary" not in printed(project.pulumi("preview", "--diff"))
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_it_is_the_same_when_it_is_made_again(archived, tmp_path):
    wheel = next(archived.parent.glob("*.whl"))

    again = archive.build(wheel, archive.of_this_machine(), tmp_path, when=1_700_000_000, pythons=[PYTHON])

    assert again.read_bytes() == archived.read_bytes()


def test_it_starts_by_a_link_and_with_the_python_that_is_named(unpacked, commands, tmp_path):
    (commands / archive.NAME).symlink_to(unpacked / archive.NAME)
    (tmp_path / "link").symlink_to(commands, target_is_directory=True)

    told = subprocess.run(
        [tmp_path / "link" / archive.NAME, "--version"],
        env={"PATH": str(commands), "PULUMI_PYTHON_CMD": sys.executable, "PYTHONPATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert told.stdout.strip() in unpacked.joinpath("lib").glob("pulumi_scalekit-*").__next__().name


def test_without_a_python_that_fits_it_says_what_it_needs(unpacked, commands):
    nothing = started(unpacked, path=commands)
    (commands / "python3").write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2 || exit 1\n')
    (commands / "python3").chmod(0o755)
    too_old = started(unpacked, path=commands)

    assert (nothing.returncode, too_old.returncode) == (1, 1)
    assert nothing.stdout == too_old.stdout == ""
    assert nothing.stderr.startswith("The Scalekit provider needs Python 3.10 to 3.14 (CPython for ")
    assert "and there is none on PATH.\nInstall one (https://www.python.org/downloads/)" in nothing.stderr
    assert "It looked at:\n    python3: Python 3.9.2\nInstall one" in too_old.stderr


def test_the_engine_shows_what_it_needs(archived, workspace, emulator, commands, tmp_path):
    """What a user sees, who has the archive and no Python."""
    program = {"name": "yaml", "runtime": "yaml", "resources": {"acme": {"type": "scalekit:Organization"}}}
    program["resources"]["acme"]["properties"] = {"displayName": "Acme"}
    project = workspace({"Pulumi.yaml": yaml.safe_dump(program)}, name="yaml", environment=emulator.environment)
    engine = project.environment["PATH"].split(os.pathsep)[1]
    (commands / "sh").symlink_to("/bin/sh")
    project.environment |= {"PATH": os.pathsep.join([engine, str(commands)]), "PULUMI_HOME": str(tmp_path / "home")}
    project.pulumi("stack", "select", "dev")
    project.pulumi("plugin", "install", "resource", "scalekit", "0.1.0", "--file", str(archived))

    told = project.pulumi("preview", exits=None)

    assert told.returncode != 0
    assert "The Scalekit provider needs Python 3.10 to 3.14" in printed(told)
