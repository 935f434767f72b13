"""What is sent again, what is not, and how long it takes."""

import pickle
import threading
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_scalekit.api import Cancelled, NotFound, RateLimited, ServerError, Unreachable
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.retry import retry_after
from tests.support.fake_api import status

OK = httpx.Response(200, json={"ok": True})
GONE = status(5, "NOT_FOUND", "gone", http=404)
SLOW_DOWN = status(8, "RATE_LIMITED", "", http=429)
UNSENT = [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x"), httpx.ProxyError("407")]
DOUBTFUL = [
    httpx.ReadTimeout("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.RemoteProtocolError("x"),
]
BUSY = [status(14, "UNAVAILABLE", "", http=code) for code in (502, 503, 504)]


def name(value):
    return type(value).__name__ if isinstance(value, Exception) else str(getattr(value, "status_code", value))


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("trouble", [*UNSENT, *DOUBTFUL, *BUSY, SLOW_DOWN, httpx.Response(200, content=b"{")], ids=name)
def test_what_can_be_repeated_safely_is(client, api, method, trouble):
    api.answers = [trouble, trouble, OK]
    assert client.request(method, "/organizations/org_1") == {"ok": True}
    assert len(api.requests) == 3


@pytest.mark.parametrize("trouble", [*UNSENT, SLOW_DOWN], ids=name)
def test_a_post_is_repeated_where_it_cannot_have_arrived(client, api, trouble):
    api.answers = [trouble, trouble, OK]
    assert client.request("POST", "/organizations", body={}) == {"ok": True}
    assert len(api.requests) == 3


@pytest.mark.parametrize("trouble", [*UNSENT, *DOUBTFUL, *BUSY, SLOW_DOWN], ids=name)
def test_a_post_that_reads_is_repeated_like_a_get(client, api, trouble):
    api.answers = [trouble, trouble, OK]
    assert client.request("POST", "/events/paginated", body={}, reads=True) == {"ok": True}
    assert len(api.requests) == 3
    assert client.writes == 0


def test_a_post_that_reads_leaves_no_doubt(client, api):
    api.answers = [status(13, "INTERNAL", "", http=500)]
    with pytest.raises(ServerError) as caught:
        client.request("POST", "/events/paginated", body={}, reads=True)
    assert not caught.value.uncertain


@pytest.mark.parametrize("trouble", [*DOUBTFUL, *BUSY, status(13, "INTERNAL", "", http=500)], ids=name)
def test_a_post_in_doubt_is_raised_at_once(client, api, time, trouble):
    api.answers = [trouble, OK]
    with pytest.raises((Unreachable, ServerError)) as caught:
        client.request("POST", "/organizations", body={})
    assert caught.value.uncertain
    assert pickle.loads(pickle.dumps(caught.value)).uncertain
    assert len(api.requests) == 1
    assert time.slept == []


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500, 501])
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "POST"])
def test_what_would_fail_again_is_not_repeated(client, api, method, code):
    api.answers = [status(2, http=code), OK]
    with pytest.raises(Exception, match=f"answered {code}"):
        client.request(method, "/organizations/org_1")
    assert len(api.requests) == 1


@pytest.mark.parametrize("trouble", [*DOUBTFUL, *BUSY], ids=name)
def test_a_repeated_delete_that_finds_nothing_is_done(client, api, trouble):
    api.answers = [trouble, GONE]
    assert client.request("DELETE", "/organizations/org_1") == {}


@pytest.mark.parametrize("before", [[], [SLOW_DOWN], [httpx.ConnectError("x")]])
def test_a_delete_that_finds_nothing_from_the_start_says_so(client, api, before):
    api.answers = [*before, GONE]
    with pytest.raises(NotFound):
        client.request("DELETE", "/organizations/org_1")


def test_a_doubt_of_an_earlier_try_is_not_forgotten(client, api):
    api.answers = [httpx.ReadTimeout("x"), status(9, "", "changed meanwhile", http=400)]
    with pytest.raises(Exception, match="The change may have taken effect all the same") as caught:
        client.request("PATCH", "/organizations/org_1", body={})
    assert caught.value.uncertain


def test_waits_grow_with_full_jitter_and_end_at_the_deadline(client, api, time):
    api.answers = [OK, BUSY[1]]
    client.request("GET", "/roles")
    with pytest.raises(ServerError):
        client.request("GET", "/roles")
    assert time.now - 1000 <= 120
    assert all(0 <= slept <= min(20, 0.5 * 2**turn) for turn, slept in enumerate(time.slept))
    assert len(time.slept) > 5


@pytest.mark.parametrize("code", [429, 503])
def test_the_server_says_how_long_to_wait(client, api, time, code):
    api.answers = [status(8, http=code, headers={"Retry-After": "17"}), OK]
    client.request("GET", "/roles")
    assert time.slept[0] == 17


def test_a_wait_beyond_the_deadline_is_refused_at_once(client, api, time):
    api.answers = [status(8, "RATE_LIMITED", "", http=429, headers={"Retry-After": "300"})]
    with pytest.raises(RateLimited, match="The API asks to wait 300 s") as caught:
        client.request("POST", "/organizations", body={})
    assert caught.value.retry_after == 300
    assert time.slept == []


def test_a_date_is_taken_by_the_clock_of_the_server():
    now = datetime(2001, 1, 1, tzinfo=timezone.utc)
    headers = {"date": format_datetime(now, usegmt=True)}
    headers["retry-after"] = format_datetime(now + timedelta(seconds=90), usegmt=True)
    assert retry_after(headers) == 90


def test_a_date_without_the_server_s_clock_is_taken_by_ours():
    soon = datetime.now(timezone.utc) + timedelta(hours=1)
    assert 3500 < retry_after({"retry-after": format_datetime(soon, usegmt=True)}) <= 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("-3", 0), ("2.5", 2.5), ("", None), ("soon", None), ("nan", None), ("inf", None)],
)
def test_odd_retry_after(text, seconds):
    assert retry_after({"retry-after": text}) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_retry_after_ever_raises(value, date):
    seconds = retry_after({"retry-after": value, "date": date})
    assert seconds is None or seconds >= 0


def test_a_host_that_never_answered_is_given_up_soon(client, api, time):
    api.sign_ins = [httpx.ConnectError("x")]
    with pytest.raises(Unreachable):
        client.request("GET", "/roles")
    assert api.tokens_asked == 4
    assert time.now - 1000 < 4


def test_a_host_that_has_answered_is_given_the_whole_time(client, api, time):
    api.answers = [OK, httpx.ConnectError("x")]
    client.request("GET", "/roles")
    with pytest.raises(Unreachable):
        client.request("GET", "/roles")
    assert 60 < time.now - 1000 <= 120


@pytest.mark.parametrize("trouble", [*UNSENT, *DOUBTFUL, *BUSY, SLOW_DOWN, httpx.Response(200, content=b"{")], ids=name)
def test_asking_for_a_token_is_repeated_like_a_read(client, api, trouble):
    api.sign_ins = [trouble, trouble, *api.sign_ins]
    client.request("POST", "/organizations", body={})
    assert (api.tokens_asked, len(api.requests)) == (3, 1)


def test_a_token_endpoint_that_refuses_for_long_is_asked_ever_more_rarely(client, api, time):
    api.sign_ins = [SLOW_DOWN]
    with pytest.raises(RateLimited, match="POST /oauth/token was answered 429"):
        client.request("GET", "/roles")
    assert time.now - 1000 <= 120
    assert api.tokens_asked < 40


def test_a_failure_to_sign_in_leaves_no_doubt_about_the_create(client, api):
    api.sign_ins = [httpx.ReadTimeout("x")]
    with pytest.raises(Unreachable) as caught:
        client.request("POST", "/organizations", body={})
    assert not caught.value.uncertain
    assert api.requests == []


def test_cancelling_wakes_a_waiting_thread(settings, api):
    """With the real wait: the test would take 90 s if cancelling did not end it."""
    api.answers = [status(8, http=429, headers={"Retry-After": "90"})]
    client = Client(settings, transport=httpx.MockTransport(api))
    caught = []

    def create():
        try:
            client.request("POST", "/organizations", body={}, doing="creating acme")
        except Cancelled as error:
            caught.append(error)

    thread = threading.Thread(target=create)
    thread.start()
    while not api.requests:
        thread.join(0.001)
    client.cancel()
    thread.join(30)
    assert [str(error) for error in caught] == [
        "creating acme failed: the run was cancelled before this was sent. Run again to finish."
    ]
    assert not caught[0].uncertain


def test_cancelling_wakes_who_waits_for_the_end_of_a_pause(settings, api):
    """With the real wait: another request was told to wait, within this one's deadline."""
    api.answers = [status(8, http=429, headers={"Retry-After": "90"})]
    client = Client(settings, transport=httpx.MockTransport(api), deadline=600)
    with pytest.raises(RateLimited):
        client.within(10).request("GET", "/roles")
    waiting, errors = threading.Event(), []
    wait = client._cancelled.wait

    def sleep(seconds):
        waiting.set()
        return wait(seconds)

    client._sleep = sleep

    def create():
        try:
            client.request("POST", "/organizations", body={})
        except Cancelled as error:
            errors.append(error)

    thread = threading.Thread(target=create)
    thread.start()
    assert waiting.wait(30)
    client.cancel()
    thread.join(30)
    assert len(errors) == 1
    assert len(api.requests) == 1


def test_a_create_in_flight_is_finished_and_then_nothing_more_is_sent(client, api):
    def answer(_):
        client.cancel()
        return OK

    api.answers = [answer]
    assert client.request("POST", "/organizations", body={}) == {"ok": True}
    with pytest.raises(Cancelled):
        client.request("GET", "/roles")
    assert len(api.requests) == 1


def test_a_cancelled_write_in_doubt_stays_in_doubt(client, api):
    def answer(_):
        client.cancel()
        raise httpx.ReadTimeout("x")

    api.answers = [answer]
    with pytest.raises(Cancelled) as caught:
        client.request("PUT", "/roles/x", body={})
    assert caught.value.uncertain


def test_a_write_is_counted_when_it_begins_and_when_it_ends(client, api):
    """What was read while one was on its way may be older than it."""
    before, during = client.writes, []

    def answer(_):
        during.append(client.writes)
        return OK

    api.answers = [answer, answer, GONE]
    client.request("GET", "/roles")
    assert [*during, client.writes] == [before, before]
    client.request("PUT", "/roles/x", body={})
    assert before < during[1] < client.writes
    after = client.writes
    with pytest.raises(NotFound):
        client.request("PUT", "/roles/x", body={})
    assert client.writes > after + 1


def test_a_closed_client_sends_nothing_and_says_so(client, api):
    client.close()
    with pytest.raises(Cancelled, match="the client was closed before this was sent"):
        client.request("GET", "/roles", doing="listing every role")
    assert not api.requests
