"""Requests in flight: what is left of the wait for a slow API."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tools.bench.stack import VARIANTS, stack


def in_flight(engine: Path, latency: float = 0.2, count: int = 100) -> list[dict[str, Any]]:
    """An `up` against an API that takes its time."""
    rows = []
    for variant in VARIANTS:
        workers = 4 if "dynamic" in variant else 32
        with tempfile.TemporaryDirectory() as scratch, Emulator() as emulator:
            emulator.faults.latency = latency
            made = stack(Path(scratch) / "work", engine, emulator, variant, count, connections=False)
            began = time.perf_counter()
            made.pulumi("up", "--yes", "--skip-preview", "--parallel", "64", seconds=900)
            seconds = time.perf_counter() - began
            made.close()
            bare = len(emulator.ledger) * latency / workers
        rows.append(
            {
                "provider": variant,
                "creates": count,
                "latency, ms": round(latency * 1000),
                "requests in flight": workers,
                "waiting alone, s": round(bare, 1),
                "up, s": round(seconds, 1),
            }
        )
    return rows
