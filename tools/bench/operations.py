"""Every operation in the life of a stack: wall time, CPU and requests, beside the floor and the bare requests."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tools.bench.stack import VARIANTS, stack

COMMANDS: dict[str, tuple[str, ...]] = {
    "up": ("up", "--yes", "--skip-preview"),
    "preview": ("preview", "--expect-no-changes"),
    "refresh": ("refresh", "--yes", "--skip-preview", "--expect-no-changes"),
    "one change": ("up", "--yes", "--skip-preview"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
_AFTER_THE_CHANGE = ("one change", "destroy")


@dataclass(frozen=True)
class Cost:
    """What one operation took.

    Attributes:
        wall: Seconds.
        cpu: Seconds of all processes: engine, program and provider.
        requests: To the API, those for a token included.

    """

    wall: float
    cpu: float
    requests: int


def life(scratch: Path, engine: Path, variant: str, count: int, latency: float) -> dict[str, Cost]:
    """The cost of each operation in one life of a stack.

    Args:
        scratch: A folder that is not there yet.
        engine: The folder of the `pulumi` command.
        variant: Of `VARIANTS`.
        count: Organizations.
        latency: Seconds that the API takes for an answer.

    """
    costs = {}
    with Emulator() as emulator:
        emulator.faults.latency = latency
        made = stack(scratch, engine, emulator, variant, count)
        try:
            for operation, command in COMMANDS.items():
                if operation in _AFTER_THE_CHANGE:
                    made.environment["TITLE"] = "Log in"
                sent, cpu, began = _sent(emulator), _cpu(), time.perf_counter()
                made.pulumi(*command, seconds=1800)
                wall = time.perf_counter() - began
                costs[operation] = Cost(wall, _cpu() - cpu, _sent(emulator) - sent)
            if emulator.store.organizations or emulator.store.connections:
                raise RuntimeError(f"{variant}: the destroy left something behind")
        finally:
            made.close()
    return costs


def _sent(emulator: Emulator) -> int:
    return emulator.ledger.mark() + len(emulator.ledger.tokens)


def _cpu() -> float:
    """Seconds of CPU of the commands that have ended, with all that they started and waited for."""
    times = os.times()
    return times.children_user + times.children_system


def operations(engine: Path, counts: Sequence[int], latencies: Sequence[float], runs: int) -> list[dict[str, Any]]:
    """Each operation of both providers: medians over the runs, and the ratios to the floor of the same run.

    Args:
        engine: The folder of the `pulumi` command.
        counts: Numbers of organizations.
        latencies: Of the API, in seconds.
        runs: Lives of each stack.

    """
    return [
        row
        for count in counts
        for latency in latencies
        for row in _rows(count, latency, _lives(engine, count, latency, runs))
    ]


Lives = dict[str, dict[str, list[Cost]]]


def _lives(engine: Path, count: int, latency: float, runs: int) -> Lives:
    lives: Lives = {variant: defaultdict(list) for variant in VARIANTS}
    for run in range(runs):
        # In turn, so that a slow minute of the machine hits all alike.
        for variant in VARIANTS:
            with tempfile.TemporaryDirectory() as scratch:
                costs = life(Path(scratch) / "work", engine, variant, count, latency)
            for operation, cost in costs.items():
                lives[variant][operation].append(cost)
            told = ", ".join(f"{operation} {cost.wall:.1f} s" for operation, cost in costs.items())
            print(f"  {count} at {latency * 1000:.0f} ms, run {run + 1}, {variant}: {told}", file=sys.stderr)
    return lives


def _rows(count: int, latency: float, lives: Lives) -> list[dict[str, Any]]:
    rows = []
    for provider in ("dynamic", "plugin"):
        for operation in COMMANDS:
            ours, floor = lives[provider][operation], lives[f"floor {provider}"][operation]
            rows.append(
                {
                    "organizations": count,
                    "latency, ms": round(latency * 1000),
                    "provider": provider,
                    "operation": operation,
                    "requests": ours[0].requests,
                    "floor's requests": floor[0].requests,
                    "wall, s": round(statistics.median(each.wall for each in ours), 2),
                    "wall, ratio": _ratio([each.wall for each in ours], [each.wall for each in floor]),
                    "CPU, s": round(statistics.median(each.cpu for each in ours), 2),
                    "CPU, ratio": _ratio([each.cpu for each in ours], [each.cpu for each in floor]),
                }
            )
    return rows


def _ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    return round(statistics.median(a / b for a, b in zip(ours, floor, strict=True)), 2)
