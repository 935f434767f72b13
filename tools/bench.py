"""`make bench`: requests and times of both providers, beside the floor of a provider that only sends the bare requests.

Times are ratios within one run: machines differ and are noisy. The table is printed, and written to bench.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "engine"), str(ROOT / "tools")]

from engine import obtain  # noqa: E402
from workspace import Workspace  # noqa: E402

from pulumi_scalekit.emulator import Emulator  # noqa: E402

OURS = """
import pulumi_scalekit as scalekit
for n in range({count}):
    scalekit.Organization(f"org-{{n}}", display_name=f"Organization {{n}}", external_id=f"ext-{{n}}")
"""
FLOOR = """
import sys
sys.path.insert(0, {folder!r})
from bare import Organization
for n in range({count}):
    Organization(f"org-{{n}}", f"Organization {{n}}", f"ext-{{n}}", plugin={plugin})
"""
VARIANTS = ("floor dynamic", "dynamic", "floor plugin", "plugin")
OPERATIONS = ("up", "preview", "refresh")
COMMANDS = {
    "up": ("up", "--yes", "--skip-preview"),
    "preview": ("preview", "--expect-no-changes"),
    "refresh": ("refresh", "--yes", "--skip-preview", "--expect-no-changes"),
}
Runs = dict[str, dict[str, list[float]]]


def project(scratch: Path, engine: Path, emulator: Emulator, variant: str, count: int) -> Workspace:
    """A project with `count` organizations of one variant."""
    plugin = "plugin" in variant
    folder = ROOT / "tools" / "floor"
    text = FLOOR.format(folder=str(folder), count=count, plugin=plugin) if "floor" in variant else OURS.format(count=count)
    files = {"__main__.py": text}
    environment = {**emulator.environment, "PYTHONPATH": str(folder), "PULUMI_SKIP_CHECKPOINTS": "true", "PULUMI_EXPERIMENTAL": "true"}
    made = Workspace(scratch, files, engine=engine, home=scratch.parent / "home", environment=environment)
    if variant == "plugin":
        made.config("scalekit:plugin", "true")
    if variant == "floor plugin":
        script = scratch / "bin" / "pulumi-resource-bare"
        script.parent.mkdir()
        script.write_text(f"#!/bin/sh\nexec {sys.executable} {folder / 'bare.py'}\n")
        script.chmod(0o755)
        made.environment["PATH"] = f"{script.parent}{os.pathsep}{made.environment['PATH']}"
    return made


def life(scratch: Path, engine: Path, variant: str, count: int) -> tuple[dict[str, float], dict[str, int]]:
    """Seconds and requests of each operation in one life of a stack."""
    seconds, requests = {}, {}
    with Emulator() as emulator:
        stack = project(scratch, engine, emulator, variant, count)
        try:
            for operation in OPERATIONS:
                before, began = emulator.ledger.mark() + len(emulator.ledger.tokens), time.perf_counter()
                stack.pulumi(*COMMANDS[operation], seconds=900)
                seconds[operation] = time.perf_counter() - began
                requests[operation] = emulator.ledger.mark() + len(emulator.ledger.tokens) - before
        finally:
            stack.close()
    return seconds, requests


def operations(engine: Path, counts: list[int], runs: int) -> list[dict[str, Any]]:
    """Every operation at every size: requests, seconds, and the ratio to the floor, medians over the runs."""
    rows = []
    for count in counts:
        times: Runs = {variant: {operation: [] for operation in OPERATIONS} for variant in VARIANTS}
        requests: dict[str, dict[str, int]] = {}
        for run in range(runs):
            # In turn, so that a slow minute of the machine hits all alike.
            for variant in VARIANTS:
                with tempfile.TemporaryDirectory() as scratch:
                    seconds, requests[variant] = life(Path(scratch) / "work", engine, variant, count)
                for operation in OPERATIONS:
                    times[variant][operation].append(seconds[operation])
                print(f"  {count} organizations, run {run + 1}, {variant}: " + ", ".join(f"{o} {s:.1f} s" for o, s in seconds.items()), file=sys.stderr)
        for variant in ("dynamic", "plugin"):
            for operation in OPERATIONS:
                ratios = [a / b for a, b in zip(times[variant][operation], times[f"floor {variant}"][operation], strict=True)]
                rows.append(
                    {
                        "organizations": count,
                        "provider": variant,
                        "operation": operation,
                        "requests": requests[variant][operation],
                        "floor requests": requests[f"floor {variant}"][operation],
                        "seconds": round(statistics.median(times[variant][operation]), 2),
                        "ratio to floor": round(statistics.median(ratios), 2),
                    }
                )
    return rows


def start_up(runs: int = 5) -> float:
    """Milliseconds until the plugin has printed its port, median."""
    measured = []
    for _ in range(runs):
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "pulumi_scalekit"], stdout=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()
        measured.append((time.perf_counter() - began) * 1000)
        process.terminate()
        process.communicate()
    return statistics.median(measured)


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as text, every column as wide as it must be."""
    if not rows:
        return ""
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--runs", type=int, default=3, help="lives of each stack; the median counts (%(default)s)")
    chosen = parser.parse_args()
    engine = obtain.find()
    if not engine:
        sys.exit("There is no Pulumi engine yet: run `make engine`.")
    print("Each provider beside the floor: the same requests, sent by a provider that does nothing else. Medians.\n")
    measured = {
        "operations": operations(engine.folder, chosen.organizations, chosen.runs),
        "plugin start-up, ms": round(start_up()),
    }
    print(table(measured["operations"]))
    print(f"\nThe plugin answers {measured['plugin start-up, ms']} ms after it was started.")
    (ROOT / "bench.json").write_text(json.dumps(measured, indent=2) + "\n")
    print("Written to bench.json.")


if __name__ == "__main__":
    main()
