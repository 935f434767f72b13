"""The plugin's process: its start, and one call that sends nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from pulumi_scalekit.resources.organization import Organization


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
        calls: dict[str, Callable[[], Any]] = {
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
