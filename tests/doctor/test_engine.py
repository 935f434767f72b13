"""The engine: `pulumi`, its language host and the program's Python."""

import pytest

from pulumi_scalekit.doctor.engine import OLDEST
from tools.engine.found import OLDEST as OLDEST_OF_THE_TOOLS


def test_the_oldest_engine_is_that_of_the_tests_and_the_documents():
    assert OLDEST_OF_THE_TOOLS[:2] == OLDEST


@pytest.mark.parametrize(
    ("version", "level", "words"),
    [
        ("v3.138.0", "error", "is too old"),
        ("v3.200.1", "ok", "`adopt --import` alone needs 3.254"),
        ("", "note", "does not tell its version"),
    ],
)
def test_the_version_of_the_engine(project, examine, version, level, words):
    project.version(version)
    report = examine()

    report.one(level, words)
    assert report.code == (level == "error")


def test_no_engine(project, examine):
    (project.bin / "pulumi").unlink()
    report = examine()

    _, remedy = report.one("error", "There is no `pulumi` on PATH")
    assert "https://www.pulumi.com/docs/install/" in remedy
    assert report.code == 1


def test_an_engine_without_its_language_host(project, examine):
    (project.bin / "pulumi-language-python").unlink()
    text, remedy = examine().one("error", "neither beside")

    assert "pulumi-language-python, with which Pulumi runs programs in python, is" in text
    assert "Install it with Pulumi's own installer" in remedy


def test_a_virtual_environment_that_is_not_there(project, examine):
    project.head(runtime={"name": "python", "options": {"virtualenv": "venv"}})
    _, remedy = examine().one("error", "the virtual environment venv, which is not there")

    assert remedy.startswith("`pulumi install`")


def test_a_program_whose_python_has_no_pulumi_scalekit(project, examine):
    python = project.folder / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    project.head(runtime={"name": "python", "options": {"virtualenv": "venv"}})
    _, remedy = examine().one("error", "has no pulumi-scalekit")

    assert f"`{python} -m pip install pulumi-scalekit`" in remedy
