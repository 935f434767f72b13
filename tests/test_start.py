"""What each process imports before it does anything: a module more is a few milliseconds of every command of every user.

Counted in modules, not in milliseconds. What checks, sends and reads files is imported by the first thing that needs it.
"""

import json
import subprocess
import sys

import pytest

STARTS = {
    "program": "import pulumi_scalekit",
    "plugin": "import pulumi_scalekit.provider.serve",
    "dynamic provider": "import pulumi.dynamic, pulumi_scalekit.provider.dynamic",
    "command": "import pulumi_scalekit.cli",
}
OURS = {"program": 180, "plugin": 190, "dynamic provider": 180, "command": 180}
"""Modules of this package: some more than today, so that a resource more is no failure."""


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


def test_what_is_left_out_is_what_costs_most():
    """The names are those of packages that there are, and that a first request brings."""
    left_out = {"httpx", "pydantic", "cryptography", "tenacity", "idna"}
    modules = packages(
        imported("import pulumi_scalekit.api.client, pulumi_scalekit.api.settings, idna, cryptography.x509")
    )

    assert left_out <= modules
    assert not left_out & packages(imported(STARTS["plugin"]))
