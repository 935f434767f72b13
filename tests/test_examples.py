"""The examples show all there is. tests/engine runs each of them."""

import ast
import re
from pathlib import Path

import pytest

from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.resources import RESOURCES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
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
