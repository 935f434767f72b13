"""What helps a fleet: the engine rewrites its state file at every step."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from tools.bench.operations import COMMANDS
from tools.bench.stack import FEWER_CHECKPOINTS, stack


def fleet(engine: Path, count: int = 1000) -> list[dict[str, Any]]:
    """What helps a fleet: the engine rewrites its state file at every step."""
    ways: tuple[tuple[str, int, dict[str, str]], ...] = (
        ("one stack", 1, {}),
        ("four stacks, one after the other", 4, {}),
        ("one stack, fewer checkpoints", 1, FEWER_CHECKPOINTS),
        ("one stack, parallel diffs", 1, {"PULUMI_PARALLEL_DIFF": "true"}),
    )
    rows: list[dict[str, Any]] = []
    for words, stacks, environment in ways:
        up = preview = 0.0
        for _ in range(stacks):
            with tempfile.TemporaryDirectory() as scratch, Emulator() as emulator:
                made = stack(Path(scratch) / "work", engine, emulator, "plugin", count // stacks, connections=False)
                for name in FEWER_CHECKPOINTS:
                    made.environment.pop(name)
                made.environment.update(environment)
                for operation in ("up", "preview"):
                    began = time.perf_counter()
                    made.pulumi(*COMMANDS[operation], seconds=900)
                    taken = time.perf_counter() - began
                    up, preview = (up + taken, preview) if operation == "up" else (up, preview + taken)
                made.close()
        first = rows[0] if rows else {"up, s": up, "preview, s": preview}
        rows.append(
            {
                "organizations": count,
                "way": words,
                "up, s": round(up, 1),
                "up, ratio": round(up / first["up, s"], 2),
                "preview, s": round(preview, 1),
                "preview, ratio": round(preview / first["preview, s"], 2),
            }
        )
    return rows
