"""The access token: requested once, shared by all threads, renewed before it expires."""

from __future__ import annotations

import copy
import math
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from pulumi_scalekit.api.deadline import Deadline
from pulumi_scalekit.api.errors import ScalekitError, Unreachable
from pulumi_scalekit.api.http import httpx

__all__ = ["ScalekitAuth", "Token", "TokenCache"]

ASSUMED_LIFE = 3600.0
"""Seconds a token is taken to live where the answer does not say. Wrong is harmless: a 401 renews it."""
MARGIN = 60.0
"""Seconds before its end at which a token is renewed, at most a tenth of its life."""
BARRED = 30.0
"""Seconds in which a 401 is taken to be none of the token's fault, once a new token was answered 401 too."""


@dataclass(frozen=True)
class Token:
    """An access token, opaque to us. Its `repr` masks it, because crash reports print local variables.

    Attributes:
        value: What follows `Bearer`.
        renew_at: From this moment of the cache's clock on one caller asks for a new one.
        expires_at: From this moment on nobody uses it.
        assumed: The answer does not tell its life.
    """

    value: str = field(repr=False)
    renew_at: float
    expires_at: float
    assumed: bool = False

    @classmethod
    def lasting(cls, value: str, expires_in: object, requested_at: float) -> Token:
        """Return a token by what the token endpoint says.

        Args:
            value: The token.
            expires_in: Its life in seconds as it came: a number, a text with a number, or anything else for unknown.
            requested_at: When it was requested; it may have been alive since then.
        """
        try:
            told = float(expires_in) if isinstance(expires_in, (int, float, str)) else math.nan
        except (ValueError, OverflowError):
            told = math.nan
        # NaN compares with nothing, so it must not get into the two moments.
        life = ASSUMED_LIFE if math.isnan(told) else max(told, 0.0)
        return cls(
            value, requested_at + life - min(MARGIN, life / 10), requested_at + life, assumed=not math.isfinite(told)
        )


class _Renewal:
    """One request for a token, with everybody who waits for it."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.done = threading.Event()
        self.token: Token | None = None
        self.error: ScalekitError | None = None


class TokenCache:
    """One token for all threads; at most one request for it at a time.

    The lock is only held to look, never while asking: a caller whose token is good does not wait for a caller whose token is not.
    In the last seconds of a token's life one caller renews it while the others go on with the old one.

    Args:
        fetch: Asks the token endpoint, with its own retries until a deadline. Called by one thread at a time.
        clock: Seconds, from any origin.
    """

    def __init__(self, fetch: Callable[[Deadline], Token], clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._renewal: _Renewal | None = None
        self._barred_until = -math.inf  # before this a 401 renews nothing

    def get(self, deadline: Deadline) -> Token:
        """Return a token that is good now.

        Args:
            deadline: How long to ask, or to wait for the thread that asks.

        Raises:
            ScalekitError: What the request for it failed with, the same for all who waited for it. Only who has more
                time than the requesting thread does not give up with it.
        """
        with self._lock:
            token, now = self._token, self._clock()
            if token is not None and now < token.renew_at:
                return token
            renewal = self._renewal
            if renewal is not None and token is not None and now < token.expires_at:
                return token
            mine = renewal is None
            if renewal is None:
                renewal = self._renewal = _Renewal(deadline)
        return self._renew(renewal) if mine else self._join(renewal, deadline)

    def refused(self, token: Token) -> bool:
        """Forget a token that the API answered 401 to, unless another one has taken its place meanwhile.

        Returns:
            Whether it is worth repeating the request with another token. It is not while nobody knows whether the API
            takes the one that was requested after the last 401 (`repeated`), and for some seconds after it did not.
        """
        with self._lock:
            if self._token is token:
                now = self._clock()
                if now < self._barred_until:
                    return False
                self._token, self._barred_until = None, now + BARRED
            return True

    def repeated(self, *, refused: bool) -> None:
        """Note what a request was answered that had been repeated after a 401, with another token."""
        with self._lock:
            self._barred_until = self._clock() + BARRED if refused else -math.inf

    def _renew(self, renewal: _Renewal) -> Token:
        try:
            renewal.token = token = self._fetch(renewal.deadline)
        except ScalekitError as error:
            # A copy, because the one that is raised is changed on its way.
            renewal.error = copy.copy(error)
            raise
        finally:
            # On whatever error, interrupts too: those who wait must not wait for ever.
            with self._lock:
                self._renewal = None
                # After a failure the old one stays: it may be good for a few more seconds.
                if renewal.token is not None:
                    self._token = renewal.token
            renewal.done.set()
        return token

    def _join(self, renewal: _Renewal, deadline: Deadline) -> Token:
        if not renewal.done.wait(min(deadline.left(), threading.TIMEOUT_MAX)):
            raise Unreachable("signing in", "the access token did not come in time", "Run again, or allow more time")
        error = renewal.error
        in_haste = renewal.deadline.seconds < deadline.seconds and deadline.allows(0)
        if error is not None and (error.lasting or not in_haste):
            # A copy: an exception collects the traceback of each thread that raises it.
            raise copy.copy(error)
        # The requesting thread was interrupted or had too little time, so this one asks.
        return self.get(deadline) if renewal.token is None else renewal.token


class ScalekitAuth(httpx.Auth):
    """Puts the token on a request; on a 401 renews it and repeats the request, once.

    A new token that is refused too shows that the credentials may not do this. For some seconds after that no 401 asks
    for another token, or each request of a large stack would.

    Args:
        tokens: Where the token comes from.
        deadline: The request's own, which signing in is a part of.
    """

    def __init__(self, tokens: TokenCache, deadline: Deadline) -> None:
        self._tokens = tokens
        self._deadline = deadline

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See `httpx.Auth`. A 401 is a refusal, so even a POST may be repeated after it."""
        token = self._token()
        request.headers["Authorization"] = f"Bearer {token.value}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED and self._tokens.refused(token):
            request.headers["Authorization"] = f"Bearer {self._token().value}"
            response = yield request
            self._tokens.repeated(refused=response.status_code == httpx.codes.UNAUTHORIZED)

    def _token(self) -> Token:
        try:
            return self._tokens.get(self._deadline)
        except ScalekitError as error:
            # Asking for it has been repeated, so the request that needs it must not start all over.
            error.lasting = True
            raise
