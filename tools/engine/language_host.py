# ruff: noqa: N802, ARG002  (the methods and their arguments are named by the protocol)
"""A small Pulumi language host for Python, for machines that have no official one.

Pulumi starts a language host for each command, learns its port from the first line it prints, and asks it to run
the user's program. The official host is a Go program that no module proxy serves; this one does the same with the
SDK's own `pulumi-language-python-exec`. Programs, which `pulumi import` and `pulumi convert` ask for, are written by Pulumi's
own generator, a Go program beside this file; where it is missing, `pulumi import` gets a comment that says so.
"""

import importlib.util
import json
import os
import queue
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import grpc
from google.protobuf.empty_pb2 import Empty

# The protocol's stubs alone: importing the SDK around them would double the time until this process answers.
sdk = importlib.util.find_spec("pulumi")
sys.path[:0] = [f"{folder}/runtime" for folder in (sdk and sdk.submodule_search_locations) or ()]

from proto import language_pb2 as language  # noqa: E402
from proto import plugin_pb2 as plugin  # noqa: E402
from proto.language_pb2_grpc import (  # noqa: E402
    LanguageRuntimeServicer,
    add_LanguageRuntimeServicer_to_server,
)

EXECUTOR = Path(__file__).with_name("pulumi-language-python-exec")
GENERATOR = Path(__file__).with_name("pulumi-python-codegen")
NO_PROGRAM = """\
# This engine writes no Python (`--generate-code=false` does not ask it to). Declare what was imported yourself:
# `pulumi stack export` shows its inputs, and `pulumi preview --diff` what still differs.
"""
SHOWN_TO_THE_USER = 32  # the executor's exit code after it has explained the failure itself


class PythonHost(LanguageRuntimeServicer):
    """Runs a project's program with the Python that the project names."""

    def __init__(self, engine: str) -> None:
        self.engine = engine

    def Run(self, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            python, environment = interpreter(request.info)
            environment["PULUMI_CONFIG"] = json.dumps(dict(request.config))
            environment["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(list(request.configSecretKeys))
            program = subprocess.Popen(
                [python, EXECUTOR, *self.arguments(request)],
                stdin=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as problem:
            return language.RunResponse(error=str(problem))
        # The program ends with the call, whatever ends that: an engine that gave up after a failed resource would
        # otherwise wait five seconds for it, and one that was killed would leave it behind.
        if not context.add_callback(program.terminate):
            program.terminate()
        status = program.wait()
        failure = status not in (0, SHOWN_TO_THE_USER)
        return language.RunResponse(
            error=f"program exited with non-zero exit code: {status}" if failure else "",
            bail=status == SHOWN_TO_THE_USER,
        )

    def arguments(self, request: Any) -> list[str]:
        """What the official host passes to the executor, in its order; empty values are left out."""
        options = {
            "monitor": request.monitor_address,
            "engine": self.engine,
            "project": request.project,
            "root_directory": request.info.root_directory,
            "stack": request.stack,
            "pwd": request.pwd,
            "dry_run": "true" if request.dryRun else "false",
            "parallel": str(request.parallel),
            "organization": request.organization,
        }
        given = [word for name, value in options.items() if value for word in (f"--{name}", value)]
        return [*given, request.info.entry_point or ".", *request.args]

    def RunPlugin(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Run a policy pack. Unlike the official host, this one hands it no stack configuration."""
        if request.kind != "analyzer":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "this engine runs policy packs and no other plugins in Python")
        folder = request.info.program_directory
        try:
            python, environment = interpreter(request.info)
            environment |= dict(line.split("=", 1) for line in request.env if "=" in line)
            pack = subprocess.Popen(
                [python, "-u", "-m", "pulumi.policy", *request.args, folder],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
            )
        except OSError as problem:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(problem))
        if not context.add_callback(pack.terminate):
            pack.terminate()
        with pack:
            yield from printed(pack)
            yield language.RunPluginResponse(exitcode=pack.wait())

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.engine = request.engine_address
        return language.LanguageHandshakeResponse()

    def About(self, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            python, environment = interpreter(request.info)
        except OSError as problem:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(problem))
        answer = subprocess.run([python, "--version"], capture_output=True, text=True, env=environment, check=False)
        return language.AboutResponse(executable=python, version=answer.stdout.removeprefix("Python ").strip())

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin.PluginInfo(version="0.1.0")

    # Plugins are found when a resource asks for one, and dependencies are the user's own business (or make's).
    def GetRequiredPackages(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language.GetRequiredPackagesResponse()

    def GetRequiredPlugins(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language.GetRequiredPluginsResponse()

    def GetProgramDependencies(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language.GetProgramDependenciesResponse()

    def InstallDependencies(self, request: Any, context: grpc.ServicerContext) -> Any:
        yield from ()

    def RuntimeOptionsPrompts(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language.RuntimeOptionsResponse()

    def GenerateProgram(self, request: Any, context: grpc.ServicerContext) -> Any:
        if GENERATOR.exists():
            return generate("GenerateProgram", request, language.GenerateProgramResponse, context)
        # `pulumi import` asks for it after it has imported: an error here would be taken for one of the import.
        return language.GenerateProgramResponse(source={"__main__.py": NO_PROGRAM.encode()})

    def GenerateProject(self, request: Any, context: grpc.ServicerContext) -> Any:
        if not GENERATOR.exists():
            context.abort(grpc.StatusCode.UNIMPLEMENTED, f"this engine writes no Python: there is no {GENERATOR}")
        return generate("GenerateProject", request, language.GenerateProjectResponse, context)

    def Link(self, request: Any, context: grpc.ServicerContext) -> Any:
        # `pulumi convert` asks for it even where there is no SDK of a local package to link.
        if request.packages:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "this engine links no local packages to Python projects")
        return language.LinkResponse()

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        return Empty()  # the engine ends its calls besides


def generate(method: str, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
    """Hand a request on to the generator, as it came."""
    answer = subprocess.run([GENERATOR, method], input=request.SerializeToString(), capture_output=True, check=False)
    if answer.returncode:
        context.abort(grpc.StatusCode.UNKNOWN, answer.stderr.decode(errors="replace").strip())
    return response.FromString(answer.stdout)


def printed(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """What a process prints, as it comes."""
    pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def read(name: str, stream: IO[bytes]) -> None:
        while piece := os.read(stream.fileno(), 65536):
            pieces.put(language.RunPluginResponse(**{name: piece}))
        pieces.put(None)

    streams = {"stdout": process.stdout, "stderr": process.stderr}
    for name, stream in streams.items():
        threading.Thread(target=read, args=(name, stream), daemon=True).start()
    for _ in streams:
        yield from iter(pieces.get, None)


def interpreter(info: Any) -> tuple[str, dict[str, str]]:
    """The Python that runs the program: the project's virtual environment, else PULUMI_PYTHON_CMD, else PATH."""
    environment = dict(os.environ)
    options = dict(info.options)
    folder = options.get("virtualenv") or (".venv" if options.get("toolchain") == "uv" else "")
    if not folder:
        return environment.get("PULUMI_PYTHON_CMD") or "python3", environment
    virtualenv = Path(info.root_directory, folder)
    python = virtualenv / "bin" / "python"
    if not python.exists():
        raise FileNotFoundError(
            f"The 'virtualenv' option in Pulumi.yaml is set to {folder!r}, but {virtualenv} is no virtual environment. "
            f"Create it: python3 -m venv {virtualenv} && {python} -m pip install -r requirements.txt"
        )
    environment["PATH"] = os.pathsep.join([str(python.parent), environment.get("PATH", os.defpath)])
    environment["VIRTUAL_ENV"] = str(virtualenv)
    environment.pop("PYTHONHOME", None)
    return str(python), environment


def await_end(over: threading.Event) -> None:
    sys.stdin.buffer.read()
    over.set()


def serve(engine: str) -> None:
    """Serve until the engine interrupts us, or is gone."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    # Pulumi holds the other end of our standard input and never writes to it: it ends when Pulumi does, even when
    # it was killed. By hand, with a terminal or a file there, nothing is to be learned from it.
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        threading.Thread(target=await_end, args=(over,), daemon=True).start()
    server = grpc.server(ThreadPoolExecutor())
    add_LanguageRuntimeServicer_to_server(PythonHost(engine), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    over.wait()
    server.stop(grace=0).wait(5)  # ends the calls, and so the programs
    os._exit(0)  # a thread that waits for a stubborn program must not keep us


if __name__ == "__main__":
    serve(sys.argv[-1] if len(sys.argv) > 1 else "")
