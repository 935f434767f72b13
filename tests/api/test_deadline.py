"""A request that is given little time takes no more, whatever it waits for."""

import socket
import threading

import httpx
import pytest

from pulumi_scalekit.api import Unreachable
from pulumi_scalekit.api.auth import Token, TokenCache
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.deadline import Deadline
from pulumi_scalekit.api.settings import Settings
from tests.support.fake_api import status

OK = httpx.Response(200, json={})
SIGNED_IN = httpx.Response(200, json={"access_token": "token", "expires_in": 3600})
LATER = status(14, "UNAVAILABLE", "", http=503, headers={"Retry-After": "20"})


@pytest.fixture
def after(time):
    """Make an answer that comes after so many seconds, if it is waited for so long."""

    def after(seconds, response=OK):
        def answer(request):
            patience = request.extensions["timeout"]["read"]
            time.now += min(seconds, patience)
            if patience < seconds:
                raise httpx.ReadTimeout("x", request=request)
            return httpx.Response(response.status_code, headers=response.headers, content=response.content)

        return answer

    return after


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_slow_answer_is_not_waited_for_beyond_the_deadline(client, api, time, after, method):
    api.answers = [after(15)]
    with pytest.raises(Unreachable, match="did not answer in time") as caught:
        client.within(2).request(method, "/organizations")
    assert time.now - 1000 <= 2
    assert caught.value.uncertain == (method == "POST")
    assert len(api.requests) == 1


def test_a_repeat_has_what_the_tries_before_it_left(client, api, time, after):
    api.answers = [LATER, after(15)]
    with pytest.raises(Unreachable):
        client.within(30).request("GET", "/roles")
    assert time.now - 1000 <= 30
    assert len(api.requests) == 2


def test_a_repeat_that_would_have_no_time_for_its_answer_is_not_sent(client, api, time):
    """It would leave a doubt, and the wait for it has been for nothing."""
    api.answers = [status(8, "", "", http=429, headers={"Retry-After": "20"}), OK]
    with pytest.raises(Exception, match="asks to wait 20 s"):
        client.within(21).request("POST", "/organizations", body={})
    assert time.slept == []


def test_signing_in_is_part_of_the_time(client, api, time, after):
    api.sign_ins = [after(15, SIGNED_IN)]
    with pytest.raises(Unreachable, match="signing in to") as caught:
        client.within(2).request("POST", "/organizations")
    assert time.now - 1000 <= 2
    assert not caught.value.uncertain
    assert api.requests == []


def test_what_signing_in_took_is_not_left_for_the_request(client, api, time, after):
    api.sign_ins, api.answers = [after(6, SIGNED_IN)], [after(6)]
    with pytest.raises(Unreachable):
        client.within(10).request("GET", "/roles")
    assert time.now - 1000 <= 10


def test_the_repeat_after_a_401_is_part_of_the_time(client, api, time, after):
    api.answers = [after(6, status(16, http=401)), after(6)]
    with pytest.raises(Unreachable):
        client.within(10).request("GET", "/roles")
    assert time.now - 1000 <= 10


def test_much_time_does_not_make_a_try_more_patient_than_usual(client, api, after):
    api.answers = [after(59), after(61)]
    assert client.within(3600).request("POST", "/organizations") == {}
    with pytest.raises(Unreachable):
        client.within(3600).request("POST", "/organizations")


def test_a_silent_host_is_left_when_the_time_is_over(time):
    """On a socket: the host would answer after 15 s, and answers sooner only to who has gone."""

    def take(connection, last):
        taken = b""
        while last not in taken:
            taken += connection.recv(65536)

    def answer(connection, body):
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def serve():
        with listening.accept()[0] as connection:
            take(connection, b"client_secret=secret")
            answer(connection, b'{"access_token":"t"}')
        with listening.accept()[0] as connection:
            take(connection, b"\r\n\r\n")
            connection.settimeout(15)
            try:
                connection.recv(1)
            except TimeoutError:
                answer(connection, b"{}")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        settings = Settings(f"http://127.0.0.1:{listening.getsockname()[1]}", "skc_1", "secret")
        client = Client(settings, clock=time.clock, sleep=time.sleep)
        with pytest.raises(Unreachable, match="did not answer in time"):
            client.within(1).request("POST", "/organizations")
        client.close()
        thread.join(30)


class Slow:
    """A token endpoint that answers when it is told to, and fails who has less than a minute."""

    def __init__(self, clock):
        self.clock, self.asked = clock, []
        self.begun, self.answer = threading.Event(), threading.Event()

    def fetch(self, deadline):
        self.asked.append(deadline.seconds)
        self.begun.set()
        assert self.answer.wait(30)
        if deadline.seconds < 60:
            raise Unreachable("signing in", "it did not answer in time", "Run again")
        return Token.lasting("token", 3600, self.clock())


def test_who_has_more_time_does_not_share_the_failure_of_one_who_had_little(time):
    slow = Slow(time.clock)
    cache = TokenCache(slow.fetch, time.clock)
    failed, got = [], []

    def hasty():
        with pytest.raises(Unreachable):
            cache.get(Deadline(2, time.clock))
        failed.append(1)

    threads = [threading.Thread(target=hasty)]
    threads += [threading.Thread(target=lambda: got.append(cache.get(Deadline(120, time.clock)))) for _ in range(31)]
    threads[0].start()
    assert slow.begun.wait(30)
    for thread in threads[1:]:
        thread.start()
    slow.answer.set()
    for thread in threads:
        thread.join(30)
    assert (failed, [token.value for token in got]) == ([1], ["token"] * 31)
    assert slow.asked == [2, 120]


def test_who_has_little_time_does_not_wait_for_the_token_of_one_who_has_much(time):
    slow = Slow(time.clock)
    cache = TokenCache(slow.fetch, time.clock)
    patient = threading.Thread(target=cache.get, args=(Deadline(120, time.clock),))
    patient.start()
    assert slow.begun.wait(30)
    with pytest.raises(Unreachable, match="the access token did not come in time"):
        cache.get(Deadline(0.05, time.clock))
    assert not slow.answer.is_set()
    slow.answer.set()
    patient.join(30)
    assert slow.asked == [120]
