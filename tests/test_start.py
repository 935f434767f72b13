"""What each process imports before it does anything: a module more is a few milliseconds of every command of every user.

Counted in modules, not in milliseconds. What checks, sends and reads files is imported by the first thing that needs it.
"""

import json
import subprocess
import sys

import pytest

STARTS = {
    "program": "import pulumi_scalekit; pulumi_scalekit.Organization, pulumi_scalekit.Connection",
    "plugin": "from pulumi_scalekit.provider import protocol; protocol.alone(); import pulumi_scalekit.provider.serve",
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
    assert not any(name.startswith("pulumi_scalekit.functions.") for name in modules)


def test_a_program_imports_what_it_calls():
    modules = imported("import pulumi_scalekit; pulumi_scalekit.get_permissions")

    found = {
        name.removeprefix("pulumi_scalekit.functions.")
        for name in modules
        if name.startswith("pulumi_scalekit.functions.")
    }
    assert found == {"permission", "lookup", "calls", "calls.permission"}


def test_the_plugin_serves_without_the_sdk():
    """Of the SDK it has the files of the protocol alone."""
    of_pulumi = {name for name in imported(STARTS["plugin"]) if name.startswith("pulumi.")}

    apart = {name for name in of_pulumi if not name.startswith("pulumi.runtime.proto")}
    assert apart == {"pulumi.runtime", "pulumi.runtime._grpc_settings"}


@pytest.mark.parametrize("words", [["-m", "pulumi_scalekit"], [f"{sys.prefix}/bin/pulumi-resource-scalekit"]])
def test_so_does_each_way_to_start_it(words):
    command = [sys.executable, "-X", "importtime", *words, "--version"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)

    seen = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert "pulumi.runtime.proto.provider_pb2" in seen
    assert not {"pulumi.resource", "pulumi.output", "pulumi.runtime.rpc", "dill"} & seen


SCHEMA = """
import hashlib
from pulumi_scalekit.model.registry import FUNCTIONS, KINDS
from pulumi_scalekit.publish import schema
text = schema.as_json(list(KINDS.values()), tuple(FUNCTIONS.values()), "1.0.0")
print(len(text), hashlib.sha256(text.encode()).hexdigest())
"""


def test_without_the_sdk_everything_is_described_as_with_it():
    alone = "from pulumi_scalekit.provider import protocol; protocol.alone()\n"
    told = [
        subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout
        for text in (SCHEMA, alone + SCHEMA)
    ]
    assert told[0] == told[1]
    assert int(told[0].split()[0]) > 100_000


NOTHING_IS_MADE = """
from pulumi_scalekit.provider import protocol
protocol.alone()
import pulumi
import pulumi_scalekit
try:
    pulumi_scalekit.Organization("acme", display_name="Acme")
except TypeError as error:
    print(error)
try:
    pulumi.Output.from_input
except AttributeError as error:
    print(error)
"""


def test_what_needs_the_sdk_says_so_where_there_is_none():
    ended = subprocess.run([sys.executable, "-c", NOTHING_IS_MADE], capture_output=True, text=True, check=True)

    assert ended.stdout == (
        "the provider plugin runs without Pulumi's SDK, and so without Organization\n"
        "type object 'Output' has no attribute 'from_input'\n"
    )


def test_a_process_that_has_the_sdk_keeps_it():
    text = "import pulumi; from pulumi_scalekit.provider import protocol; protocol.alone(); import pulumi.automation"
    subprocess.run([sys.executable, "-c", f"{text}; pulumi.Output.from_input"], check=True)


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
