"""Runs a long command so that a person can see it working."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class StepError(Exception):
    """A command ended with an error; the message is the end of what it printed."""


def say(line: str) -> None:
    print(line, flush=True)  # a pipe would hold the line back until the step it announces is over


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    describe: Callable[[Sequence[str]], str] = lambda _: "",
    every: float = 15,
) -> list[str]:
    """Run `command` and return its lines; say every few seconds how long it has run and what `describe` makes of them."""
    started = time.monotonic()
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise StepError(str(error)) from error
    lines: list[str] = []
    with process:
        reader = threading.Thread(target=lambda: lines.extend(map(str.rstrip, process.stdout or ())), daemon=True)
        try:
            reader.start()
            while reader.is_alive():
                reader.join(every)
                if reader.is_alive():
                    minutes, seconds = divmod(int(time.monotonic() - started), 60)
                    say(f"    {minutes}:{seconds:02} {describe(lines)}".rstrip())
        except BaseException:  # Ctrl-C above all: nothing that we started goes on behind the user's back
            process.send_signal(signal.SIGINT)  # at which go and pip clear up, as they do not at a SIGTERM
            raise
    if process.returncode:
        last = "\n".join(deque(lines, 12))
        raise StepError(last or f"{Path(command[0]).name} ended with exit code {process.returncode}")
    return lines
