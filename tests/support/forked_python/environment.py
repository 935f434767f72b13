"""A virtual environment whose Python is a stand-in, and the fork servers behind it."""

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
_PLUGIN = {"pulumi-resource-scalekit"}


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
        files = {name: str(path) for name, path in (commands or {}).items()}
        self._servers: list[subprocess.Popen[bytes]] = []
        # The plugin's process has no SDK, so another than those of programs has to be forked for it.
        servers = {
            "": self._serve(environment),
            **{name: self._serve(environment, "plugin") for name in _PLUGIN & files.keys()},
        }
        self._lay(
            ("python", "python3", *files),
            servers,
            sys.executable,
            {os.fsencode(k): os.fsencode(v) for k, v in environment.items() if k.startswith(_SETTINGS)},
            _SETTINGS,
            files,
            {*files.values(), *map(str, scripts)},
        )

    def _serve(self, environment: Mapping[str, str], *arguments: str) -> str:
        """Start a server, and return where it can be asked."""
        socket = Path(tempfile.mkdtemp(prefix="fork-server-"), "socket")  # its path may not be long
        server = subprocess.Popen(
            [sys.executable, _HERE / "server.py", socket, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the tests, which end it
        )
        assert server.stdout is not None
        assert server.stdout.readline() == b"\n", "the fork server did not start"
        self._servers.append(server)
        return str(socket)

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
        """End the servers and what they have forked."""
        for server in self._servers:
            with server:
                assert server.stdin is not None
                server.stdin.close()
