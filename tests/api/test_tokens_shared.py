"""One token for all threads, renewed once when it has to be."""

import contextlib
import threading

import httpx
import pytest

from pulumi_scalekit.api import ServerError, Unauthorized, Unreachable
from pulumi_scalekit.api.auth import BARRED, Token, TokenCache
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.deadline import Deadline
from tests.support.fake_api import SECRET, status

THREADS = 32
OK = httpx.Response(200, json={})


class Counting:
    """Hands out numbered tokens, each only after `THREADS - 1` others had time to ask too."""

    def __init__(self, expires_in=3600):
        self.expires_in = expires_in
        self.asked = 0
        self.release = threading.Event()
        self.release.set()

    def fetch(self, now=0.0):
        self.asked += 1
        number = self.asked
        assert self.release.wait(10)
        return Token.lasting(f"token-{number}", self.expires_in, now)


def in_threads(function, count=THREADS):
    """Call the function in that many threads at the same moment; return what each returned."""
    results, start = [], threading.Barrier(count)

    def body():
        start.wait()
        results.append(function())

    threads = [threading.Thread(target=body) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(results) == count
    return results


def get(cache, time):
    return cache.get(Deadline(120, time.clock))


def numbered(api):
    """Let the token endpoint give a new token each time."""
    api.sign_ins = [
        lambda _: httpx.Response(200, json={"access_token": f"token-{api.tokens_asked}", "expires_in": 3600})
    ]


def test_32_threads_make_one_token_request(client, api):
    in_threads(lambda: client.request("GET", "/roles"))
    assert (api.tokens_asked, len(api.requests)) == (1, THREADS)


def test_the_token_is_asked_for_as_a_form(client, api):
    seen = []
    api.sign_ins = [lambda request: seen.append(request) or httpx.Response(200, json={"access_token": "t"})]
    client.request("GET", "/roles")
    form = httpx.QueryParams(seen[0].content.decode())
    assert dict(form) == {"grant_type": "client_credentials", "client_id": "skc_1", "client_secret": SECRET}
    assert "authorization" not in seen[0].headers


@pytest.mark.parametrize(
    ("expires_in", "renew_after", "dead_after"),
    [
        (1799, 1739, 1799),
        (86399, 86339, 86399),
        ("1799", 1739, 1799),
        (100, 90, 100),
        (0, 0, 0),
        (-5, 0, 0),
        (None, 3540, 3600),
        ("soon", 3540, 3600),
        (float("nan"), 3540, 3600),
        ([], 3540, 3600),
    ],
)
def test_the_life_of_a_token_is_read_and_a_little_of_it_left(expires_in, renew_after, dead_after):
    token = Token.lasting("t", expires_in, 5000.0)
    assert (token.renew_at - 5000, token.expires_at - 5000) == (renew_after, dead_after)


def test_a_token_is_renewed_before_it_ends(client, api, time):
    numbered(api)
    client.request("GET", "/roles")
    time.now += 3539
    client.request("GET", "/roles")
    assert api.tokens_asked == 1
    time.now += 1
    client.request("GET", "/roles")
    assert [request.headers["authorization"] for request in api.requests] == ["Bearer token-1"] * 2 + ["Bearer token-2"]


def test_after_the_end_of_a_token_32_threads_renew_it_once(time):
    counting = Counting()
    cache = TokenCache(lambda _: counting.fetch(time.now), time.clock)
    get(cache, time)
    time.now += 4000
    assert {token.value for token in in_threads(lambda: get(cache, time))} == {"token-2"}
    assert counting.asked == 2


def test_while_one_renews_early_the_others_go_on_with_the_old_token(time):
    counting = Counting()
    cache = TokenCache(lambda _: counting.fetch(time.now), time.clock)
    get(cache, time)
    time.now += 3570
    counting.release.clear()
    early = threading.Thread(target=get, args=(cache, time))
    early.start()
    while counting.asked < 2:
        early.join(0.001)
    assert get(cache, time).value == "token-1"
    counting.release.set()
    early.join(10)
    assert get(cache, time).value == "token-2"


def test_a_401_renews_the_token_and_repeats_the_request_once(client, api):
    numbered(api)
    api.answers = [
        status(16, "UNAUTHENTICATED", "Token empty", http=401),
        httpx.Response(201, json={"id": 1}),
    ]
    assert client.request("POST", "/organizations", body={"a": 1}) == {"id": 1}
    assert [request.headers["authorization"] for request in api.requests] == [
        "Bearer token-1",
        "Bearer token-2",
    ]
    assert api.requests[1].content == api.requests[0].content == b'{"a": 1}'


def test_a_second_401_is_final(client, api):
    numbered(api)
    api.answers = [status(16, "UNAUTHENTICATED", "Token empty", http=401)]
    with pytest.raises(Unauthorized, match="Token empty"):
        client.request("GET", "/roles")
    assert (api.tokens_asked, len(api.requests)) == (2, 2)


REFUSED = status(16, "UNAUTHENTICATED", "no rights", http=401)


def refuse(client):
    with pytest.raises(Unauthorized):
        client.request("GET", "/roles")
    return True


def test_a_lasting_401_does_not_ask_for_a_token_each_time(client, api):
    numbered(api)
    api.answers = [REFUSED]
    for _ in range(50):
        refuse(client)
    assert (api.tokens_asked, len(api.requests)) == (2, 51)


def test_a_lasting_401_in_one_place_is_not_forgotten_by_success_in_another(client, api):
    numbered(api)
    api.answers = [lambda request: OK if request.url.path.endswith("/organizations") else REFUSED]
    for _ in range(10):
        refuse(client)
        client.request("GET", "/organizations")
    assert api.tokens_asked == 2


def test_32_threads_that_are_refused_for_good_ask_for_one_new_token(client, api):
    numbered(api)
    api.answers = [REFUSED]
    assert in_threads(lambda: [refuse(client) for _ in range(5)]) == [[True] * 5] * THREADS
    assert api.tokens_asked == 2


def test_a_lasting_401_is_tried_with_a_new_token_again_after_a_while(client, api, time):
    numbered(api)
    api.answers = [REFUSED] * 3 + [REFUSED, OK]
    refuse(client)
    refuse(client)
    time.now += 30
    assert client.request("GET", "/roles") == {}
    assert [request.headers["authorization"][-1] for request in api.requests] == list("12223")


def test_rights_that_were_given_meanwhile_count_at_once(client, api):
    numbered(api)
    api.answers = [REFUSED, REFUSED, OK]
    refuse(client)
    assert client.request("GET", "/roles") == {}
    assert api.tokens_asked == 2


def test_tokens_that_live_shorter_than_they_say_are_renewed_each_time(client, api):
    numbered(api)
    api.answers = [REFUSED, OK, REFUSED, OK, REFUSED, OK]
    assert [client.request("GET", "/roles") for _ in range(3)] == [{}] * 3
    assert api.tokens_asked == 4


def test_a_revoked_token_is_renewed_once_for_all_threads(client, api):
    numbered(api)
    everyone = threading.Barrier(THREADS)

    def answer(request):
        if request.headers["authorization"] != "Bearer token-1":
            return httpx.Response(200, json={})
        everyone.wait(10)
        return status(16, "UNAUTHENTICATED", "revoked", http=401)

    api.answers = [answer]
    assert in_threads(lambda: client.request("GET", "/roles")) == [{}] * THREADS
    assert api.tokens_asked == 2


def test_threads_that_wait_for_a_token_share_its_failure(settings, api):
    """32 threads with a wrong secret must not knock 32 times: an account may be locked."""
    arrived = threading.Barrier(THREADS + 1)

    def refuse(_):
        arrived.wait(10)
        # Long enough for the others to have come from the barrier to the cache.
        threading.Event().wait(0.3)
        return httpx.Response(401, json={"error": "invalid_client"})

    api.sign_ins = [refuse]
    client = Client(settings, transport=httpx.MockTransport(api))
    errors = []

    def sign_in(after=lambda: None):
        after()
        with pytest.raises(Unauthorized) as caught:
            client.request("GET", "/roles")
        errors.append(caught.value)

    threads = [threading.Thread(target=sign_in)]
    threads += [threading.Thread(target=sign_in, args=(arrived.wait,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(map(id, errors))) == THREADS + 1
    assert api.tokens_asked == 1


def test_a_thread_whose_request_for_a_token_was_interrupted_leaves_it_to_the_next(time):
    """KeyboardInterrupt in the thread that asks must not leave the others waiting for ever."""
    asked, joined = [], threading.Event()

    def fetch(_):
        asked.append(1)
        if len(asked) == 1:
            joined.wait(0.2)
            raise KeyboardInterrupt
        return Token.lasting("token", 3600, time.now)

    cache = TokenCache(fetch, time.clock)

    def interrupted_get():
        with pytest.raises(KeyboardInterrupt):
            get(cache, time)

    interrupted = threading.Thread(target=interrupted_get)
    interrupted.start()
    while not asked:
        interrupted.join(0.001)
    assert get(cache, time).value == "token"
    interrupted.join(10)


def test_a_failed_early_renewal_keeps_the_old_token(time):
    results = [
        Token.lasting("old", 3600, time.now),
        ServerError(503),
        Token.lasting("new", 3600, time.now + 9999),
    ]

    def fetch(_):
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    cache = TokenCache(fetch, time.clock)
    get(cache, time)
    time.now += 3570
    with pytest.raises(ServerError):
        get(cache, time)
    assert cache._token.value == "old"
    assert get(cache, time).value == "new"


@pytest.mark.parametrize(
    ("first", "second", "lasting", "asked"),
    [
        (120, 120, False, [120]),
        (120, 120, True, [120]),
        (2, 120, True, [2]),
        (2, 120, False, [2, 120]),
    ],
    ids=["as much time", "as much time, for good", "more time, for good", "more time"],
)
def test_a_failure_is_shared_unless_more_time_may_help(time, first, second, lasting, asked):
    tried, joined = [], threading.Event()

    def fetch(deadline):
        tried.append(deadline.seconds)
        if len(tried) > 1:
            return Token.lasting("token", 3600, time.now)
        assert joined.wait(10)
        raise Unreachable("signing in", "it did not answer in time", "Run again", lasting=lasting)

    def join():
        deadline = Deadline(second, time.clock)
        # Looked at when this thread waits for the other one.
        deadline._clock = lambda: (joined.set(), time.clock())[1]
        with contextlib.suppress(Unreachable):
            cache.get(deadline)

    cache = TokenCache(fetch, time.clock)
    waiting = threading.Thread(target=join)

    def start_the_other(deadline):
        waiting.start()
        return fetch(deadline)

    cache._fetch = lambda deadline: fetch(deadline) if tried else start_the_other(deadline)
    with pytest.raises(Unreachable):
        cache.get(Deadline(first, time.clock))
    waiting.join(10)
    assert tried == asked


def test_what_took_the_place_of_a_refused_token_is_not_renewed_at_once(time):
    counting = Counting()
    cache = TokenCache(lambda _: counting.fetch(time.now), time.clock)
    assert cache.refused(get(cache, time))
    assert not cache.refused(get(cache, time))
    time.now += BARRED
    assert cache.refused(get(cache, time))
    assert get(cache, time).value == "token-3"
