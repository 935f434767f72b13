"""Runs a long command so that a person can see it working."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)
_CLEAR_UP = 10.0
"""Seconds in which an interrupted command may end by itself."""


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
    with _interruptions_held() as release:
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
        reader = threading.Thread(target=lambda: lines.extend(map(str.rstrip, process.stdout or ())), daemon=True)
        reader.start()
        with process:
            try:
                release()
                while reader.is_alive():
                    reader.join(every)
                    if reader.is_alive():
                        minutes, seconds = divmod(int(time.monotonic() - started), 60)
                        say(f"    {minutes}:{seconds:02} {describe(lines)}".rstrip())
            except BaseException:  # Ctrl-C above all: nothing that we started goes on behind the user's back
                process.send_signal(signal.SIGINT)  # at which go and pip clear up, as they do not at a SIGTERM
                reader.join(_CLEAR_UP)
                if reader.is_alive():
                    process.kill()
                    reader.join(_CLEAR_UP)
                raise
    if process.returncode:
        last = "\n".join(deque(lines, 12))
        raise StepError(last or f"{Path(command[0]).name} ended with exit code {process.returncode}")
    return lines


@contextmanager
def _interruptions_held() -> Iterator[Callable[[], None]]:
    """Let no interruption come between the start of a process and the code that ends it.

    Yields:
        What lets them through again; one that came meanwhile is raised by it.

    """
    came: list[int] = []
    # What is ignored, as in a background job, stays so.
    heard = [number for number in _INTERRUPTIONS if signal.getsignal(number) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in heard}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def release() -> None:
        restore()
        if came:
            raise KeyboardInterrupt

    try:
        yield release
    finally:
        restore()
