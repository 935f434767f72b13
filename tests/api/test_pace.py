"""How many of the requests that an API allows are sent, and how many are refused, by 32 threads."""

import random

import httpx
import pytest

from pulumi_scalekit.api import RateLimited
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.pace import Pace, Ticket
from pulumi_scalekit.api.settings import Settings
from tests.support.clocks import TurnClock

THREADS = 32


class TokenBucket:
    """An API that allows `rate` requests a second and `burst` at once, and answers after `latency` seconds."""

    def __init__(self, time, rate, burst, *, latency=0.05, retry_after=None):
        self.time, self.rate, self.burst, self.latency = time, rate, burst, latency
        self.retry_after = retry_after
        self.level, self.filled_at = burst, 0.0
        self.accepted = self.refused = 0

    def allows(self):
        self.level = min(self.burst, self.level + self.rate * (self.time.now - self.filled_at))
        self.filled_at = self.time.now
        if self.level < 1:
            self.refused += 1
            return False
        self.level -= 1
        self.accepted += 1
        return True

    def __call__(self, request):
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 86399})
        self.time.sleep(self.latency * random.uniform(0.3, 0.7))
        allowed = self.allows()
        self.time.sleep(self.latency * random.uniform(0.3, 0.7))
        if allowed:
            return httpx.Response(200, json={})
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        return httpx.Response(429, json={"code": 8, "message": "slow down"}, headers=headers)

    def used(self):
        return self.accepted / (self.burst + self.rate * self.time.now)

    def refusals(self):
        return self.refused / (self.refused + self.accepted)


def send_all(client, time, requests):
    """Send that many requests from 32 threads, each taking the next when it is free."""
    left = iter(range(requests))

    def thread():
        for _ in left:
            client.request("GET", "/organizations")

    time.run(*[thread] * THREADS)


@pytest.fixture(autouse=True)
def _same_jitter_each_time():
    random.seed(1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rate", "burst", "retry_after", "requests"),
    [(20, 20, None, 3000), (5, 60, None, 3000), (100, 1000, 1, 4000)],
)
def test_nearly_all_that_is_allowed_is_used_and_little_is_refused(rate, burst, retry_after, requests):
    """95 % of what the bucket gave out in the time, first burst included; 2 % refused, first collision included."""
    time = TurnClock()
    api = TokenBucket(time, rate, burst, retry_after=retry_after)
    settings = Settings("https://acme.scalekit.test", "skc_1", "secret")
    client = Client(settings, transport=httpx.MockTransport(api), clock=time.clock, sleep=time.sleep, deadline=1e9)
    time.run(lambda: client.request("GET", "/organizations"))  # signs in
    send_all(client, time, requests)

    assert api.accepted == requests + 1
    assert api.used() >= 0.95
    assert api.refusals() <= 0.02


def test_without_a_refusal_nobody_ever_waits(client, time):
    for _ in range(500):
        client.request("GET", "/organizations")
    assert time.slept == []


def test_one_refusal_pauses_all_threads():
    time = TurnClock()
    sent = []

    def answer(request):
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t"})
        sent.append(time.now)
        return httpx.Response(200 if len(sent) > 1 else 429, json={}, headers={"Retry-After": "7"})

    settings = Settings("https://acme.scalekit.test", "skc_1", "secret")
    client = Client(settings, transport=httpx.MockTransport(answer), clock=time.clock, sleep=time.sleep)
    send_all(client, time, THREADS)

    assert len(sent) == THREADS + 1
    assert all(moment >= 7 for moment in sent[1:])


def test_a_refusal_after_a_quiet_time_does_not_slow_down_to_a_crawl():
    """What was accepted while little was asked for says nothing of what is allowed."""
    api = TokenBucket(TurnClock(), rate=20, burst=20)
    pace = Pace(api.time.clock)
    for moment in range(0, 9, 3):
        api.time.now = float(moment)
        assert pace.wait(Ticket()) <= 0
        pace.accepted()
    pace.refused(api.time.now, None)
    run = _PacedRun(api)
    run.pace = pace
    run(until=60)
    assert api.accepted > 20 * 40


class _PacedRun:
    """32 senders of a Pace alone, without HTTP: quick enough for long runs."""

    def __init__(self, api):
        self.api, self.time = api, api.time
        self.pace = Pace(self.time.clock)

    def __call__(self, until):
        def thread():
            while self.time.now < until:
                ticket = Ticket()
                while (seconds := self.pace.wait(ticket)) > 0:
                    self.time.sleep(seconds)
                sent_at = self.time.now
                self.time.sleep(self.api.latency)
                if self.api.allows():
                    self.pace.accepted()
                else:
                    self.pace.refused(sent_at, self.api.retry_after)

        self.time.run(*[thread] * THREADS)


def test_a_limit_that_is_raised_is_found_out():
    api = TokenBucket(TurnClock(), rate=10, burst=10)
    run = _PacedRun(api)
    run(until=60)
    api.rate = 40
    run(until=120)
    before = api.accepted
    run(until=180)
    assert (api.accepted - before) / 60 > 0.8 * 40


def test_a_limit_that_is_lowered_is_respected():
    api = TokenBucket(TurnClock(), rate=40, burst=40)
    run = _PacedRun(api)
    run(until=60)
    api.rate, api.refused, before = 10, 0, api.accepted
    run(until=180)
    assert (api.accepted - before) / 120 > 0.95 * 10
    assert api.refused < 0.05 * (api.accepted - before)


def test_a_fixed_window_is_waited_out_with_few_probes():
    """600 a minute, no Retry-After: the allowance is gone in a second and nothing helps for the next 59."""

    class Window(TokenBucket):
        window = -1

        def allows(self):
            if self.window != self.time.now // 60:
                self.window, self.level = self.time.now // 60, 600
            self.level -= 1
            self.accepted, self.refused = self.accepted + (self.level >= 0), self.refused + (self.level < 0)
            return self.level >= 0

    api = Window(TurnClock(), rate=10, burst=0)
    run = _PacedRun(api)
    run(until=600)
    assert api.accepted > 0.9 * 6000
    assert api.refusals() < 0.02


def test_a_refused_request_gives_up_at_the_deadline_and_says_how_to_ask_for_less(client, api, time):
    api.answers = [httpx.Response(429, json={"code": 8, "message": "Too many requests"})]
    with pytest.raises(RateLimited, match="lower `--parallel`, or ask Scalekit for a higher limit"):
        client.request("POST", "/organizations", body={})
    assert 60 < time.now - 1000 <= 120
    assert len(api.requests) < 15


@pytest.fixture
def paused(client, api):
    """A client that was told to wait for a day."""
    api.answers = [
        httpx.Response(429, json={"code": 8}, headers={"Retry-After": "86400"}),
        httpx.Response(200, json={}),
    ]
    with pytest.raises(RateLimited):
        client.request("GET", "/organizations")
    return client


@pytest.mark.parametrize("seconds", [120, 10])
def test_a_pause_that_outlasts_the_deadline_fails_the_others_at_once(paused, api, time, seconds):
    with pytest.raises(RateLimited) as caught:
        paused.within(seconds).request("POST", "/organizations", body={}, doing="creating acme")
    assert str(caught.value) == (
        "creating acme failed: POST /organizations was not sent, because an earlier request was answered 429. "
        "The API asks to wait 86400 s. Run again later, lower `--parallel`, or ask Scalekit for a higher limit."
    )
    assert not caught.value.uncertain
    assert time.slept == []
    assert len(api.requests) == 1


def test_after_the_pause_everything_goes_on(paused, time):
    time.now += 86400
    assert paused.request("GET", "/organizations") == {}


def test_a_pause_that_begins_while_a_request_waits_for_its_repeat_ends_it(client, api, time):
    api.answers = [httpx.ReadTimeout("x"), httpx.Response(200, json={})]

    def refuse(seconds):
        client._pace.refused(time.now, 86400)
        time.sleep(seconds)

    client._sleep = refuse
    with pytest.raises(RateLimited, match="was not sent.* The change may have taken effect all the same") as caught:
        client.request("PUT", "/roles/x", body={})
    assert caught.value.uncertain
    assert len(api.requests) == 1


def test_a_queue_that_is_longer_than_the_deadline_fails_those_at_its_end():
    """One a second is allowed after the refusal, so of 32 that want to be sent within ten seconds most cannot be."""
    time = TurnClock()
    settings = Settings("https://acme.scalekit.test", "skc_1", "secret")
    api = TokenBucket(time, 1, 1)
    client = Client(settings, transport=httpx.MockTransport(api), clock=time.clock, sleep=time.sleep, deadline=10)
    time.run(lambda: client.request("GET", "/organizations"))
    ended, failed = [], []

    def thread():
        try:
            client.request("GET", "/organizations")
        except RateLimited as error:
            failed.append(error)
        ended.append(time.now)

    began = time.now
    time.run(*[thread] * THREADS)
    assert failed
    assert max(ended) - began <= 10
