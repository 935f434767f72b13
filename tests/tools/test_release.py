"""What makes a release, without a network: versions, notes, checksums, the merging of modules, the tag of the Go module."""

import json
import os
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from tools.engine.progress import StepError
from tools.release import archive, assembly, other_languages

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NUMBER = version("pulumi-scalekit")
CHANGELOG = """\
# Changelog

## [Unreleased]

- Something new.

## [{number}] - 2026-12-01

- What is in it.

## [0.0.1] - 2026-01-01

- The beginning.
"""


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with a changelog of its own."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG.format(number=NUMBER))
    monkeypatch.setattr(assembly, "ROOT", tmp_path)
    return tmp_path


def test_a_tag_of_this_version_is_released(checkout):
    assembly.agrees(f"v{NUMBER}")
    assert assembly.notes(NUMBER).startswith("- What is in it.\n\n### Install\n")
    assert f"pip install pulumi-scalekit=={NUMBER}\n" in assembly.notes(NUMBER)
    assert "The beginning" not in assembly.notes(NUMBER)


def test_another_tag_is_refused(checkout):
    with pytest.raises(
        StepError, match=rf"The tag is v99\.0\.0, and the version {NUMBER}: the tag has to be v{NUMBER}\."
    ):
        assembly.agrees("v99.0.0")


def test_a_version_that_the_changelog_lacks_is_refused(checkout):
    (checkout / "CHANGELOG.md").write_text(CHANGELOG.format(number="0.0.2"))
    with pytest.raises(StepError, match=r'no section "## \[.*\] - DATE": rename "Unreleased"'):
        assembly.agrees(f"v{NUMBER}")


def test_versions_that_differ_are_refused(checkout):
    text = (checkout / "pyproject.toml").read_text()
    (checkout / "pyproject.toml").write_text(text.replace(f'version = "{NUMBER}"', 'version = "9.9.9"'))
    with pytest.raises(StepError, match=rf"pyproject.toml: 9\.9\.9, pulumi_scalekit.__version__: {NUMBER}"):
        assembly.agrees("v9.9.9")


def test_the_next_release_has_notes():
    assert len(assembly.notes(assembly.UNRELEASED)) > 100


def test_checksums_find_what_was_changed(tmp_path):
    (tmp_path / "one").write_text("1")
    (tmp_path / "two").write_text("2")
    assembly.checksums(tmp_path)
    command = ["sha256sum", "--check", "--strict", assembly.SUMS]

    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "two").write_text("3")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_bill_of_materials_names_all_that_is_locked(tmp_path):
    path = tmp_path / "bill.cdx.json"
    assembly.materials(path)
    bill = json.loads(path.read_text())
    locked = {line.split("==")[0] for line in archive.LOCK.read_text().splitlines() if "==" in line}

    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "pulumi-scalekit"
    assert {component["name"] for component in bill["components"]} == locked
    assert "debugpy" not in locked


def lay(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_modules_of_all_pythons_lie_beside_each_other(tmp_path):
    lib = tmp_path / "lib"
    for python in ("310", "311"):
        shared = {"pkg/a.py": "same", "pkg/b.abi3.so": python, "pkg/c.pyd": python, "pkg-1.dist-info/WHEEL": python}
        archive.merge(lay(tmp_path / python, {f"pkg/m.cpython-{python}.so": python, **shared}), lib)

    laid = {path.relative_to(lib).as_posix(): path.read_text() for path in lib.rglob("*") if path.is_file()}
    assert laid == {
        "pkg/a.py": "same",
        "pkg/b.abi3.so": "310",
        "pkg/c.pyd": "310",
        "pkg-1.dist-info/WHEEL": "310",
        "pkg/m.cpython-310.so": "310",
        "pkg/m.cpython-311.so": "311",
    }


def test_a_module_that_differs_by_python_is_refused(tmp_path):
    archive.merge(lay(tmp_path / "310", {"pkg/a.py": "old"}), tmp_path / "lib")
    with pytest.raises(StepError, match=r"pkg/a\.py is not the same for every Python"):
        archive.merge(lay(tmp_path / "311", {"pkg/a.py": "new"}), tmp_path / "lib")


@pytest.mark.parametrize("platform", archive.PLATFORMS, ids=lambda platform: platform.name)
def test_the_launcher_is_what_the_engine_looks_for(platform, tmp_path):
    archive.lay_launcher(tmp_path, platform, archive.PYTHONS)
    launcher = tmp_path / platform.launcher
    windows = platform.name.startswith("windows")

    assert launcher.name == ("pulumi-resource-scalekit.cmd" if windows else "pulumi-resource-scalekit")
    assert os.access(launcher, os.X_OK)
    lines = launcher.read_bytes().split(b"\n")[:-1]
    assert all(line.endswith(b"\r") == windows for line in lines)
    assert "@" not in launcher.read_text().replace("@echo", "").replace('"$@"', "")
    assert ('"py -3.14" "py -3.13"' if windows else "python3.14 python3.13") in launcher.read_text()
    assert platform.needed in launcher.read_text()
    assert platform.needed in (tmp_path / "plugin.py").read_text()


def test_the_plugin_says_which_python_it_is_not_for(tmp_path):
    """A Python that has the modules and cannot load them: of another processor on macOS, for one."""
    archive.lay_launcher(tmp_path, archive.PLATFORMS[0], archive.PYTHONS)
    package = tmp_path / "lib" / "pulumi_scalekit" / "provider"
    lay(package, {"protocol.py": "def alone(): pass", "serve.py": "raise ImportError('wrong architecture')"})
    told = subprocess.run(["python3", "-I", "-S", tmp_path / "plugin.py"], capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert told.stderr.startswith(
        "The Scalekit provider does not start: wrong architecture\nThis copy of it is for Python"
    )
    assert "Traceback" not in told.stderr


def test_the_go_module_is_a_tag_and_no_branch_has_it(tmp_path):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*words, cwd):
        name = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"]
        command = ["git", *name, *words]
        ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
        return ended.stdout.split()

    git("init", "--bare", "hub", cwd=tmp_path)
    git("clone", "hub", "checkout", cwd=tmp_path)
    checkout = lay(tmp_path / "checkout", {".gitignore": "/sdk/\n", "README.md": "hello"})
    git("add", "--all", cwd=checkout)
    git("commit", "--message", "Begin", cwd=checkout)
    git("tag", "v1.2.3", cwd=checkout)
    git("push", "origin", "main", "v1.2.3", cwd=checkout)
    lay(tmp_path / "made", {"go.mod": "module example", "scalekit/doc.go": "package scalekit"})
    command = ["bash", ROOT / "tools" / "release" / "tag-go", "../made", "v1.2.3"]
    subprocess.run(command, cwd=checkout, env=environment, capture_output=True, check=True)

    hub = tmp_path / "hub"
    assert git("tag", cwd=hub) == ["sdk/go/v1.2.3", "v1.2.3"]
    in_tag = git("ls-tree", "-r", "--name-only", "sdk/go/v1.2.3", cwd=hub)
    assert in_tag == [".gitignore", "README.md", "sdk/go/go.mod", "sdk/go/scalekit/doc.go"]
    assert git("ls-tree", "-r", "--name-only", "main", cwd=hub) == [".gitignore", "README.md"]
    assert git("branch", cwd=hub) == ["*", "main"]
    assert git("rev-parse", "sdk/go/v1.2.3^", cwd=hub) == git("rev-parse", "v1.2.3", cwd=hub)


def test_what_no_compiler_is_there_for_is_left_out_with_the_reason(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    other_languages.make(tmp_path)

    assert capsys.readouterr().out == (
        "The SDK for dotnet is left out. Not on PATH: pulumi, pulumi-language-dotnet, dotnet.\n"
        "The SDK for java is left out. Not on PATH: pulumi, pulumi-language-java, gradle.\n"
    )


def test_nothing_is_published_before_the_tests_have_passed():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
    jobs = workflow["jobs"]

    assert set(jobs["github"]["needs"]) == {"test", "build"}
    assert all(jobs[name]["needs"] == "github" for name in ("pypi", "npm", "go"))
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert all("environment" in jobs[name] for name in ("github", "pypi", "npm", "go"))
