"""A program in Python, as a person would write it and ruff formats it."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pulumi_scalekit.adopt.declaration import Declaration, Group, Reference, references
from pulumi_scalekit.adopt.names import variable
from pulumi_scalekit.adopt.roster import Roster
from pulumi_scalekit.api.errors import ConfigurationError

_MAIN = '''\
"""{what}"""

import importlib
import pkgutil

import tenants

for module in pkgutil.iter_modules(tenants.__path__):
    importlib.import_module(f"tenants.{{module.name}}")
'''
_ROSTER = '''\
"""{what} Tenants of one shape are in tenants.yaml, the others in tenants/."""

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pulumi
import pulumi_scalekit as scalekit
import yaml

import tenants
{environment}

{function}


roster: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("tenants.yaml").read_text(encoding="utf-8")
)
for name, entry in roster.items():
    tenant(name, **entry)

for module in pkgutil.iter_modules(tenants.__path__):
    importlib.import_module(f"tenants.{{module.name}}")
'''
_PACKAGE = '"""A module for each tenant, and `environment` for what belongs to none."""\n'

_PEM = re.compile(r"-----BEGIN [A-Z ]+-----\n[A-Za-z0-9+/=\n]+-----END [A-Z ]+-----\n?")

Variables = Mapping[tuple[str, str], str]
"""What stands for an object in a program: `acme`, or `environment.admin` from another module."""


def one_file(groups: Sequence[Group], what: str, name: str) -> dict[str, str]:
    """Everything in one module.

    Args:
        groups: What is declared.
        what: The module's docstring.
        name: The module's file.

    Returns:
        Texts by file name.

    """
    return {name: _module(what, [each for group in groups for each in group.declarations], {})}


def file_per_tenant(groups: Sequence[Group], what: str, free: Callable[[str], str]) -> dict[str, str]:
    """A module for each tenant, one for what they share, and a program that runs all of them.

    A module that is added later needs no line in another one.

    Args:
        groups: What is declared.
        what: The program's docstring.
        free: Gives the name of a module that is not there yet for one that may be.

    """
    shared = next((group for group in groups if not group.name), Group("", []))
    module = free("environment")
    elsewhere = {key: f"{module}.{name}" for key, name in _variables(shared.declarations).items()}
    files = {"__main__.py": _MAIN.format(what=what), "tenants/__init__.py": _PACKAGE}
    if shared.declarations:
        files[f"tenants/{module}.py"] = _module("What belongs to no tenant.", shared.declarations, {})
    for group in groups:
        if group.name:
            text = _module(f"The tenant {group.name}.", group.declarations, elsewhere)
            files[f"tenants/{free(variable(group.name))}.py"] = text
    return files


def roster(groups: Sequence[Group], what: str, free: Callable[[str], str]) -> tuple[dict[str, str], Sequence[Group]]:
    """A list of the tenants that have the most common shape, and a module for each of the others.

    Returns:
        Texts by file name, and what is declared with the names that it has in the program.

    """
    listed = Roster.of(groups)
    files = file_per_tenant(listed.others, what, free)
    if not listed.tenants:
        return files, groups
    shared = next((group for group in listed.others if not group.name), Group("", []))
    variables = _variables(shared.declarations)
    used = {reference.to.key for each in listed.tenants[0].declarations for reference in references(each.inputs)}
    needs_environment = bool(used & set(variables))

    def environment(reference: Reference) -> str:
        return f"environment.{variables[reference.to.key]}.{reference.output}"

    function, tenants, schema = listed.files(environment)
    imported = "from tenants import environment\n" if needs_environment else ""
    files["__main__.py"] = _ROSTER.format(what=what, environment=imported, function=function)
    return {**files, "tenants.yaml": tenants, "tenants.schema.json": schema}, listed.groups


def require_ruff() -> None:
    """Make sure that programs can be formatted.

    Raises:
        ConfigurationError: ruff is not installed.

    """
    if find_spec("ruff") is None:
        raise ConfigurationError("This needs ruff, which formats the program: pip install 'pulumi-scalekit[adopt]'.")


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """The files, each module of Python as ruff formats it."""
    modules = {name: text for name, text in files.items() if name.endswith(".py")}
    if not modules:
        return dict(files)
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in modules.items():
            path = Path(scratch, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", scratch]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        ran.check_returncode()
        return {**files, **{name: Path(scratch, name).read_text(encoding="utf-8") for name in modules}}


def _variables(declarations: Sequence[Declaration]) -> dict[tuple[str, str], str]:
    return {each.existing.key: variable(each.name) for each in declarations}


def _module(what: str, declarations: Sequence[Declaration], elsewhere: Variables) -> str:
    """A module.

    Args:
        what: Its docstring.
        declarations: What it declares.
        elsewhere: What other modules declare.

    """
    mine = _variables(declarations)
    variables = {**elsewhere, **mine}
    used = {reference.to.key for each in declarations for reference in references(each.inputs)}
    modules = sorted({elsewhere[key].partition(".")[0] for key in used if key not in mine})
    lines = [f'"""{what}"""', ""]
    if any(each.protect for each in declarations):
        lines.append("import pulumi")
    lines += ["import pulumi_scalekit as scalekit", ""]
    if modules:
        lines += [*(f"from tenants import {module}" for module in modules), ""]
    for each in declarations:
        call = _call(each, lambda reference: f"{variables[reference.to.key]}.{reference.output}")
        # Only what is referred to needs a variable.
        lines.append(f"{mine[each.existing.key]} = {call}" if each.existing.key in used else call)
    return "\n".join(lines) + "\n"


def _call(declaration: Declaration, referred: Callable[[Reference], str]) -> str:
    given = [repr(declaration.name)]
    given += [f"{name}={_literal(value, referred)}" for name, value in declaration.inputs.items()]
    if declaration.protect:
        given.append("opts=pulumi.ResourceOptions(protect=True)")
    return f"scalekit.{declaration.existing.kind.name}({', '.join(given)})"


def _literal(value: Any, referred: Callable[[Reference], str]) -> str:
    if isinstance(value, Reference):
        return referred(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(item, referred)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item, referred) for item in value) + "]"
    if isinstance(value, str) and _PEM.fullmatch(value):
        # A certificate in one line of 1,200 characters can be read by nobody.
        return f'''"""{value}"""'''
    return repr(value)
