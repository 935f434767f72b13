"""`make bench`: requests, times and CPU of both providers, beside the floor of a provider that only sends the bare requests.

Times are ratios within one run: machines differ and are noisy. The tables are printed and written to bench.json;
`--picture` draws what they say of the operations.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.bench.fleet import fleet
from tools.bench.in_flight import in_flight
from tools.bench.operations import operations
from tools.bench.picture import picture
from tools.bench.plugin import rpc, start_up
from tools.bench.refresh import refresh_beside_pages
from tools.bench.report import report
from tools.bench.thousands import thousands
from tools.engine import obtain

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = ("operations", "in flight", "refresh", "fleet", "thousands", "report", "start-up", "rpc")
ALONE = ("thousands",)
"""Sections that run only where they are named: they take more than an hour."""


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as text, every column as wide as it must be."""
    if not rows:
        return ""
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in lines)


def main() -> None:
    """Measure what was chosen."""
    # As on a user's machine, where Python keeps what it has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organizations", type=int, nargs="+", default=[100, 300], help="with a connection each")
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 50], help="of the API, in ms")
    parser.add_argument("--runs", type=int, default=5, help="lives of each stack; the median counts (%(default)s)")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="a part of it; may be repeated")
    parser.add_argument("--out", type=Path, default=ROOT / "bench.json", help="where the tables go")
    parser.add_argument("--picture", type=Path, help="an SVG file for the picture of the operations")
    chosen = parser.parse_args()
    engine = obtain.find()
    if not engine:
        sys.exit("There is no Pulumi engine yet: run `make engine`.")
    latencies = [each / 1000 for each in chosen.latency]
    measured: dict[str, Any] = {}
    parts: dict[str, tuple[str, Callable[[], list[dict[str, Any]]]]] = {
        "operations": (
            "Each provider beside its floor: the same requests, sent by a provider that does nothing else. Medians.",
            lambda: operations(engine.folder, chosen.organizations, latencies, chosen.runs),
        ),
        "in flight": ("A slow API: what is left of the wait.", lambda: in_flight(engine.folder)),
        "refresh": (
            "A refresh with 32 threads at 100 ms: list pages come beside the reads. The time is a ratio to plain reads.",
            refresh_beside_pages,
        ),
        "fleet": ("A thousand organizations in one environment.", lambda: fleet(engine.folder)),
        "thousands": (
            "Thousands of organizations with a connection each: ratios to the floor, all `up`s, and one stack's other operations.",
            lambda: thousands(engine.folder),
        ),
        "report": ("A report on a whole environment, with a domain and a connection for each tenant.", report),
        "rpc": ("One call to the plugin that sends nothing.", rpc),
        "start-up": ("The plugin's process.", lambda: [{"until its port is printed, ms": round(start_up())}]),
    }
    for name, (words, measure) in parts.items():
        if name not in (chosen.only or set(SECTIONS) - set(ALONE)):
            continue
        print(f"\n{words}\n", flush=True)
        measured[name] = measure()
        print(table(measured[name]), flush=True)
    chosen.out.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to {chosen.out.name}.")
    if chosen.picture and "operations" in measured:
        picture(measured["operations"], chosen.picture)


if __name__ == "__main__":
    main()
