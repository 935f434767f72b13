"""The plugin as a process, with all its threads busy: one token, one renewal, and nearly all that a limit allows."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.serving.fault_injection import RateLimit
from tests.support.providers import SECRET_KEY, to_struct

THREADS = 32
TOKEN = "scalekit:index:Organization"


@pytest.fixture
def emulator():
    with Emulator() as running:  # on the real clock: the plugin is another process
        yield running


@pytest.fixture
def plugin(config):
    process = subprocess.Popen(
        [sys.executable, "-m", "pulumi_scalekit"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    port = int(process.stdout.readline())
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        secret = {SECRET_KEY: "1b47061264138c4ac30d75fd1eb44270", "value": config["scalekit:clientSecret"]}
        given = {key.removeprefix("scalekit:"): value for key, value in config.items()}
        stub.Configure(proto.ConfigureRequest(args=to_struct({**given, "clientSecret": secret})))
        yield stub
    process.terminate()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


def create(plugin, numbers):
    def one(n):
        program = to_struct({"displayName": f"No {n}", "externalId": f"ext-{n}"})
        return plugin.Create(proto.CreateRequest(type=TOKEN, properties=program)).id

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, numbers))


def test_one_token_for_all_threads_and_one_renewal(plugin, emulator):
    assert len(set(create(plugin, range(2 * THREADS)))) == 2 * THREADS
    assert len(emulator.ledger.tokens) == 1
    emulator.store.revoke_tokens()
    create(plugin, range(2 * THREADS, 4 * THREADS))
    assert len(emulator.ledger.tokens) == 2
    assert len(emulator.store.organizations) == 4 * THREADS


def test_nearly_all_that_is_allowed_is_used_and_little_is_refused(plugin, emulator, request, record_property):
    """A share of what the limit allows, whatever the machine does in a second."""
    if not request.config.getoption("--thorough"):
        pytest.skip("takes a minute; only with --thorough")
    limit = RateLimit(per_second=40, burst=40)
    emulator.faults.rate_limit = limit
    create(plugin, range(2400))
    entries = list(emulator.ledger)
    accepted = [datetime.fromisoformat(one.at.replace("Z", "+00:00")) for one in entries if one.status != 429]
    seconds = (max(accepted) - min(accepted)).total_seconds()
    share, refused = len(accepted) / (limit.burst + limit.per_second * seconds), 1 - len(accepted) / len(entries)
    record_property("% of the allowed rate used", round(100 * share))
    record_property("per mille of the requests refused", round(1000 * refused))
    assert len(emulator.store.organizations) == 2400
    assert share >= 0.95
    assert refused <= 0.02
