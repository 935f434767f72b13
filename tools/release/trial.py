"""`python -m tools.release.trial [FOLDER]`: make this machine's archive, in a folder or to forget it, and start the plugin.

Runs on Windows too.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.engine.progress import StepError, run, say
from tools.release import archive, distributions

NOBODY = "127.0.0.1:1"
"""An engine's address at which there is none: the plugin ends by itself."""


def start(packed: Path, folder: Path) -> None:
    """Unpack an archive of this machine and start what is in it as the engine does."""
    say(f"Starting the plugin of {packed.name} …")
    archive.unpack(packed, folder)
    launcher = folder / archive.of_this_machine().launcher
    environment = {**environ, "PULUMI_PYTHON_CMD": sys.executable}
    told = run([launcher, "--version"], environment=environment)
    if told != [version("pulumi-scalekit")]:
        raise StepError(f"{packed.name} says that its version is {told}.")
    with subprocess.Popen([launcher, NOBODY], stdout=subprocess.PIPE, text=True, env=environment) as process:
        line = process.stdout.readline() if process.stdout else ""
        if not line.strip().isdigit():
            raise StepError(f"{packed.name} does not print its port, but {line!r}.")
        process.wait(60)


def main(words: list[str]) -> int:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        target = Path(words[0]) if words else folder
        try:
            target.mkdir(parents=True, exist_ok=True)
            wheel = distributions.wheel(folder)
            start(archive.build(wheel, archive.of_this_machine(), target, when=0), folder / "plugin")
        except StepError as failed:
            say(str(failed))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
