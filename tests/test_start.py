"""What each process imports before it does anything: a module more is a few milliseconds of every command of every user.

Counted in modules, not in milliseconds. What checks, sends and reads files is imported by the first thing that needs it.
"""

import json
import subprocess
import sys

import pytest

STARTS = {
    "program": "import pulumi_scalekit; pulumi_scalekit.Organization, pulumi_scalekit.Connection",
    "plugin": "import pulumi_scalekit.provider.serve",
    "dynamic provider": "import pulumi.dynamic, pulumi_scalekit.provider.dynamic",
    "command": "import pulumi_scalekit.cli",
}
OURS = {"program": 60, "plugin": 85, "dynamic provider": 80, "command": 10}
"""Modules of this package: a few more than today."""


def imported(statement):
    command = [sys.executable, "-c", f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(ended.stdout))


def packages(modules):
    return {name.partition(".")[0] for name in modules} - sys.stdlib_module_names


@pytest.fixture(scope="module")
def of_pulumi():
    """What the SDK brings, that of a dynamic provider's process included."""
    return packages(imported("import pulumi.dynamic"))


@pytest.mark.parametrize("start", STARTS)
def test_nothing_is_imported_beside_pulumi_before_it_is_needed(start, of_pulumi):
    modules = imported(STARTS[start])

    allowed = {"pulumi_scalekit", "click"} if start == "command" else {"pulumi_scalekit"}
    assert packages(modules) - of_pulumi == allowed
    assert sum(name.startswith("pulumi_scalekit.") for name in modules) <= OURS[start]


@pytest.mark.parametrize("start", ["plugin", "dynamic provider", "command"])
def test_no_resource_is_imported_before_it_is_asked_for(start):
    assert [name for name in imported(STARTS[start]) if name.startswith("pulumi_scalekit.resources.")] == []


def test_a_program_imports_what_it_declares():
    """And what that is made of: no resource is imported that is only beside it."""
    modules = imported("import pulumi_scalekit; pulumi_scalekit.Permission, pulumi_scalekit.Role")

    assert {name.rpartition(".")[2] for name in modules if name.startswith("pulumi_scalekit.resources.")} == {
        "permission",
        "role",
    }
    assert "pulumi_scalekit.functions.calls" not in modules


def test_all_can_be_asked_for_at_once():
    asked = """
from concurrent.futures import ThreadPoolExecutor
from pulumi_scalekit.model.registry import KINDS
with ThreadPoolExecutor(32) as pool:
    found = list(pool.map(lambda token: KINDS[token].token, [*KINDS] * 4))
assert found == [*KINDS] * 4
"""
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_what_is_left_out_is_what_costs_most():
    """The names are those of packages that there are, and that a first request brings."""
    left_out = {"httpx", "pydantic", "cryptography", "tenacity", "idna"}
    modules = packages(
        imported("import pulumi_scalekit.api.client, pulumi_scalekit.api.settings, idna, cryptography.x509")
    )

    assert left_out <= modules
    assert not left_out & packages(imported(STARTS["plugin"]))
