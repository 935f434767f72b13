"""What a report on many tenants costs: requests and time, and a refresh of the same stack beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.report.run import DRIFT
from tests.support.exported import Exported

CHANGED = 20
"""Tenants that somebody changes by hand, or all where there are fewer."""


def report(counts: tuple[int, ...] = (200, 1000), latencies: tuple[float, ...] = (0.0, 0.05)) -> list[dict[str, Any]]:
    """Reports on environments of organizations with a domain and a connection each, some of which somebody switched off.

    Args:
        counts: Numbers of organizations.
        latencies: Seconds that the API takes for an answer.

    """
    rows = []
    for count in counts:
        with Emulator() as emulator, tempfile.TemporaryDirectory() as folder:
            config = {
                "scalekit:environmentUrl": emulator.url,
                "scalekit:clientId": emulator.client_id,
                "scalekit:clientSecret": emulator.client_secret,
            }
            stack = Exported(config)
            for number in range(count):
                stack.tenant(f"tenant-{number}")
            state = stack.write(Path(folder) / "production.json")
            for connection in list(emulator.store.connections.values())[:CHANGED]:
                connection["enabled"] = False
            for latency in latencies:
                emulator.faults.latency = latency
                before = emulator.ledger.mark()
                began = time.perf_counter()
                ended = subprocess.run(
                    [str(Path(sys.prefix) / "bin" / "pulumi-scalekit"), "report", "--state", state, "--format", "json"],
                    cwd=folder,
                    env={**os.environ, **emulator.environment},
                    stdout=subprocess.PIPE,
                    check=False,
                )
                taken = time.perf_counter() - began
                if ended.returncode != DRIFT:
                    raise RuntimeError(f"report ended with {ended.returncode}, and tenants have drifted")
                rows.append(
                    {
                        "tenants": count,
                        "latency, ms": round(latency * 1000),
                        "requests": len(emulator.ledger.since(before)),
                        "one read of each object": 3 * count,
                        "s": round(taken, 1),
                    }
                )
    return rows
