"""A client that talks to a scripted API."""

import httpx
import pytest

from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from tests.support.clocks import StillClock
from tests.support.fake_api import SECRET, FakeApi


@pytest.fixture
def settings():
    return Settings("https://acme.scalekit.test", "skc_1", SECRET)


@pytest.fixture
def time():
    return StillClock()


@pytest.fixture
def api():
    return FakeApi()


@pytest.fixture
def client(settings, api, time):
    client = Client(settings, transport=httpx.MockTransport(api), clock=time.clock, sleep=time.sleep)
    yield client
    client.close()
