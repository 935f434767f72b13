"""The files of a run: a new project, or what is added to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from pulumi_scalekit.adopt import python_program, report, yaml_program
from pulumi_scalekit.adopt.import_file import import_file
from pulumi_scalekit.adopt.plan import Plan
from pulumi_scalekit.adopt.project import Language, Project

Layout = Literal["one-file", "tenants", "roster"]
IMPORT_FILE = "import.json"
_WHAT = "What exists at Scalekit."
_ONCE = ("__main__.py", "tenants/__init__.py")


@dataclass(frozen=True)
class Form:
    """How a program is written.

    Attributes:
        language: Its language.
        layout: Python: everything in one file, or a file for each tenant.
        plugin: Whether the stack uses the plugin.

    """

    language: Language
    layout: Layout
    plugin: bool


def files(plan: Plan, project: Project, form: Form, environment_url: str) -> dict[str, str]:
    """Texts by file name, those of files that are not there yet."""
    head = project.head(environment_url, form.language, plugin=form.plugin)
    if form.language == "yaml":
        written = {"Pulumi.yaml": head + yaml_program.resources(plan.groups)}
    else:
        written = {
            "Pulumi.yaml": head,
            "requirements.txt": "pulumi-scalekit\n",
            **_python(plan, form, lambda name: name),
        }
    return {**written, **_beside(plan, form, project.free)}


def further_files(plan: Plan, project: Project, form: Form) -> dict[str, str]:
    """Texts by file name, of what is added to a program that is there."""
    if form.language == "yaml":
        written = {"adopted.yaml": yaml_program.resources(plan.groups)}
    elif form.layout == "one-file":
        written = python_program.formatted(python_program.one_file(plan.groups, _WHAT, "adopted.py"))
    else:
        free = project.free_module
        program = python_program.formatted(python_program.file_per_tenant(plan.groups, _WHAT, free))
        written = {name: text for name, text in program.items() if name not in _ONCE}
        return {**written, **_beside(plan, form, project.free)}
    return {**{project.free(name): text for name, text in written.items()}, **_beside(plan, form, project.free)}


def _beside(plan: Plan, form: Form, free: Callable[[str], str]) -> dict[str, str]:
    """What is written beside the program. The import file is the one file that a later run writes anew."""
    secrets = report.secrets(plan)
    beside = {IMPORT_FILE: import_file(plan.groups, plan.pending, plugin=form.plugin)}
    return {**beside, free("SECRETS.md"): secrets} if secrets else beside


def _python(plan: Plan, form: Form, free: Callable[[str], str]) -> Mapping[str, str]:
    """The program. A roster gives its tenants' resources other names."""
    match form.layout:
        case "tenants":
            program = python_program.file_per_tenant(plan.groups, _WHAT, free)
        case "roster":
            program, plan.groups = python_program.roster(plan.groups, _WHAT, free)
        case "one-file":
            program = python_program.one_file(plan.groups, _WHAT, "__main__.py")
    return python_program.formatted(program)
