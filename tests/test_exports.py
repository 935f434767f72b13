"""What `import pulumi_scalekit` offers: complete, sorted, and nothing by accident."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest

import pulumi_scalekit
from pulumi_scalekit import enums
from pulumi_scalekit.functions import FUNCTIONS
from pulumi_scalekit.resources import RESOURCES

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = {name: getattr(pulumi_scalekit, name) for name in pulumi_scalekit.__all__}
modules = {name for name, value in PUBLIC.items() if inspect.ismodule(value)}


def test_the_names_are_sorted_and_there():
    assert list(PUBLIC) == sorted(PUBLIC)
    assert all(value is not None for value in PUBLIC.values())


def test_nothing_is_public_that_is_not_named():
    visible = {
        name
        for name, value in vars(pulumi_scalekit).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert visible == set(PUBLIC) - modules
    assert modules == {"outputs"}


def test_a_name_that_is_not_there_says_which_is_meant():
    with pytest.raises(AttributeError, match="no attribute 'Organisation'"):
        pulumi_scalekit.Organisation
    command = [sys.executable, "-c", "import pulumi_scalekit; pulumi_scalekit.Organisation"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Did you mean: 'Organization'?" in ended.stderr


def test_every_name_is_shown_before_it_is_used():
    command = [sys.executable, "-c", "import pulumi_scalekit; print(sorted(dir(pulumi_scalekit)))"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert set(PUBLIC) <= set(ast.literal_eval(shown))


def test_every_resource_and_every_function_is_there():
    functions = {name for name, value in PUBLIC.items() if inspect.isfunction(value)}

    assert {one.__name__: one for one in RESOURCES}.items() <= PUBLIC.items()
    assert functions == {one.python_name + form for one in FUNCTIONS for form in ("", "_output")} | {"saml_metadata"}


def test_every_block_that_a_user_may_write_is_there():
    """So that one can be built beforehand, and its type be named."""
    blocks = {field.shape.type_name for one in RESOURCES for field in one.kind.inputs if field.shape.name == "block"}

    assert blocks <= set(PUBLIC)


def test_every_enum_and_every_result_of_a_function_is_there():
    classes = {
        name: value for name, value in vars(enums).items() if inspect.isclass(value) and not name.startswith("_")
    }
    results = {
        inspect.get_annotations(getattr(pulumi_scalekit, f"{one.python_name}_output"))["return"].__args__[0]
        for one in FUNCTIONS
    }

    assert {name for name in classes if name != "Enum"} <= set(PUBLIC)
    assert results <= {value for value in PUBLIC.values() if inspect.isclass(value)}


def test_no_component_is_visible():
    """With one, Pulumi would take the package for a provider of components and serve nothing else."""
    components = [name for name, value in vars(pulumi_scalekit).items() if _is_component(value)]

    assert components == []


def _is_component(value):
    return inspect.isclass(value) and issubclass(value, pulumi.ComponentResource)


def test_the_version_is_the_projects():
    (version,) = re.findall(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

    assert pulumi_scalekit.__version__ == version


def test_the_state_names_the_package_not_a_file():
    assert pulumi_scalekit.DynamicProvider.__module__ == "pulumi_scalekit"
