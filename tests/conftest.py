"""Fixtures that all tests share: an emulator, and its API to prepare things with."""

from __future__ import annotations

import signal
import sys
from collections import Counter, defaultdict
from zlib import crc32

import pytest

from pulumi_scalekit.api.client import client_for
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator import Emulator, Switches
from tests.support.api import Api
from tests.support.api_variants import API_VARIANTS, COMBINED, SINGLE
from tests.support.stack import PROVIDERS

LONG_MATRIX = 20
"""From so many cases on, a test is run every day with one of the providers for each case."""


def pytest_configure():
    # A shell that starts the tests in the background makes them, and all that they start, deaf to Ctrl-C.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption(
        "--thorough", action="store_true", help="test the lifecycle under every single variant of the API too"
    )
    parser.addoption("--fresh", action="store_true", help="start every process of a pulumi command anew, fork none")


@pytest.hookimpl(wrapper=True)  # what is not to be run is taken out between
def pytest_collection_modifyitems(config, items):
    for later in second_providers(items):
        later.add_marker(pytest.mark.slow)
    yield
    spread(config, items)


def second_providers(items):
    """Of each case of a long matrix, the test with one of the two providers; which of them differs from case to case."""
    matrices = defaultdict(lambda: defaultdict(dict))
    for item in items:
        test, _, case = item.nodeid.partition("[")
        for value in item.callspec.params.values() if hasattr(item, "callspec") else ():
            if isinstance(value, str) and value in PROVIDERS:
                matrices[test][case.replace(value, "", 1)][value] = item
    for cases in matrices.values():
        pairs = [pair for pair in cases.values() if len(pair) == len(PROVIDERS)]
        if len(pairs) >= LONG_MATRIX:
            # By its name, so that it is the same in each worker, and no case beside it changes it.
            yield from (pair[sorted(pair)[crc32(pair["plugin"].nodeid.encode()) % len(pair)]] for pair in pairs)


def spread(config, items):
    """Of several workers, each begins with its share of the slow tests: else one ends alone with the last of them."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    slow = [item for item in items if item.get_closest_marker("engine")]
    quick = [item for item in items if not item.get_closest_marker("engine")]
    if workers > 1:
        # Each is given a stretch of the list, all of them of one length.
        items[:] = [item for n in range(workers) for some in (slow, quick) for item in share(some, n, workers)]


def share(items, n, workers):
    return items[len(items) * n // workers : len(items) * (n + 1) // workers]


def pytest_report_header(config):
    if not config.getoption("--thorough"):
        return f"variants of the API: {len(COMBINED)} combined ones; --thorough adds {len(SINGLE)} single ones"
    return f"variants of the API: {len(API_VARIANTS)}"


def pytest_terminal_summary(terminalreporter):
    """What generated tests counted."""
    counted = Counter()
    for report in terminalreporter.stats.get("passed", ()):
        counted.update({name: number for name, number in report.user_properties if isinstance(number, int)})
    if counted:
        terminalreporter.section("generated")
        for name, number in counted.items():
            terminalreporter.write_line(f"{number:6} {name}")


def pytest_generate_tests(metafunc):
    """A test that asks for `variant` runs once for each, every day with the first alone."""
    if "variant" in metafunc.fixturenames:
        first, *others = API_VARIANTS if metafunc.config.getoption("--thorough") else COMBINED
        metafunc.parametrize("variant", [first, *(pytest.param(each, marks=pytest.mark.slow) for each in others)])


@pytest.fixture(autouse=True)
def whole_tracebacks():
    """The dynamic provider cuts the tracebacks of its process short; here programs run in the same one."""
    yield
    if hasattr(sys, "tracebacklimit"):
        del sys.tracebacklimit


@pytest.fixture
def switches() -> Switches:
    """The emulator's answer to each open question about the API. A test module may have its own."""
    return Switches()


@pytest.fixture
def emulator(switches):
    with Emulator(switches) as running:
        yield running


@pytest.fixture
def api(emulator):
    prepared = Api(emulator)
    yield prepared
    prepared.close()


@pytest.fixture
def config(emulator, monkeypatch):
    """A stack's configuration that leads to the emulator."""
    settings = {
        "scalekit:environmentUrl": emulator.url,
        "scalekit:clientId": emulator.client_id,
        "scalekit:clientSecret": emulator.client_secret,
    }
    client = client_for(Settings.resolve(settings))
    # Where something is looked at again, nothing comes of waiting.
    monkeypatch.setattr(client, "pause", lambda _seconds, _doing: None)
    yield settings
    client.close()
