"""The files of a run: a new project, or what is added to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_scalekit.adopt import python_program, report, yaml_program
from pulumi_scalekit.adopt.import_file import import_file
from pulumi_scalekit.adopt.plan import Plan
from pulumi_scalekit.adopt.project import FreeNames, Language, Layout, Project

IMPORT_FILE = "import.json"
_WHAT = "What exists at Scalekit."
_IGNORED = f"{IMPORT_FILE}\n.adopt-*\n__pycache__/\n"
_MAY_BE_THERE = (".gitignore", "requirements.txt")
_ONCE = ("__main__.py", "tenants/__init__.py")


@dataclass(frozen=True)
class Form:
    """How a program is written.

    Attributes:
        language: Its language.
        layout: Python: a file for each tenant, a list of those that have one shape, or everything in one file.
        plugin: Whether the stack uses the plugin.

    """

    language: Language
    layout: Layout
    plugin: bool


def files(plan: Plan, project: Project, form: Form, environment_url: str) -> dict[str, str]:
    """Texts by file name, of a new project. A roster gives its tenants' resources other names in the plan."""
    names = FreeNames(project.folder)
    head = project.head(environment_url, form.language, plugin=form.plugin)
    if form.language == "yaml":
        written = {"Pulumi.yaml": head + yaml_program.resources(plan.groups)}
    else:
        written = {"Pulumi.yaml": head, "requirements.txt": "pulumi-scalekit\n", **_python(plan, form, names)}
    texts = {".gitignore": _IGNORED, **written, **_beside(plan, form, names)}
    return {
        name: text for name, text in texts.items() if name not in _MAY_BE_THERE or not (project.folder / name).exists()
    }


def further_files(plan: Plan, project: Project, form: Form) -> dict[str, str]:
    """Texts by file name, of what is added to a program that is there."""
    names = FreeNames(project.folder)
    if form.language == "yaml":
        written = {names.file("adopted.yaml"): yaml_program.resources(plan.groups)}
    elif form.layout == "one-file":
        written = python_program.one_file(plan.groups, _WHAT, names.file("adopted.py"))
    else:
        program = python_program.file_per_tenant(plan.groups, _WHAT, names.module)
        written = {name: text for name, text in program.items() if name not in _ONCE}
    return {**python_program.formatted(written), **_beside(plan, form, names)}


def _beside(plan: Plan, form: Form, names: FreeNames) -> dict[str, str]:
    """What is written beside the program. The import file is the one file that a later run writes anew."""
    secrets = report.secrets(plan, form.language, form.layout)
    beside = {IMPORT_FILE: import_file(plan.groups, plan.pending, plugin=form.plugin)}
    return {**beside, names.file("SECRETS.md"): secrets} if secrets else beside


def _python(plan: Plan, form: Form, names: FreeNames) -> Mapping[str, str]:
    match form.layout:
        case "tenants":
            program = python_program.file_per_tenant(plan.groups, _WHAT, names.module)
        case "roster":
            program, plan.groups = python_program.roster(plan.groups, _WHAT, names.module)
        case "one-file":
            program = python_program.one_file(plan.groups, _WHAT, "__main__.py")
    return python_program.formatted(program)
