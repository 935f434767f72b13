"""Stands where a command looks for Python, and has the fork server do what it is asked to.

A bare interpreter runs it, which is there in a hundredth of a second: only what is built in may be imported. The work is done by
a child of the server. This process waits for it, passes signals on and ends as it does; if this process is killed, the server
kills the child.
"""

import _signal  # type: ignore[import-not-found]
import _socket
import marshal
import posix
import sys

PASSED_ON = (_signal.SIGINT, _signal.SIGTERM, _signal.SIGHUP)

here, _, name = sys.argv[0].rpartition("/")
with open(f"{here}/forked", "rb") as file:  # noqa: PTH123 - pathlib would take longer than all the rest
    servers, python, settings, variables, commands, scripts = marshal.load(file)


def is_forked(arguments: list[str]) -> bool:
    """Whether the server does it: it is one of the processes that most commands start, with the settings that it has too."""
    words = arguments[1:] if arguments[:1] == ["-u"] else arguments
    if words[:1] == ["-m"]:
        known = words[1] == "pulumi.dynamic"
    else:
        known = bool(words) and (words[0] in scripts or words[0].endswith("/pulumi-language-python-exec"))
    return known and {k: v for k, v in posix.environ.items() if k.decode().startswith(variables)} == settings


def kill(child: int, number: int) -> None:
    try:  # noqa: SIM105 - contextlib would take longer than all the rest
        posix.kill(child, number)
    except ProcessLookupError:  # it has just ended
        pass


def ask(arguments: list[str]) -> int:
    """Have it done, and return how it ended: the exit code, or the signal below zero."""
    # A signal that comes while the child begins is meant for it: it waits until it can be passed on.
    _signal.pthread_sigmask(_signal.SIG_BLOCK, PASSED_ON)
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    connection.connect(servers.get(name, servers[""]))
    files = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
    request = marshal.dumps((arguments, posix.getcwd(), posix.environ))
    connection.sendmsg([len(request).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
    connection.sendall(request)
    child = int.from_bytes(connection.recv(4, _socket.MSG_WAITALL), "big")
    for number in PASSED_ON:
        _signal.signal(number, lambda number, _: kill(child, number))
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, PASSED_ON)
    return int.from_bytes(connection.recv(4, _socket.MSG_WAITALL), "big", signed=True)


arguments = [commands[name], *sys.argv[1:]] if name in commands else sys.argv[1:]
if not is_forked(arguments):
    # Under this name it finds the libraries beside it.
    posix.execv(python, [f"{here}/python", *arguments])
status = ask(arguments)
if status < 0:
    _signal.signal(-status, _signal.SIG_DFL)
    posix.kill(posix.getpid(), -status)
posix._exit(status)
