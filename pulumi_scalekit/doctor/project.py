"""The Pulumi project that one is in, and its stack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.doctor.diagnosis import Diagnoses, Diagnosis
from pulumi_scalekit.stack.project_file import project_file
from pulumi_scalekit.stack.stack import PulumiError, Stack

_PART = "project"


@dataclass(frozen=True)
class Project:
    """A Pulumi project.

    Attributes:
        folder: Where its file is; without one, the folder that was looked at.
        head: What the file says; empty where there is none, or it cannot be read.

    """

    folder: Path
    head: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.head.get("name") or "")

    @property
    def runtime(self) -> str:
        """The language of its program: `python`, `yaml`, `nodejs`, …; empty where it is not known."""
        runtime = self.head.get("runtime")
        return str((runtime.get("name") if isinstance(runtime, dict) else runtime) or "")

    @property
    def runtime_options(self) -> Mapping[str, Any]:
        runtime = self.head.get("runtime")
        options = runtime.get("options") if isinstance(runtime, dict) else None
        return options if isinstance(options, dict) else {}


def project(folder: Path) -> Diagnoses[Project]:
    """The project of a folder, or of one above it."""
    file = project_file(folder)
    if file is None:
        yield Diagnosis(
            _PART,
            "note",
            f"There is no Pulumi.yaml in {folder.absolute()} or above it, so only the engine and the environment variables are "
            f"looked at.",
            "Run this in the folder of your Pulumi project, or name it: `pulumi-scalekit doctor --cwd FOLDER`. For a new "
            "project: `pulumi new python`.",
        )
        return Project(folder)
    try:
        head = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" (line {where.line + 1})" if where else ""
        yield Diagnosis(
            _PART, "error", f"{file} cannot be read as YAML{line}.", "Correct it: no command of Pulumi can run."
        )
        return Project(file.parent)
    found = Project(file.parent, head if isinstance(head, dict) else {})
    if found.name and found.runtime:
        yield Diagnosis(_PART, "ok", f"Project {found.name} in {found.folder}, with a program in {found.runtime}.")
    else:
        yield Diagnosis(
            _PART, "error", f"{file} has no name or no runtime.", "Give both: `name: customers`, `runtime: python`."
        )
    return found


def stack(of: Stack, found: Project) -> Diagnoses[bool]:
    """Whether there is a stack to look at."""
    if not found.head:
        return False
    try:
        name = of.selected()
    except PulumiError as error:
        yield Diagnosis(
            _PART,
            "error",
            f"Pulumi does not tell the stack: {_last(error)}",
            "Run `pulumi stack ls` and correct what it says. Not signed in to where the states are kept: `pulumi login`, or "
            "for a bucket or folder `pulumi login s3://…`, `pulumi login file://…`.",
        )
        return False
    except ConfigurationError:  # there is no `pulumi`, which is a diagnosis of the engine
        return False
    if name:
        yield Diagnosis(_PART, "ok", f"Stack {name}.")
    elif of.name:
        yield Diagnosis(
            _PART,
            "error",
            f"There is no stack {of.name} in this project.",
            "`pulumi stack ls` lists those that there are.",
        )
    else:
        yield Diagnosis(
            _PART,
            "note",
            "No stack is selected, so the stack's configuration and state are not looked at.",
            "`pulumi stack select`, or name one: `pulumi-scalekit doctor --stack NAME`. For a new one: `pulumi stack init dev`.",
        )
    return bool(name)


def _last(error: PulumiError) -> str:
    """What Pulumi said, without the line that names the command and its exit code."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[1:4] or lines)[:300]
