"""The wheel: built, installed into an empty environment, and used there without the source tree."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tools.engine.progress import StepError
from tools.release import distributions

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return distributions.wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def metadata(wheel):
    archive = zipfile.ZipFile(wheel)
    return archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel in it. The dependencies are read from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--quiet", "install"]
    done = subprocess.run(
        [*pip, "--no-deps", "--no-index", "--no-warn-script-location", wheel],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # A folder that a .pth names is searched, but its own .pth files are not read: no way leads back to the source tree.
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def run(installed, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    command = [installed / "bin" / words[0], *words[1:]]
    ended = subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_it_holds_the_package_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    folders = {name.split("/")[0] for name in names}
    metadata = next(folder for folder in folders if folder.endswith(".dist-info"))

    assert folders == {"pulumi_scalekit", metadata}
    assert {"pulumi_scalekit/py.typed", "pulumi_scalekit/pulumi-plugin.json"} <= set(names)
    assert "pulumi_scalekit/publish/examples/connection.md" in names, "the plugin serves a schema with examples"
    assert f"{metadata}/licenses/LICENSE" in names
    suffixes = {".py", ".j2", ".css"}
    package = [path for path in (ROOT / "pulumi_scalekit").rglob("*") if path.suffix in suffixes]
    assert {path.suffix for path in package} == suffixes
    sources = {str(path.relative_to(ROOT)) for path in package}
    assert sources <= set(names)


def test_what_it_says_of_itself(metadata):
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Python: >=3.10" in metadata
    assert "Provides-Extra: emulator" in metadata
    assert "# pulumi-scalekit" in metadata, "the README is the long description"
    named = set(re.findall(r"^Project-URL: (\w+), https://", metadata, re.MULTILINE))
    assert named >= {"Homepage", "Documentation", "Source", "Changelog", "Issues"}


def test_an_index_takes_it_and_the_sdist(wheel, tmp_path):
    distributions.check(wheel, distributions.sdist(tmp_path))


def test_a_description_that_an_index_cannot_show_is_refused(wheel, tmp_path):
    broken = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            text = whole.read(name)
            if name.endswith("METADATA"):
                text = text.replace(b"Description-Content-Type: text/markdown", b"Description-Content-Type: text/x-rst")
            copy.writestr(name, text)

    with pytest.raises(StepError, match="syntax errors"):
        distributions.check(broken)


def test_what_its_description_names_is_there_for_who_has_no_checkout(metadata):
    """Links and pictures of the README are relative; an index shows it without the repository."""
    _, _, description = metadata.partition("\n\n")
    links = re.findall(r"\]\(([^)]+)\)", description) + re.findall(r'(?:src|srcset)="([^"]+)"', description)
    relative = [link for link in links if not link.startswith(("https://", "#"))]
    repository = "https://(?:github|raw.githubusercontent).com/pulumi-scalekit/pulumi-scalekit/(?:blob/)?v[^/]+/([^#]+)"
    ours = [found[1] for link in links if (found := re.match(repository, link))]

    assert relative == []
    assert len(ours) > 20
    assert [path for path in ours if not (ROOT / path).exists()] == []


def test_it_is_imported_from_the_environment(installed):
    where = run(installed, "python", "-c", "import pulumi_scalekit; print(pulumi_scalekit.__file__)")

    assert where.startswith(str(installed))


def test_the_commands_work(installed, wheel):
    version = wheel.name.split("-")[1]

    assert run(installed, "pulumi-scalekit", "--version") == f"{version}\n"
    assert "scalekit:index:Organization" in run(installed, "pulumi-scalekit", "schema")


def test_the_plugin_says_its_port_and_ends_when_it_is_told(installed):
    process = subprocess.Popen(
        [installed / "bin" / "pulumi-resource-scalekit"], cwd=installed, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout.readline().strip().isdigit()
        process.terminate()
        assert process.wait(30) == 0
