"""A virtual environment whose Python is a stand-in, and the fork server behind it."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SETTINGS = ("PYTHON", "LANG", "LC_")
"""Variables that an interpreter looks at when it starts."""


def is_possible() -> bool:
    """Whether processes can be forked here. Coverage measures what an interpreter starts by itself."""
    return sys.platform == "linux" and not any(name.startswith("COVERAGE") for name in os.environ)


class ForkedPython:
    """The processes that a command starts, forked from one that has imported what they import.

    Args:
        folder: Where the virtual environment is made.
        environment: A process whose settings of Python are others than these is not forked.
        commands: The names of programs in Python that it has besides, and their files.
        scripts: Files that are forked too where its Python is asked to run them.

    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        commands: Mapping[str, Path] | None = None,
        scripts: Iterable[Path] = (),
    ) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self._socket = Path(tempfile.mkdtemp(prefix="fork-server-"), "socket")  # its path may not be long
        self._server = subprocess.Popen(
            [sys.executable, _HERE / "server.py", self._socket],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the tests, which end it
        )
        assert self._server.stdout is not None
        assert self._server.stdout.readline() == b"\n", "the fork server did not start"
        files = {name: str(path) for name, path in (commands or {}).items()}
        self._lay(
            ("python", "python3", *files),
            str(self._socket),
            sys.executable,
            {os.fsencode(k): os.fsencode(v) for k, v in environment.items() if k.startswith(_SETTINGS)},
            _SETTINGS,
            files,
            {*files.values(), *map(str, scripts)},
        )

    def _lay(self, names: Iterable[str], *told: Any) -> None:
        self.python.parent.mkdir(parents=True)
        self.python.with_name("forked").write_bytes(marshal.dumps(told))
        for name in names:
            file = self.python.with_name(name)
            # The path of an interpreter in a virtual environment may be too long for this line.
            file.write_text(f"#!{os.path.realpath(sys.executable)} -ISE\n{(_HERE / 'stand_in.py').read_text()}")
            file.chmod(0o755)
        real = Path(sys.prefix)
        for path in [*real.iterdir(), *(real / "bin").iterdir()]:
            here = self.folder / path.relative_to(real)
            if not here.exists():
                here.symlink_to(path)

    def close(self) -> None:
        """End the server and what it has forked."""
        with self._server:
            assert self._server.stdin is not None
            self._server.stdin.close()
