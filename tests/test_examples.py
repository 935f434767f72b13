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


@pytest.mark.parametrize("resource", [resource.__name__ for resource in RESOURCES])
def test_every_resource_is_in_an_example(resource):
    assert resource in USED


@pytest.mark.parametrize("function", [re.sub("([A-Z])", r"_\1", function.name).lower() for function in FUNCTIONS])
def test_every_function_is_in_an_example(function):
    assert {function, f"{function}_output"} & USED
