"""Thousands of tenants with a connection each, with the settings that the guide recommends: time and memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tests.support.workspace import Workspace
from tools.bench.memory import peak
from tools.bench.operations import COMMANDS
from tools.bench.stack import RECOMMENDED, VARIANTS, stack


def thousands(engine: Path, sizes: Sequence[tuple[int, int]] = ((1, 1000), (10, 1000))) -> list[dict[str, Any]]:
    """Every operation in one stack, and the `up` of all stacks of the environment, one after the other.

    Args:
        engine: The folder of the `pulumi` command.
        sizes: How many stacks there are in one environment, and how many organizations each has.

    """
    rows = []
    for stacks, count in sizes:
        measured = {variant: _life(engine, variant, stacks, count) for variant in VARIANTS}
        for variant, (seconds, memory) in measured.items():
            floor, _ = measured[f"floor {variant.removeprefix('floor ')}"]
            ratios = {operation: round(taken / floor[operation], 2) for operation, taken in seconds.items()}
            rows.append(
                {
                    "organizations": stacks * count,
                    "stacks": stacks,
                    "provider": variant,
                    **ratios,
                    "up, s": round(seconds["up"], 1),
                    "memory, MB": round(memory / 1e6),
                }
            )
    return rows


def _life(engine: Path, variant: str, stacks: int, count: int) -> tuple[dict[str, float], int]:
    """Seconds of each operation, and the most memory that one of them took."""
    seconds, memory = dict.fromkeys(COMMANDS, 0.0), 0
    with tempfile.TemporaryDirectory() as scratch, Emulator() as emulator:
        made: list[Workspace] = []
        try:
            for number in range(stacks):
                folder = Path(scratch) / f"stack-{number}" / "work"
                last = stack(folder, engine, emulator, variant, count, first=number * count)
                made.append(last)
                last.environment.update(RECOMMENDED)
                # All of them are created, and the last one alone is looked after from then on.
                for operation in COMMANDS if number == stacks - 1 else ("up",):
                    if operation == "one change":
                        last.environment["TITLE"] = "Log in"
                    taken, most = _timed(last, operation)
                    seconds[operation] += taken
                    memory = max(memory, most)
        finally:
            for each in made:
                each.close()
    told = ", ".join(f"{operation} {taken:.1f} s" for operation, taken in seconds.items())
    print(f"  {stacks} of {count}, {variant}: {told}, {memory / 1e6:.0f} MB", file=sys.stderr)
    return seconds, memory


def _timed(made: Workspace, operation: str) -> tuple[float, int]:
    began = time.perf_counter()
    with peak() as seen:
        made.pulumi(*COMMANDS[operation], seconds=3600)
    return time.perf_counter() - began, seen.resident
