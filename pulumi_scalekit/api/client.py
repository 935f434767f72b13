"""The client that all resources share, from any number of threads."""

from __future__ import annotations

import copy
import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from pulumi_scalekit.api.auth import ScalekitAuth, Token, TokenCache
from pulumi_scalekit.api.call import Body, Call, secrets_in
from pulumi_scalekit.api.deadline import Deadline
from pulumi_scalekit.api.environment_id import EnvironmentId
from pulumi_scalekit.api.errors import ApiError, Cancelled, NotFound, RateLimited, ScalekitError
from pulumi_scalekit.api.exchange import Exchange, Query
from pulumi_scalekit.api.http import httpx
from pulumi_scalekit.api.pace import Pace, Ticket
from pulumi_scalekit.api.retry import retrying
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.api.signin import sign_in

__all__ = ["Client", "client_for"]

DEADLINE = 120.0
"""Seconds for one request with its turn, signing in and all tries, after which a failure is final."""
_ROOT = "/api/v1"
_READS = frozenset({"GET", "HEAD"})


class Client:
    """A Scalekit environment's REST API, for any number of threads.

    A request is repeated where that is safe: GET, PUT, PATCH and DELETE after 429, 502, 503, 504 and connection
    problems, POST only after 429 and where nothing had been sent. After a 429 all threads pause together and then keep
    to what the API allows. Redirects are not followed.

    Args:
        settings: Where, and as whom.
        transport: Sends in place of the network; for tests.
        clock: Seconds, from any origin.
        sleep: Waits for that many seconds. By default a wait that `cancel` ends.
        cancelled: Set by `cancel`; give several clients the same one to cancel them together.
        deadline: Seconds for one request with its turn, signing in and all tries; 120 by default.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
        cancelled: threading.Event | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self.environment_url = settings.environment_url
        self.client_id = settings.client_id
        self._settings = settings
        self._hidden = frozenset({settings.client_secret.get_secret_value()})
        self._clock = clock
        self._cancelled = cancelled or threading.Event()
        self._sleep = sleep or self._cancelled.wait
        self._deadline = deadline
        self._pace = Pace(clock)
        self._exchange = Exchange(settings, transport, clock)
        self._tokens = TokenCache(self._new_token, clock)
        self.environment_id = EnvironmentId()

    def __repr__(self) -> str:
        return f"Client({self.environment_url!r}, client_id={self._settings.client_id!r})"

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
        query: Query | None = None,
        doing: str = "",
        reads: bool = False,
    ) -> Body:
        """Send a request, as often as it takes and is safe, and return the JSON object that came back.

        Args:
            method: The verb.
            path: Below `/api/v1`, each part percent-encoded, such as `/organizations/org_1`.
            body: Sent as JSON; None sends no body.
            query: Query parameters.
            doing: What this is for, to begin an error with, such as `creating organization "acme"`.
            reads: It is a POST that changes nothing, and is repeated like a GET.

        Returns:
            The answer's object, `{}` for an empty answer. A DELETE that is repeated after a doubtful try and then
            finds nothing is done, and returns `{}` too.

        Raises:
            ApiError: The API said no, in one of its subclasses.
            Unreachable: No answer came.
            Malformed: The answer is not the API's.
            RateLimited: Also where its turn does not come in time, because of an earlier request's 429.
            Cancelled: `cancel` was called before an answer came.
            ValueError: The path has a part `.` or `..`, which would address another object.
        """
        if not {".", ".."}.isdisjoint(path.split("/")):
            raise ValueError(f"{path!r} has a part that leads elsewhere")
        method = method.upper()
        changes = not reads and method not in _READS
        call = Call(method, path, doing, changes, self._hidden | secrets_in(body))
        self._exchange.writes += changes
        content = None if body is None else json.dumps(body).encode()
        deadline = Deadline(self._deadline, self._clock)
        auth = ScalekitAuth(self._tokens, deadline)
        send = partial(self._exchange.send, call, _ROOT + path, deadline, content=content, query=query, auth=auth)
        doubt = False

        def once() -> Body:
            nonlocal doubt
            try:
                return self._paced(send)
            except NotFound:
                if doubt and method == "DELETE":
                    return {}
                raise
            except ScalekitError as error:
                doubt = doubt or error.uncertain
                raise

        def rest(seconds: float) -> None:
            self._rest(call.words, seconds)
            self._take_turn(call, deadline)

        try:
            self._take_turn(call, deadline)
            as_if = "GET" if reads else method
            return retrying(as_if, deadline, sleep=rest, answered=self._answered, pause=self._pace.pause)(once)
        except ScalekitError as error:
            # An earlier try may have taken effect, whatever the last one was answered.
            raise error.known(uncertain=error.uncertain or doubt) from error.__cause__
        finally:
            self._exchange.writes += changes

    def cancel(self) -> None:
        """Let nothing more be sent: waits end at once and raise Cancelled; what is in flight is finished."""
        self._cancelled.set()

    def close(self) -> None:
        """Close the connections. The client cannot be used afterwards."""
        self._exchange.close()

    @property
    def writes(self) -> int:
        """A number that grows whenever a request that changes something begins and when it ends.

        While it stays, nothing that was read has become older than what this process wrote.
        """
        return self._exchange.writes

    def within(self, seconds: float) -> Client:
        """Return this client with another deadline for each request; connections, token and pace are shared.

        Args:
            seconds: For a request with its turn, signing in and all tries. A write that is cut off is in doubt.
        """
        limited = copy.copy(self)
        limited._deadline = seconds  # noqa: SLF001 - of the same class
        return limited

    def hiding(self, secrets: Iterable[str]) -> Client:
        """Return this client, with further texts that no error of it may show, even where an answer repeats them."""
        discreet = copy.copy(self)
        discreet._hidden = self._hidden.union(secrets)  # noqa: SLF001 - of the same class
        return discreet

    def pause(self, seconds: float, doing: str) -> None:
        """Wait, unless the run is cancelled.

        Args:
            seconds: How long.
            doing: What for, to begin an error with.

        Raises:
            Cancelled: `cancel` was called.
        """
        self._sleep(seconds)
        self._stop_if_cancelled(doing)

    def server_time(self) -> datetime | None:
        """Return the time by the server's own clock, to the second, or None if it does not tell it.

        Raises:
            ScalekitError: Nothing had been sent yet, and signing in failed.
        """
        if self._exchange.server_clock is None:
            self._tokens.get(Deadline(self._deadline, self._clock))
        return self.told_time()

    def told_time(self) -> datetime | None:
        """Return the time by the server's own clock as an answer has told it, or None. Sends nothing."""
        clock = self._exchange.server_clock
        return clock and clock[0] + timedelta(seconds=self._clock() - clock[1])

    def token_life(self) -> float | None:
        """Return the seconds for which the access token is good, or None where Scalekit does not tell; sign in if need be.

        Raises:
            ScalekitError: Signing in failed.
        """
        token = self._tokens.get(Deadline(self._deadline, self._clock))
        return None if token.assumed else token.expires_at - self._clock()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._exchange.closed

    def _new_token(self, deadline: Deadline) -> Token:
        words = f"signing in to {self.environment_url}"
        self._stop_if_cancelled(words)
        once = partial(sign_in, self._exchange, self._settings, self._clock, deadline)
        # Asking for a token changes nothing, so it is repeated like a read.
        return retrying("GET", deadline, sleep=partial(self._rest, words), answered=self._answered)(once)

    def _answered(self) -> bool:
        return self._exchange.answered

    def _rest(self, words: str, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)
        self._stop_if_cancelled(words)

    def _take_turn(self, call: Call, deadline: Deadline) -> None:
        self._stop_if_cancelled(call.words)
        ticket = Ticket()
        # Asked again after each wait: another thread may have been refused meanwhile.
        while (seconds := self._pace.wait(ticket)) > 0:
            if not deadline.allows(max(seconds, self._pace.pause())):
                late = RateLimited(httpx.codes.TOO_MANY_REQUESTS, method=call.method, path=call.path, doing=call.doing)
                late.sent, late.retry_after = False, self._pace.requested()
                raise late
            self._rest(call.words, seconds)

    def _stop_if_cancelled(self, words: str) -> None:
        if self._cancelled.is_set():
            raise Cancelled(words, "the run was cancelled before this was sent", "Run again to finish", lasting=True)

    def _paced(self, send: Callable[[], Body]) -> Body:
        """Send once, and let the pace learn from the answer."""
        sent_at = self._clock()
        try:
            answer = send()
        except RateLimited as error:
            # A lasting one is the sign-in's, and tells nothing about the API itself.
            if not error.lasting:
                self._pace.refused(sent_at, error.retry_after)
            raise
        except ApiError:
            self._pace.accepted()
            raise
        self._pace.accepted()
        return answer


_lock = threading.Lock()
_clients: dict[tuple[str, str, str], Client] = {}


def client_for(settings: Settings) -> Client:
    """Return this process's one client for an environment and credentials, so that all share its token and pace."""
    key = (settings.environment_url, settings.client_id, settings.fingerprint)
    with _lock:
        client = _clients.get(key)
        if client is None or client.closed:
            client = _clients[key] = Client(settings)
        return client


def _start_anew() -> None:
    global _lock  # noqa: PLW0603
    _lock = threading.Lock()
    _clients.clear()


# A forked child must not write into its parent's connections, and may have copied the lock while it was held.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
