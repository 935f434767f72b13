"""The provider plugin, where the stack's resources are its: found as Pulumi finds it, started, and of which version."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_scalekit.doctor.diagnosis import Diagnosis
from pulumi_scalekit.doctor.project import Project

_PART = "plugin"
_COMMAND = "pulumi-resource-scalekit"
_SECONDS = 30
"""In which a plugin has to start and to answer."""


def plugin(project: Project, *, wanted: bool) -> Iterator[Diagnosis]:
    """Whether Pulumi finds the plugin and can start it, if the stack uses it.

    Args:
        project: Its `Pulumi.yaml` may name the plugin's folder.
        wanted: The stack's resources are the plugin's.

    """
    if not wanted:
        if project.head:
            yield Diagnosis(
                _PART, "ok", "Not used: the program runs with the dynamic provider (scalekit:plugin is not true)."
            )
        return
    command = _found(project)
    if command is None:
        yield Diagnosis(
            _PART,
            "error",
            f"{_why(project)}, and Pulumi finds no {_COMMAND}: it looks on PATH, in the folder that "
            f"Pulumi.yaml names and among what `pulumi plugin install` has installed, not in a virtual environment.",
            "Activate the virtual environment where pulumi-scalekit is installed (`source .venv/bin/activate`), or add "
            "`plugins: {providers: [{name: scalekit, path: .venv/bin}]}` to Pulumi.yaml.",
        )
        return
    try:
        found = _version(command)
    except (OSError, TooLate, ValueError, grpc.RpcError) as error:
        yield Diagnosis(
            _PART,
            "error",
            f"The plugin {command} does not start ({type(error).__name__}).",
            f"Run `{command}` to see why; it should print the number of a port. Usually its virtual environment was moved: "
            f"install pulumi-scalekit anew.",
        )
        return
    ours = version("pulumi-scalekit")
    if found != ours:
        yield Diagnosis(
            _PART,
            "warning",
            f"The plugin {command} is of version {found}, and this command is of {ours}.",
            f"Install pulumi-scalekit {ours} there too, or put the other one first on PATH.",
        )
    else:
        yield Diagnosis(_PART, "ok", f"Provider plugin {found} ({command}) starts.")


def _why(project: Project) -> str:
    if project.runtime == "python":
        return "scalekit:plugin is true, so the stack uses the provider plugin"
    return f"A program in {project.runtime} uses the provider plugin"


def _found(project: Project) -> str | None:
    """The plugin as Pulumi finds it: what the project names, then PATH, then what `pulumi plugin install` has installed.

    The folder of this interpreter does not count.
    """
    plugins = project.head.get("plugins")
    listed = plugins.get("providers") if isinstance(plugins, dict) else None
    named = [each for each in listed or () if isinstance(each, dict) and each.get("name") == "scalekit"]
    for each in named:
        path = project.folder / str(each.get("path", ""))
        return shutil.which(_COMMAND, path=str(path)) or (str(path) if path.is_file() else None)
    packages = project.head.get("packages")
    local = packages.get("scalekit") if isinstance(packages, dict) else None
    if isinstance(local, str) and (project.folder / local).exists():
        path = project.folder / local
        return str(path) if path.is_file() else shutil.which(_COMMAND, path=str(path))
    return shutil.which(_COMMAND, path=os.environ.get("PATH", os.defpath)) or _installed()


def _installed() -> str | None:
    """The newest plugin in Pulumi's own folder."""
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    folders = {
        tuple(map(int, numbers.groups())): folder
        for folder in home.glob("plugins/resource-scalekit-v*")
        if (numbers := re.fullmatch(r"resource-scalekit-v(\d+)\.(\d+)\.(\d+)", folder.name))
    }
    return shutil.which(_COMMAND, path=str(folders[max(folders)])) if folders else None


def _version(command: str) -> str:
    """What a started plugin says its version is.

    Raises:
        OSError, TooLate, ValueError, grpc.RpcError: It does not start, or does not speak the protocol.

    """
    with _started(command) as port, grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        answer = provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(Empty(), timeout=_SECONDS)
        return str(answer.version)


@contextmanager
def _started(command: str) -> Iterator[int]:
    """A plugin's process, by the port that it prints, until the block ends."""
    process = subprocess.Popen(
        [str(Path(command).absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process, ThreadPoolExecutor(1) as reader:
        try:
            line = reader.submit(process.stdout.readline) if process.stdout else None
            yield int(line.result(timeout=_SECONDS) if line else "")
        finally:
            process.kill()  # before the reader is waited for: it ends with the process
