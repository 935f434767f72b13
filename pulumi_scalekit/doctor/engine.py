"""What runs a program: the `pulumi` command, its host for the program's language, and Python with this package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from pulumi_scalekit.doctor.diagnosis import Diagnosis
from pulumi_scalekit.doctor.project import Project
from pulumi_scalekit.stack.stack import OLDEST_IMPORT, PulumiError, Stack, numbers, search_path

OLDEST = (3, 139)
"""The first version that hands the stack's configuration to a dynamic provider in Python."""
OLDEST_SDK = (3, 216)
"""The first version of the Python SDK with which drift can be told; the package asks pip for it too."""
_PART = "engine"
_INSTALL = "https://www.pulumi.com/docs/install/"
_HOSTS = {"python": ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")}
"""What a language needs besides `pulumi` itself, where it is more than its host."""
_ASKS = "from importlib.metadata import version; print(version('pulumi-scalekit'), version('pulumi'))"


def engine(stack: Stack, project: Project) -> Iterator[Diagnosis]:
    """Whether a program can be run at all."""
    command = stack.command()
    if command is None:
        yield Diagnosis(
            _PART, "error", "There is no `pulumi` on PATH.", f"Install it: {_INSTALL}; then open a new terminal."
        )
        return
    yield from _engine_version(stack, command)
    yield from _language_host(project, Path(command))
    # Where Poetry keeps its environments, only Poetry knows.
    if project.runtime == "python" and project.runtime_options.get("toolchain") != "poetry":
        yield from _program_python(project)


def _engine_version(stack: Stack, command: str) -> Iterator[Diagnosis]:
    try:
        said = stack.version()
    except PulumiError as error:
        yield Diagnosis(_PART, "error", f"{command} does not answer: {error}.", f"Install Pulumi anew: {_INSTALL}.")
        return
    found = numbers(said)[:2]
    if not found:
        yield Diagnosis(
            _PART,
            "note",
            f"{command} does not tell its version: it was probably built from source.",
            f"Make sure that it is {_dotted(OLDEST)} or newer.",
        )
    elif found < OLDEST:
        yield Diagnosis(
            _PART,
            "error",
            f"Pulumi {said} ({command}) is too old: it does not hand the stack's configuration to the provider.",
            f"Install {_dotted(OLDEST)} or newer: {_INSTALL}.",
        )
    else:
        import_ = "" if found >= OLDEST_IMPORT else f" `adopt --import` alone needs {_dotted(OLDEST_IMPORT)}."
        yield Diagnosis(_PART, "ok", f"Pulumi {said} ({command}).{import_}")


def _language_host(project: Project, command: Path) -> Iterator[Diagnosis]:
    if not project.runtime:
        return
    needed = _HOSTS.get(project.runtime, (f"pulumi-language-{project.runtime}",))
    if missing := [name for name in needed if not _companion(name, command)]:
        yield Diagnosis(
            _PART,
            "error",
            f"{' and '.join(missing)}, with which Pulumi runs programs in {project.runtime}, "
            f"{'is' if len(missing) == 1 else 'are'} neither beside {command} nor on PATH.",
            f"This `pulumi` was not installed whole. Install it with Pulumi's own installer: {_INSTALL}.",
        )
    else:
        yield Diagnosis(_PART, "ok", f"Pulumi's language host for {project.runtime}.")


def _companion(name: str, command: Path) -> bool:
    """Pulumi looks on PATH and beside its own executable, links resolved."""
    beside = (command.with_name(name), command.resolve().with_name(name))
    return bool(shutil.which(name, path=search_path())) or any(os.access(path, os.X_OK) for path in beside)


def _program_python(project: Project) -> Iterator[Diagnosis]:
    """Whether the Python that runs the program has this package, of this version."""
    python, named = _python_of(project)
    if python is None:
        yield Diagnosis(
            _PART,
            "error" if named else "warning",
            f"Pulumi.yaml names the virtual environment {named}, which is not there."
            if named
            else "There is no Python on PATH.",
            "`pulumi install` makes it." if named else "Install Python, or name a virtual environment in Pulumi.yaml.",
        )
        return
    try:
        ran = subprocess.run(
            [python, "-c", _ASKS], cwd=project.folder, capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        yield Diagnosis(_PART, "error", f"{python} does not run: {error}.", "Make the virtual environment anew.")
        return
    said = ran.stdout.split()
    if ran.returncode or len(said) != 2:  # noqa: PLR2004 - two versions
        yield Diagnosis(
            _PART,
            "error",
            f"The program's Python, {python}, has no pulumi-scalekit: the program cannot import it.",
            f"`{python} -m pip install pulumi-scalekit`, or add it to requirements.txt and run `pulumi install`.",
        )
        return
    package, sdk = said
    if numbers(sdk)[:2] < OLDEST_SDK:
        yield Diagnosis(
            _PART,
            "error",
            f"The program's Python, {python}, has Pulumi's SDK {sdk}, which is too old to tell drift.",
            f"`{python} -m pip install --upgrade 'pulumi>={_dotted(OLDEST_SDK)}'`",
        )
    ours = version("pulumi-scalekit")
    if package != ours:
        yield Diagnosis(
            _PART,
            "warning",
            f"The program's Python, {python}, has pulumi-scalekit {package}, and this command is of {ours}.",
            f"`{python} -m pip install pulumi-scalekit=={ours}`, or use the command in {Path(python).parent}.",
        )
    else:
        yield Diagnosis(
            _PART, "ok", f"pulumi-scalekit {package} and Pulumi's SDK {sdk} in the program's Python, {python}."
        )


def _python_of(project: Project) -> tuple[str | None, str]:
    """The interpreter that runs the program, and the virtual environment that Pulumi.yaml names."""
    named = project.runtime_options.get("virtualenv") or ""
    if not named and project.runtime_options.get("toolchain") == "uv":
        named = ".venv"
    if not named:
        active = os.environ.get("VIRTUAL_ENV")
        on_path = shutil.which("python3") or shutil.which("python")
        return (_interpreter(Path(active)) if active else None) or on_path, ""
    return _interpreter(project.folder / str(named)), str(named)


def _interpreter(environment: Path) -> str | None:
    name = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return str(environment / name) if (environment / name).exists() else None


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
