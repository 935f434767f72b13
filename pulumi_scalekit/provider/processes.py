"""What the processes of one engine tell each other of the objects that their resources have.

The engine starts a process for each provider of a stack: the stack's own, each explicit one, and after the switch between the
dynamic provider and the plugin the one that the state still names. An object that one of them is to delete may be in
the hands of another.

Each process appends to a file of its own, in a folder of this user's and this engine's, and reads those of the others. It
keeps its file locked as long as it lives: what is not locked was left behind by a process that has ended, and is removed.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import threading
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.remote.run import Object

_DIGITS: Final = 32


class EngineProcesses:
    """The other processes of the same engine.

    Args:
        folder: Where they meet.
        mine: The open file of this process.
        name: Its name.

    """

    def __init__(self, folder: Path, mine: int, name: str) -> None:
        self._folder = folder
        self._mine = mine
        self._name = name
        self._lock = threading.Lock()
        self._unwritten = b""
        self._read: dict[str, int] = {}
        self._holders: dict[str, set[str]] = {}

    @classmethod
    def of(cls, engine: str) -> EngineProcesses | None:
        """Meet the other processes of an engine.

        Args:
            engine: Its address, `127.0.0.1:4711`.

        Returns:
            None where files cannot be shared safely: each process then knows its own resources only.

        """
        if not engine or sys.platform == "win32":
            return None
        base = Path(tempfile.gettempdir()) / f"pulumi-scalekit-{os.getuid()}"
        try:
            base.mkdir(mode=0o700, exist_ok=True)
            # Other users may write to the folder above: what they have put there is not ours.
            if base.is_symlink() or base.stat().st_uid != os.getuid():
                return None
            for left in base.iterdir():
                _tidy(left)
            folder = base / re.sub(r"\W+", "-", engine)
            name = uuid.uuid4().hex
            return cls(folder, _opened(folder / name), name)
        except OSError:
            return None

    def tell(self, thing: Object, resource: str) -> None:
        """Tell the others that a resource holds an object."""
        self._write(f"+{_digest(*thing)} {resource}\n")

    def release(self, thing: Object, resource: str) -> None:
        """Tell the others that a resource does not hold an object any more."""
        self._write(f"-{_digest(*thing)} {resource}\n")

    def _write(self, line: str) -> None:
        with self._lock:
            self._unwritten += line.encode()
            # A full disk must not lose the object that was just created: the next line is written with this one.
            with suppress(OSError):
                self._unwritten = self._unwritten[os.write(self._mine, self._unwritten) :]

    def holders(self, thing: Object) -> set[str]:
        """The resources that hold an object in the other processes.

        Raises:
            ScalekitError: Nobody can say.

        """
        with self._lock:
            try:
                self._catch_up()
            except OSError as error:
                raise ScalekitError(
                    f"which objects the other providers of this run have cannot be read ({error}), so nothing is taken over or "
                    f"deleted. Run `pulumi up` again."
                ) from error
            return set(self._holders.get(_digest(*thing), ()))

    def _catch_up(self) -> None:
        for path in self._folder.iterdir():
            if path.name == self._name:
                continue
            lines = b""
            with suppress(FileNotFoundError), path.open("rb") as file:  # its process has ended, and a new one tidied up
                file.seek(self._read.get(path.name, 0))
                lines = file.read()
            whole = lines[: lines.rfind(b"\n") + 1]
            self._read[path.name] = self._read.get(path.name, 0) + len(whole)
            for line in whole.decode().splitlines():
                digest, _, resource = line[1:].partition(" ")
                holders = self._holders.setdefault(digest, set())
                (holders.add if line.startswith("+") else holders.discard)(resource)


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:_DIGITS]


def _opened(path: Path) -> int:
    """A new file, locked until this process ends."""
    import fcntl  # Late: Windows has none.

    while True:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with suppress(FileNotFoundError):  # tidied away a moment ago
            file = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and os.fstat(file).st_ino == path.stat().st_ino:
                return file
            os.close(file)


def _tidy(folder: Path) -> None:
    """Remove what ended processes have left in a folder, and the folder where nothing else is in it."""
    import fcntl  # Late: Windows has none.

    with suppress(OSError):
        for path in folder.iterdir():
            with path.open("rb") as file, suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
        folder.rmdir()
