"""The language host of ours, asked directly: what the engine's own tests do not show."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import language_pb2 as language
from pulumi.runtime.proto.language_pb2_grpc import LanguageRuntimeStub

from tests.support.processes import eventually, gone
from tests.support.workspace import end

HERE = Path(__file__).resolve().parents[2] / "tools" / "engine"

# In place of the SDK's executor: tells what it was started with, then does as the test wishes.
EXECUTOR = """
import json, os, sys, time
told = {"pid": os.getpid(), "arguments": sys.argv[1:], "prefix": sys.prefix, "config": os.environ["PULUMI_CONFIG"],
        "secret": os.environ["PULUMI_CONFIG_SECRET_KEYS"], "virtualenv": os.environ.get("VIRTUAL_ENV")}
open("told.part", "w").write(json.dumps(told)); os.rename("told.part", "told")
time.sleep(float(os.environ.get("SLEEP", 0))); sys.exit(int(os.environ.get("CODE", 0)))
"""


class Host:
    def __init__(self, folder, *, environment):
        for name in ("pulumi-language-python", "language_host.py"):
            shutil.copy(HERE / name, folder / name)
        (folder / "pulumi-language-python-exec").write_text(EXECUTOR)
        self.folder = folder
        self.process = subprocess.Popen(
            [folder / "pulumi-language-python", "127.0.0.1:1"],
            cwd=folder,
            env={**os.environ, "PATH": f"{sys.prefix}/bin:{os.environ['PATH']}", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.port = int(self.process.stdout.readline())
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.port}")
        self.stub = LanguageRuntimeStub(self.channel)

    def request(self, **options):
        settings = Struct()
        settings.update(options)
        info = language.ProgramInfo(
            root_directory=str(self.folder),
            program_directory=str(self.folder),
            entry_point=".",
            options=settings,
        )
        return language.RunRequest(
            project="stock",
            stack="dev",
            pwd=str(self.folder),
            parallel=8,
            dryRun=True,
            monitor_address="127.0.0.1:2",
            config={"stock:text": "hi", "stock:key": "hush"},
            configSecretKeys=["stock:key"],
            info=info,
        )

    def told(self):
        return json.loads((self.folder / "told").read_text())

    def close(self):
        self.channel.close()
        end(self.process.pid)
        with self.process:
            pass


@pytest.fixture
def host(tmp_path):
    started = []

    def start(**environment):
        started.append(Host(tmp_path, environment=environment))
        return started[-1]

    yield start
    for each in started:
        each.close()


def test_the_executor_gets_what_the_official_host_gives_it(host):
    asked = host()

    assert asked.stub.Run(asked.request()) == language.RunResponse()

    told = asked.told()
    assert told["arguments"] == [
        *("--monitor", "127.0.0.1:2"),
        *("--engine", "127.0.0.1:1"),
        *("--project", "stock"),
        *("--root_directory", str(asked.folder)),
        *("--stack", "dev"),
        *("--pwd", str(asked.folder)),
        *("--dry_run", "true"),
        *("--parallel", "8"),
        ".",
    ]
    assert json.loads(told["config"]) == {"stock:key": "hush", "stock:text": "hi"}
    assert json.loads(told["secret"]) == ["stock:key"]


def test_the_projects_virtual_environment_runs_the_program(host):
    asked = host()
    (asked.folder / "venv").symlink_to(sys.prefix)

    asked.stub.Run(asked.request(virtualenv="venv"))

    assert asked.told()["prefix"] == str(asked.folder / "venv")
    assert asked.told()["virtualenv"] == str(asked.folder / "venv")


def test_pulumi_python_cmd_runs_the_program(host):
    # Not sys._base_executable: in Python 3.10 it is the one of the virtual environment.
    asked = host(PULUMI_PYTHON_CMD=f"{sys.base_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}")

    asked.stub.Run(asked.request())

    assert asked.told()["prefix"] == sys.base_prefix


def test_a_python_that_is_not_there_is_an_answer(host):
    asked = host(PULUMI_PYTHON_CMD="python-of-nowhere")

    assert "python-of-nowhere" in asked.stub.Run(asked.request()).error


def test_a_failure_that_the_executor_has_shown_is_not_shown_again(host):
    asked = host(CODE="32")

    assert asked.stub.Run(asked.request()) == language.RunResponse(bail=True)


def test_any_other_failure_is_an_error(host):
    asked = host(CODE="3")

    answer = asked.stub.Run(asked.request())

    assert answer == language.RunResponse(error="program exited with non-zero exit code: 3")


def test_the_program_ends_with_the_call_that_ran_it(host):
    asked = host(SLEEP="600")
    call = asked.stub.Run.future(asked.request())
    eventually((asked.folder / "told").exists)

    call.cancel()

    eventually(lambda: gone(asked.told()["pid"]))
    assert asked.process.poll() is None


def pack(asked, text, **options):
    """A policy pack beside the host, and the request to run it."""
    (asked.folder / "__main__.py").write_text(text)
    settings = Struct()
    settings.update(options)
    info = language.ProgramInfo(
        root_directory=str(asked.folder), program_directory=str(asked.folder), entry_point=".", options=settings
    )
    return language.RunPluginRequest(kind="analyzer", info=info, args=["127.0.0.1:3"], env=["LEVEL=mandatory"])


def test_a_policy_pack_is_run_in_its_folder_and_what_it_prints_handed_on(host):
    asked = host()
    (asked.folder / "venv").symlink_to(sys.prefix)
    text = (
        "import os, sys; print(os.getcwd(), os.environ['LEVEL'], sys.prefix); print('oh', file=sys.stderr); sys.exit(3)"
    )

    answers = list(asked.stub.RunPlugin(pack(asked, text, virtualenv="venv")))

    assert b"".join(one.stdout for one in answers).decode().split() == [
        str(asked.folder),
        "mandatory",
        f"{asked.folder}/venv",
    ]
    assert b"".join(one.stderr for one in answers) == b"oh\n"
    assert answers[-1] == language.RunPluginResponse(exitcode=3)


def test_a_policy_pack_ends_with_the_call_that_ran_it(host):
    asked = host()
    call = asked.stub.RunPlugin(pack(asked, "import os, time; print(os.getpid()); time.sleep(600)"))
    number = int(next(iter(call)).stdout)

    call.cancel()

    eventually(lambda: gone(number))
    assert asked.process.poll() is None


def test_a_plugin_that_is_no_policy_pack_is_refused(host):
    asked = host()

    with pytest.raises(grpc.RpcError, match="policy packs and no other plugins"):
        list(asked.stub.RunPlugin(language.RunPluginRequest(kind="resource")))


def test_a_policy_pack_without_its_environment_is_an_answer(host):
    asked = host()

    with pytest.raises(grpc.RpcError, match="no virtual environment"):
        list(asked.stub.RunPlugin(pack(asked, "", virtualenv="venv")))


def test_an_import_gets_a_comment_for_a_program_and_no_error(host):
    answer = host().stub.GenerateProgram(language.GenerateProgramRequest())

    (text,) = answer.source.values()
    assert b"--generate-code=false" in text
    compile(text, "imported", "exec")
    assert all(line.startswith(b"#") for line in text.splitlines())
    assert not answer.diagnostics


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_host_and_its_program_quietly(host, number):
    asked = host(SLEEP="600")
    call = asked.stub.Run.future(asked.request())  # a call that nobody holds is cancelled
    eventually((asked.folder / "told").exists)

    asked.process.send_signal(number)

    assert asked.process.wait(timeout=60) == 0
    eventually(lambda: gone(asked.told()["pid"]))
    assert asked.process.stdout.read() == ""
    call.cancel()


def test_the_host_ends_with_its_standard_input(host):
    asked = host()

    asked.process.stdin.close()

    assert asked.process.wait(timeout=60) == 0


def test_it_is_reached_from_this_machine_only(host):
    asked = host()

    # On Linux all of 127/8 is this machine; a server on every address would answer here.
    with (
        pytest.raises(OSError, match=r"(?i)refused|assign|unreachable"),
        socket.create_connection(("127.0.0.2", asked.port)),
    ):
        pass
