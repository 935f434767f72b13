"""`tools/setup` with shell scripts for Python: what it does once, what it does again, and what it says."""

import shutil
import subprocess
from pathlib import Path

import pytest

SETUP = Path(__file__).resolve().parents[2] / "tools" / "setup"
BASICS = ("sh", "cat", "cp", "mkdir", "chmod", "dirname", "cmp", "rm")

PYTHON = """\
echo "python $*" >> "$CALLS"
case "$*" in
--version) echo "Python 3.12.0" ;;
"-m venv --clear .venv") rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
"-m tools.engine --dependencies"*) if [ -n "$PIP_FAILS" ]; then exit 1; fi; cp pyproject.toml ".venv/.installed-$4" ;;
esac
"""
TOO_OLD = """\
case "$1" in -c) exit 1 ;; esac
echo "python3 $*" >> "$CALLS"
"""


class Checkout:
    def __init__(self, folder):
        self.folder = folder
        self.calls = folder / "calls"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in BASICS:
            found = next(path for path in ("/bin", "/usr/bin") if Path(path, name).exists())
            (self.bin / name).symlink_to(Path(found, name))
        (folder / "tools").mkdir()
        shutil.copy(SETUP, folder / "tools" / "setup")
        (folder / "pyproject.toml").write_text("dependencies = []")

    def has(self, name, body):
        (self.bin / name).write_text(f"#!/bin/sh\n{body}")
        (self.bin / name).chmod(0o755)

    def set_up(self, *wanted, exits=0, **environment):
        self.calls.write_text("")
        done = subprocess.run(
            ["tools/setup", *wanted],
            cwd=self.folder,
            env={"PATH": str(self.bin), "CALLS": str(self.calls), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == exits, done.stdout + done.stderr
        return done

    def did(self, words):
        return any(words in line for line in self.calls.read_text().splitlines())


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_the_first_run_makes_the_environment_and_says_so(checkout):
    checkout.has("python3", PYTHON)

    done = checkout.set_up()

    assert "virtual environment in .venv, with Python 3.12.0" in done.stdout
    assert checkout.did("-m venv")
    assert checkout.did("--dependencies")


def test_the_second_run_does_nothing_and_says_nothing(checkout):
    checkout.has("python3", PYTHON)
    checkout.set_up()

    done = checkout.set_up()

    assert (done.stdout, done.stderr) == ("", "")
    assert not checkout.did("-m venv")
    assert not checkout.did("--dependencies")


def test_a_changed_declaration_is_installed_into_the_same_environment(checkout):
    checkout.has("python3", PYTHON)
    checkout.set_up()
    (checkout.folder / "pyproject.toml").write_text("dependencies = ['httpx']")

    checkout.set_up()

    assert not checkout.did("-m venv")
    assert checkout.did("--dependencies")


def test_a_demo_gets_what_it_needs_and_the_tests_the_rest(checkout):
    checkout.has("python3", PYTHON)

    checkout.set_up("demo")
    assert checkout.did("--dependencies demo")
    checkout.set_up("demo")
    assert not checkout.did("--dependencies")
    checkout.set_up("dev")
    assert checkout.did("--dependencies dev")
    assert not checkout.did("-m venv")
    for wanted in ("dev", "demo", "dev"):
        checkout.set_up(wanted)
        assert not checkout.did("--dependencies")


def test_what_was_installed_for_the_tests_before_a_change_is_enough_for_no_demo_after_it(checkout):
    checkout.has("python3", PYTHON)
    checkout.set_up("dev")
    (checkout.folder / "pyproject.toml").write_text("dependencies = ['httpx']")

    checkout.set_up("demo")
    assert checkout.did("--dependencies demo")
    checkout.set_up("dev")
    assert checkout.did("--dependencies dev")


@pytest.mark.parametrize(
    ("goals", "wanted"), [("demo", "demo"), ("test", "dev"), ("demo test", "dev"), ("setup", "dev")]
)
def test_make_asks_for_what_its_goals_need(goals, wanted):
    shown = subprocess.run(
        ["make", "--dry-run", *goals.split()], cwd=SETUP.parents[1], capture_output=True, text=True, check=True
    )

    assert [line for line in shown.stdout.splitlines() if "tools/setup" in line] == [f"tools/setup {wanted}"]


def test_an_installation_that_broke_off_is_repeated(checkout):
    checkout.has("python3", PYTHON)
    checkout.set_up(exits=1, PIP_FAILS="yes")

    checkout.set_up()

    assert checkout.did("--dependencies")


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    checkout.has("python3", PYTHON)
    checkout.set_up()
    (checkout.folder / ".venv/bin/python").unlink()

    checkout.set_up()

    assert checkout.did("-m venv")
    assert checkout.did("--dependencies")


def test_an_old_python3_is_passed_over_for_a_newer_one(checkout):
    checkout.has("python3", TOO_OLD)
    checkout.has("python3.11", PYTHON)

    checkout.set_up()

    assert not checkout.did("python3 ")
    assert checkout.did("-m venv")


def test_without_a_python_that_will_do_it_says_what_to_install(checkout):
    checkout.has("python3", TOO_OLD)

    done = checkout.set_up(exits=1)

    assert "No Python 3.10 or newer" in done.stderr
    assert "python3-venv" in done.stderr
