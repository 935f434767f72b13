"""A Python that has imported what the processes of a command import, and forks a child for each that is asked for.

A child is what `python …` would have started, but that its imports are done, in one order, and that the hashes of texts are the
same in all children: tests of imports start an interpreter of their own. No import may start a thread, or a child could begin
with a lock that nobody will let go.
"""

import contextlib
import gc
import importlib
import io
import marshal
import os
import runpy
import select
import signal
import socket
import sys
import types
from array import array
from pathlib import Path

MODULES = (
    # what the two scripts of the engine import
    "argparse",
    "concurrent.futures.thread",
    "dill",
    "grpc",
    "pulumi.dynamic",
    "pulumi.runtime.proto.language_pb2_grpc",
    # what the package imports
    "httpx",
    "pydantic",
    "tenacity",
    "yaml",
    # ours
    "pulumi_scalekit.api.client",
    "pulumi_scalekit.cli",
    "pulumi_scalekit.provider.dynamic",
    "pulumi_scalekit.provider.serve",
    "pulumi_scalekit.resources",
)


PLUGIN = (
    "concurrent.futures.thread",
    "httpx",
    "pydantic",
    "tenacity",
    "yaml",
    "pulumi_scalekit.api.client",
    "pulumi_scalekit.provider.serve",
    "pulumi_scalekit.resources",
)
"""What the plugin imports, whose process has no SDK."""


class Child:
    """A process that runs what was asked for, as long as the one that asked is there."""

    def __init__(self, pid: int, asking: socket.socket) -> None:
        self.pid = pid
        self.asking = asking
        self.handle = os.pidfd_open(pid)

    def kill(self) -> None:
        signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def status(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def tell(self, number: int) -> None:
        with contextlib.suppress(OSError):  # who asked may be gone
            self.asking.sendall(number.to_bytes(4, "big", signed=True))

    def close(self) -> None:
        os.close(self.handle)
        self.asking.close()


def serve(address: str) -> socket.socket:
    """Fork a child for each that connects, until stdin ends. Returns in the child, with the connection.

    The address is in a folder of its own, which goes with the server, also where the tests were killed.
    """
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(64)
    poll = select.poll()
    poll.register(0)
    poll.register(listening)
    children: dict[int, Child] = {}
    sys.stdout.write("\n")  # it may be asked from now on
    sys.stdout.flush()
    while True:
        ready, _ = poll.poll()[0]  # one at a time: what it does may be the end of the next
        if ready == 0:
            for child in children.values():
                child.kill()
            Path(address).unlink()
            Path(address).parent.rmdir()
            os._exit(0)
        elif ready == listening.fileno():
            asking, _ = listening.accept()
            pid = os.fork()
            if not pid:
                listening.close()
                for other in {*children.values()}:
                    other.close()
                return asking
            child = Child(pid, asking)
            children[child.handle] = children[asking.fileno()] = child
            poll.register(child.handle, select.POLLIN)
            poll.register(asking, select.POLLRDHUP)
            child.tell(pid)
        else:
            child = children.pop(ready)
            poll.unregister(ready)
            if ready != child.handle:
                child.kill()
                continue
            if children.pop(child.asking.fileno(), None):
                poll.unregister(child.asking)
            child.tell(child.status())
            child.close()


def received(asking: socket.socket) -> tuple[list[str], str, dict[bytes, bytes]]:
    """What is asked for; the files of the one that asks become this process's own."""
    size, ancillary, _, _ = asking.recvmsg(4, socket.CMSG_LEN(3 * array("i").itemsize))
    if not size:  # who asked is gone
        os._exit(0)
    files = array("i", ancillary[0][2])
    request = asking.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL)
    asking.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    return marshal.loads(request)


def reopen(unbuffered: bool) -> None:
    """Give the three files to `sys` as the interpreter does."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        was = getattr(sys, name)
        binary = open(number, "wb" if number else "rb", buffering=0 if unbuffered and number else -1, closefd=False)  # noqa: SIM115 - open to the end
        opened = io.TextIOWrapper(
            binary, was.encoding, was.errors, line_buffering=number == 2, write_through=unbuffered and number > 0
        )
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)


def run(arguments: list[str], folder: str, environment: dict[bytes, bytes]) -> None:
    """Be the process that `python arguments…` starts in this folder, with this environment."""
    os.chdir(folder)
    os.environb.clear()
    os.environb.update(environment)
    sys.orig_argv = [sys.executable, *arguments]
    unbuffered = arguments[0] == "-u"
    arguments = arguments[unbuffered:]
    reopen(unbuffered or bool(environment.get(b"PYTHONUNBUFFERED")))
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    vars(main)["__builtins__"] = __builtins__
    if arguments[0] == "-m":
        sys.path.insert(0, folder)
        sys.argv[:] = arguments[1:]
        runpy._run_module_as_main(arguments[1])  # type: ignore[attr-defined]
    else:
        script = arguments[0]
        sys.path.insert(0, str(Path(script).resolve().parent))
        sys.argv[:] = arguments
        main.__file__ = script
        exec(compile(Path(script).read_bytes(), script, "exec"), main.__dict__)


if __name__ == "__main__":
    del sys.path[0]
    plugin = sys.argv[2:] == ["plugin"]
    if plugin:
        importlib.import_module("pulumi_scalekit.provider.protocol").alone()
    for module in PLUGIN if plugin else MODULES:
        importlib.import_module(module)
    assert len([*Path("/proc/self/task").iterdir()]) == 1, "an import has started a thread"
    gc.collect()
    gc.freeze()
    run(*received(serve(sys.argv[1])))
