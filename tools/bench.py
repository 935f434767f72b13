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

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from pydantic import SecretStr

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.lifecycle import Environment
from pulumi_scalekit.resources.organization import Organization
from tests.support.workspace import Workspace
from tools.engine import obtain

ROOT = Path(__file__).resolve().parents[1]
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
    text = (
        FLOOR.format(folder=str(folder), count=count, plugin=plugin) if "floor" in variant else OURS.format(count=count)
    )
    files = {"__main__.py": text}
    environment = {
        **emulator.environment,
        "PYTHONPATH": str(folder),
        "PULUMI_SKIP_CHECKPOINTS": "true",
        "PULUMI_EXPERIMENTAL": "true",
    }
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
                print(
                    f"  {count} organizations, run {run + 1}, {variant}: "
                    + ", ".join(f"{o} {s:.1f} s" for o, s in seconds.items()),
                    file=sys.stderr,
                )
        for variant in ("dynamic", "plugin"):
            for operation in OPERATIONS:
                ratios = [
                    a / b for a, b in zip(times[variant][operation], times[f"floor {variant}"][operation], strict=True)
                ]
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


def in_flight(engine: Path, latency: float = 0.2, count: int = 100) -> list[dict[str, Any]]:
    """InFlight against an API that takes its time: what is left of the wait is requests in flight."""
    rows = []
    for variant in ("floor dynamic", "dynamic", "floor plugin", "plugin"):
        workers = 4 if "dynamic" in variant else 32
        with tempfile.TemporaryDirectory() as scratch, Emulator() as emulator:
            emulator.faults.latency = latency
            stack = project(Path(scratch) / "work", engine, emulator, variant, count)
            began = time.perf_counter()
            stack.pulumi("up", "--yes", "--skip-preview", "--parallel", "64", seconds=900)
            seconds = time.perf_counter() - began
            stack.close()
        bare = count * latency / workers
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


def refresh_requests(
    sizes: tuple[int, ...] = (5, 50, 500), environments: tuple[int, ...] = (500, 50_000)
) -> list[dict[str, Any]]:
    """Requests for a refresh of N organizations of a stack in an environment of M, at the level of the provider."""
    kind = Organization.kind
    rows = []
    for environment_size in environments:
        with Emulator() as emulator:
            client = Client(Settings(emulator.url, emulator.client_id, SecretStr(emulator.client_secret)))
            first = Environment(client)
            made = [
                lifecycle.create(kind, first, {"display_name": f"No {n}", "external_id": f"ext-{n}"})
                for n in range(max(sizes))
            ]
            shown = emulator.store.organizations[made[0].id]
            for n in range(environment_size - len(made)):
                id_ = emulator.store.new_id("org")
                emulator.store.organizations[id_] = type(shown)({**shown, "id": id_, "external_id": f"other-{n}"})
            for size in sizes:
                before = emulator.ledger.mark()
                fresh = Environment(client)
                step = max(1, len(made) // size)
                for one in made[::step][:size]:
                    found = lifecycle.read(kind, fresh, one.id, one.state)
                    assert found is not None
                sent = len(emulator.ledger.since(before))
                pages = -(-environment_size // 100)
                rows.append(
                    {
                        "organizations in the stack": size,
                        "in the environment": environment_size,
                        "requests": sent,
                        "one read each": size,
                        "all pages": pages,
                        "ratio to the cheaper": round(sent / min(size, pages), 2),
                    }
                )
            client.close()
    return rows


def fleet(engine: Path, count: int = 1000) -> list[dict[str, Any]]:
    """What helps a fleet: the engine rewrites its state file at every step."""
    ways: tuple[tuple[str, int, dict[str, str]], ...] = (
        ("one stack", 1, {}),
        ("four stacks, one after the other", 4, {}),
        ("one stack, fewer checkpoints", 1, {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}),
        ("one stack, parallel diffs", 1, {"PULUMI_PARALLEL_DIFF": "true"}),
    )
    rows: list[dict[str, Any]] = []
    for words, stacks, environment in ways:
        up = preview = 0.0
        for _ in range(stacks):
            with tempfile.TemporaryDirectory() as scratch, Emulator() as emulator:
                stack = project(Path(scratch) / "work", engine, emulator, "plugin", count // stacks)
                for name in ("PULUMI_EXPERIMENTAL", "PULUMI_SKIP_CHECKPOINTS"):
                    stack.environment.pop(name)
                stack.environment.update(environment)
                for operation in ("up", "preview"):
                    began = time.perf_counter()
                    stack.pulumi(*COMMANDS[operation], seconds=900)
                    taken = time.perf_counter() - began
                    up, preview = (up + taken, preview) if operation == "up" else (up, preview + taken)
                stack.close()
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


def rpc(count: int = 500) -> list[dict[str, Any]]:
    """Milliseconds of one call to the plugin's process that sends nothing, this client's own share included."""
    process = subprocess.Popen([sys.executable, "-m", "pulumi_scalekit"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    port = int(process.stdout.readline())
    news = struct_pb2.Struct()
    news.update({"displayName": "Acme", "externalId": "acme", "metadata": {"tier": "gold"}})
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        calls = {
            "Check": lambda: stub.Check(provider_pb2.CheckRequest(type=Organization.kind.token, news=news)),
            "Diff": lambda: stub.Diff(provider_pb2.DiffRequest(type=Organization.kind.token, olds=news, news=news)),
        }
        rows = []
        for name, call in calls.items():
            call()
            began = time.perf_counter()
            for _ in range(count):
                call()
            rows.append({"call": name, "ms": round((time.perf_counter() - began) / count * 1000, 2)})
    process.terminate()
    process.communicate()
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as text, every column as wide as it must be."""
    if not rows:
        return ""
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in lines)


SECTIONS = ("operations", "in flight", "refresh", "fleet", "start-up", "rpc")


def main() -> None:
    # As on a user's machine, where Python keeps what it has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organizations", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--runs", type=int, default=3, help="lives of each stack; the median counts (%(default)s)")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="a part of it; may be repeated")
    chosen = parser.parse_args()
    engine = obtain.find()
    if not engine:
        sys.exit("There is no Pulumi engine yet: run `make engine`.")
    measured: dict[str, Any] = {}
    parts = {
        "operations": (
            "Each provider beside the floor: the same requests, sent by a provider that does nothing else. Medians.",
            lambda: operations(engine.folder, chosen.organizations, chosen.runs),
        ),
        "in flight": ("InFlight against a slow API.", lambda: in_flight(engine.folder)),
        "refresh": ("Requests of a refresh: list pages where they are cheaper.", refresh_requests),
        "fleet": ("A thousand organizations in one environment.", lambda: fleet(engine.folder)),
        "rpc": ("One call to the plugin that sends nothing.", rpc),
        "start-up": ("The plugin's process.", lambda: [{"until its port is printed, ms": round(start_up())}]),
    }
    for name, (words, measure) in parts.items():
        if chosen.only and name not in chosen.only:
            continue
        print(f"\n{words}\n", flush=True)
        measured[name] = measure()
        print(table(measured[name]), flush=True)
    (ROOT / "bench.json").write_text(json.dumps(measured, indent=2) + "\n")
    print("\nWritten to bench.json.")


if __name__ == "__main__":
    main()
