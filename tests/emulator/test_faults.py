from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import httpx
import pytest

from pulumi_scalekit.emulator import Fault, RateLimit
from pulumi_scalekit.emulator.serving import fault_injection
from tests.support.clocks import StillClock

BODY = {"display_name": "Acme"}
NOW = 1_800_000_000
PATIENCE = 60.0
"""Seconds: no test asserts a time, this only keeps a broken one from hanging."""


@pytest.fixture
def faults(api):
    return api.emulator.faults


def test_the_nth_matching_request_is_hit_and_no_other(api, faults):
    faults.add(Fault("status", status=503, method="POST", path="/api/v1/organizations$", nth=2, times=2))
    seen = [api.ask("POST", "/organizations", BODY).status_code for _ in range(5)]
    assert seen == [201, 503, 503, 201, 201]
    assert len(api.store.organizations) == 3
    assert api.ask("GET", "/organizations").status_code == 200


def test_a_path_is_a_beginning_or_an_expression(api, faults):
    path = api.bare_organization()
    faults.add(Fault("status", path="/api/v1/organizations/org_", times=None))
    faults.add(Fault("status", status=502, path=r"/api/v1/(roles|permissions)\b"))
    assert api.ask("GET", path).status_code == 503
    assert api.ask("GET", f"{path}/domains").status_code == 503
    assert api.ask("GET", "/organizations").status_code == 200
    assert [api.ask("GET", "/roles").status_code for _ in range(2)] == [502, 200]
    faults.clear()
    assert api.ask("GET", path).status_code == 200


def test_two_faults_for_one_request_take_turns(api, faults):
    faults.add(Fault("status", status=500), Fault("status", status=502, nth=2))
    assert [api.ask("GET", "/organizations").status_code for _ in range(3)] == [500, 502, 200]


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [("json", "application/json", '"code": 14'), ("html", "text/html", "<h1>"), ("empty", None, "")],
)
def test_a_status_comes_with_json_html_or_nothing(api, faults, body, kind, text):
    faults.add(Fault("status", status=503, body=body))
    response = api.ask("GET", "/organizations")
    assert (response.status_code, response.headers.get("content-type")) == (503, kind)
    assert text in response.text
    assert bool(response.text) == (body != "empty")


def test_a_status_may_hide_a_write_that_took(api, faults):
    faults.add(Fault("status", status=500, method="POST", applied=True))
    assert api.ask("POST", "/organizations", BODY).status_code == 500
    assert len(api.store.organizations) == 1


def test_retry_after_is_absent_seconds_or_a_date(start):
    api = start(clock=lambda: NOW)
    for retry_after in (None, 2, "date"):
        api.emulator.faults.add(Fault("status", status=429, retry_after=retry_after))
        header = api.ask("GET", "/organizations").headers.get("retry-after")
        if retry_after == "date":
            assert parsedate_to_datetime(header).timestamp() == NOW + 2
        else:
            assert header == (None if retry_after is None else "2")


def test_a_token_request_is_hit_only_by_name(api, faults):
    faults.add(Fault("status", status=500, path="/oauth/token"))
    assert api.ask("GET", "/organizations").status_code == 200
    assert api.ask_token().status_code == 500
    assert api.ask_token().status_code == 200


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
@pytest.mark.parametrize(("reset", "error"), [(False, httpx.RemoteProtocolError), (True, httpx.ReadError)])
def test_a_connection_drops_before_or_after_the_write(api, kind, reset, error):
    api.emulator.faults.add(Fault(kind, method="POST", reset=reset))
    with pytest.raises(error):
        api.ask("POST", "/organizations", BODY)
    assert len(api.store.organizations) == (kind == "drop_after")
    (entry,) = api.emulator.ledger
    assert (entry.status, entry.fault) == (0, kind)
    assert api.ask("POST", "/organizations", BODY).status_code == 201


def test_half_an_answer_is_noticed(api, faults):
    faults.add(Fault("truncate", method="POST"))
    with pytest.raises(httpx.RemoteProtocolError):
        api.ask("POST", "/organizations", BODY)
    assert len(api.store.organizations) == 1
    assert api.ask("GET", "/organizations").status_code == 200


@pytest.mark.parametrize(("applied", "written"), [(None, 1), (False, 0)])
def test_a_slow_answer_runs_into_the_clients_timeout(api, faults, applied, written):
    faults.add(Fault("slow", method="POST", seconds=PATIENCE, applied=applied))
    with pytest.raises(httpx.ReadTimeout):
        api.http.post("/organizations", json=BODY, timeout=0.1)
    while len(api.store.organizations) < written:
        time.sleep(0.01)
    assert len(api.store.organizations) == written


def test_a_late_write_takes_effect_after_the_client_has_gone(api, faults, monkeypatch):
    gone = threading.Event()
    monkeypatch.setattr(api.emulator, "wait", lambda _: gone.wait(PATIENCE))
    faults.add(Fault("late", method="POST"))
    with pytest.raises(httpx.ReadTimeout):
        api.http.post("/organizations", json=BODY, timeout=0.1)
    assert not api.store.organizations
    gone.set()
    while not api.store.organizations:
        time.sleep(0.01)


def test_a_slow_answer_arrives_if_one_waits(api, faults):
    faults.add(Fault("slow", seconds=0.2))
    began = time.monotonic()
    assert api.ask("GET", "/organizations").status_code == 200
    assert time.monotonic() - began >= 0.2


def test_a_refused_connection_is_refused_for_a_while_and_for_everybody(api, faults, start):
    faults.add(Fault("refuse", method="POST", seconds=PATIENCE))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        api.ask("POST", "/organizations", BODY)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{api.emulator.url}/api/v1/organizations")
    assert not api.store.organizations

    other = start()
    other.emulator.faults.add(Fault("refuse", method="POST", seconds=0.1))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        other.ask("POST", "/organizations", BODY)
    opened(other.emulator.url)
    assert other.ask("POST", "/organizations", BODY).status_code == 201


def opened(url):
    """Wait until connections are accepted."""
    host, port = url.removeprefix("http://").split(":")
    while True:
        try:
            socket.create_connection((host, int(port))).close()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return


def test_an_environment_goes_offline_and_comes_back_at_the_same_address(api):
    url = api.emulator.url
    with api.emulator.offline():
        for _ in range(2):
            with pytest.raises(httpx.TransportError):
                api.ask("GET", "/organizations")
    assert api.emulator.url == url
    assert api.ask("GET", "/organizations").status_code == 200


def test_an_emulator_can_stop_while_it_is_offline(start):
    emulator = start().emulator
    with emulator.offline():
        pass
    emulator.refuse_connections(3600)
    stopping = threading.Thread(target=emulator.stop, daemon=True)
    stopping.start()
    stopping.join(PATIENCE)
    assert not stopping.is_alive()


def test_a_stopped_emulator_stays_stopped_until_it_is_started_again(start):
    api = start()
    url = api.emulator.url
    with api.emulator.offline():
        api.emulator.stop()
    with pytest.raises(httpx.TransportError):
        api.ask("GET", "/organizations")
    assert api.emulator.start().url == url
    assert api.ask("GET", "/organizations").status_code == 200


def test_every_request_can_be_slow(api, faults, monkeypatch):
    """And none waits for another: each goes on when all eight have come."""
    all_have_come = threading.Barrier(8, timeout=PATIENCE)
    waited = []

    def wait(seconds):
        waited.append(seconds)
        all_have_come.wait()

    monkeypatch.setattr(api.emulator, "wait", wait)
    faults.latency = 0.1
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: api.ask("GET", "/organizations").status_code, range(8)))
    assert statuses == [200] * 8
    assert waited == [0.1] * 8


@pytest.mark.parametrize("switch", ["absent", "seconds", "date"])
def test_a_rate_limit_answers_429_and_fills_again(start, switch, monkeypatch):
    time = StillClock()
    monkeypatch.setattr(fault_injection, "time", SimpleNamespace(monotonic=time.clock))
    api = start(retry_after=switch)
    api.emulator.faults.rate_limit = RateLimit(per_second=5, burst=3)
    responses = [api.ask("GET", "/organizations") for _ in range(5)]
    assert [response.status_code for response in responses] == [200, 200, 200, 429, 429]
    refusal = responses[-1]
    assert refusal.json()["details"][0]["error_code"] == "RATE_LIMITED"
    assert ("retry-after" in refusal.headers) == (switch != "absent")
    assert api.ask_token().status_code == 200
    time.sleep(0.3)
    assert api.ask("GET", "/organizations").status_code == 200
    api.emulator.faults.rate_limit = None
    assert {api.ask("GET", "/organizations").status_code for _ in range(6)} == {200}
