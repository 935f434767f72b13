"""The client that is made at the first request: what is asked of it before, it does as soon as it is there."""

import contextlib
import threading

import pytest

from pulumi_scalekit.api import Cancelled
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.remote.lazy_client import LazyClient


@pytest.fixture
def settings(config):
    return Settings.resolve(config)


@pytest.fixture
def made():
    made = []
    yield made
    for client in made:
        client.close()


@pytest.fixture
def deferred(settings, made):
    def make(settings):
        made.append(Client(settings))
        return made[-1]

    return LazyClient(settings, make)


def test_nothing_is_made_before_the_first_request(deferred, made):
    narrow = deferred.within(10).hiding(["hunter2"])
    deferred.cancel()
    assert made == []
    assert narrow.environment_url == deferred.environment_url


def test_a_client_made_after_a_cancel_sends_nothing(deferred, emulator):
    deferred.cancel()
    for client in (deferred, deferred.within(10)):
        with pytest.raises(Cancelled):
            client.request("GET", "/organizations")
    assert [*emulator.ledger, *emulator.ledger.tokens] == []


@pytest.mark.parametrize("narrowed", [False, True])
def test_a_cancel_reaches_every_view_whichever_it_comes_through(deferred, made, narrowed):
    view = deferred.within(10)
    view.request("GET", "/organizations", query={"page_size": 1})
    (view if narrowed else deferred).cancel()
    for client in (deferred, view, deferred.hiding(["hunter2"])):
        with pytest.raises(Cancelled):
            client.request("GET", "/organizations")
    assert len(made) == 1


def test_a_cancel_while_the_client_is_being_made_is_not_lost(settings, made):
    making, cancelled = threading.Event(), threading.Event()

    def make(settings):
        making.set()
        cancelled.wait(0.2)
        made.append(Client(settings))
        return made[-1]

    deferred = LazyClient(settings, make)

    def request():
        with contextlib.suppress(Cancelled):
            deferred.request("GET", "/organizations", query={"page_size": 1})

    thread = threading.Thread(target=request)
    thread.start()
    assert making.wait(30)
    deferred.cancel()
    cancelled.set()
    thread.join(30)
    with pytest.raises(Cancelled):
        deferred.request("GET", "/organizations")
    assert len(made) == 1


def test_what_was_asked_of_a_view_holds_for_its_requests(settings):
    asked = []

    class Asked:
        def within(self, seconds):
            asked.append(seconds)
            return self

        def hiding(self, secrets):
            asked.append(secrets)
            return self

        def request(self, *_, **__):
            return {}

    client = Asked()
    deferred = LazyClient(settings, lambda _: client)
    view = deferred.within(10).hiding(secret for secret in ["hunter2"])
    for _ in range(2):
        view.request("GET", "/organizations")
    assert asked == [10, {"hunter2"}] * 2
    deferred.request("GET", "/organizations")
    assert asked == [10, {"hunter2"}] * 2
