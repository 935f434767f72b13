"""The examples show all there is. tests/engine runs each of them, but for the one that needs a DNS."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.resources import RESOURCES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MOCKED_DNS = Path(__file__).parent / "support" / "mocked_dns.py"
USED = {
    call.func.attr
    for program in EXAMPLES.rglob("*.py")
    for call in ast.walk(ast.parse(program.read_text()))
    if isinstance(call, ast.Call)
    and isinstance(call.func, ast.Attribute)
    and ast.unparse(call.func.value) == "scalekit"
}


# What a program in Python has a better way for.
USED_IN_YAML = {
    name
    for program in EXAMPLES.rglob("Pulumi.yaml")
    for name in re.findall(r"function: scalekit:(\w+)", program.read_text())
}


@pytest.mark.parametrize("resource", [resource.__name__ for resource in RESOURCES])
def test_every_resource_is_in_an_example(resource):
    assert resource in USED


@pytest.mark.parametrize("function", FUNCTIONS, ids=[function.name for function in FUNCTIONS])
def test_every_function_is_in_an_example(function):
    name = function.python_name
    assert {name, f"{name}_output"} & USED or function.name in USED_IN_YAML


def test_what_python_alone_calls_is_in_an_example():
    assert "saml_metadata" in USED


def done_with_dns(mode):
    """What the example of a domain's verification does, in order."""
    program = EXAMPLES / "domain-verification" / "__main__.py"
    command = [sys.executable, str(MOCKED_DNS), str(program), mode]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_a_txt_record_is_made_before_scalekit_is_asked_for_it():
    organization, domain, record, asked = done_with_dns("up")

    assert (organization["made"], domain["made"]) == ("acme", "acme-domain")
    assert record == {
        "made": "acme-proof",
        "zone_id": "zone-1",
        "name": "_scalekit-challenge.acme.example",
        "type": "TXT",
        "content": '"scalekit-verification=1"',
        "ttl": 60,
    }
    assert asked == {
        "called": "scalekit:index:verifyDomain",
        "organizationId": "acme-id",
        "id": "acme-domain-id",
        "wait": 600,
    }


def test_a_preview_does_not_ask_scalekit_for_a_txt_record():
    assert [each.get("made") for each in done_with_dns("preview")] == ["acme", "acme-domain", "acme-proof"]
