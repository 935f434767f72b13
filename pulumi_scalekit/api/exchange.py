"""One request and its answer over httpx, traced, with every failure of the network turned into one of our errors."""

from __future__ import annotations

import contextlib
import logging
import platform
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from pulumi_scalekit.api.answers import read, request_id
from pulumi_scalekit.api.call import Body, Call
from pulumi_scalekit.api.deadline import Deadline
from pulumi_scalekit.api.errors import ApiError, Cancelled, ScalekitError
from pulumi_scalekit.api.http import httpx
from pulumi_scalekit.api.network_errors import cut_off, unreachable
from pulumi_scalekit.api.settings import Settings

__all__ = ["Exchange", "Query"]

Query = Mapping[str, str | int | bool | Sequence[str] | None]
"""Query parameters; None leaves one out, a sequence repeats it."""

_TIMEOUT = httpx.Timeout(connect=10, read=60, write=60, pool=60)
# 32 threads, and room for more should somebody run more.
_LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=40, keepalive_expiry=20)

log = logging.getLogger("pulumi_scalekit.api")


class Exchange:
    """The connections to one environment.

    Args:
        settings: Where to.
        transport: Sends in place of the network; for tests.
        clock: Seconds, from any origin; durations in the trace are taken from it.
    """

    def __init__(
        self,
        settings: Settings,
        transport: httpx.BaseTransport | None,
        clock: Callable[[], float],
    ) -> None:
        self.writes = 0
        """Beginnings and ends of requests that change something, counted by who begins them."""
        self.server_clock: tuple[datetime, float] | None = None
        """The last time in an answer, and when that was by our clock."""
        self.answered = False
        """Whether anything that speaks HTTP has ever answered."""
        self._host = urlsplit(settings.environment_url).netloc
        self._clock = clock
        self._url = settings.environment_url
        self._http = httpx.Client(
            verify=_trusted(settings),
            transport=transport,
            # A proxy cannot reach the loopback of this machine, whatever the environment variables say.
            mounts={"http://": None, "https://": None} if settings.loopback else None,
            timeout=_TIMEOUT,
            limits=_LIMITS,
            follow_redirects=False,
            headers={"User-Agent": _user_agent(), "Accept": "application/json"},
            # At each sending, for signing in and the repeat after a 401 take from the same time.
            event_hooks={"request": [self._limit]},
        )

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._http.is_closed

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(
        self,
        call: Call,
        path: str,
        deadline: Deadline,
        *,
        content: bytes | None = None,
        content_type: str = "application/json",
        query: Query | None = None,
        auth: httpx.Auth | None = None,
    ) -> Body:
        """Send a request once, and return the JSON object that came back.

        Args:
            call: The request in the words of its errors.
            path: Below the environment's URL, percent-encoded.
            deadline: What is left of it is how long an answer is waited for; the usual minute at most.
            content: The body.
            content_type: What the body is.
            query: Query parameters.
            auth: Puts the token on.

        Raises:
            ScalekitError: What went wrong, and whether the request may have taken effect.
        """
        params = {key: value for key, value in (query or {}).items() if value is not None}
        request = self._http.build_request(
            call.method,
            # Whole, and no parameters where there are none: httpx parses an address again for each thing that is put to it.
            self._url + path,
            content=content,
            params=params or None,
            headers={} if content is None else {"Content-Type": content_type},
            extensions={"deadline": deadline},
        )
        began = self._clock()
        answer = self._answer(call, request, auth)
        if isinstance(answer, ScalekitError):
            log.debug("%s %s: no answer after %.3f s", call.method, call.path, self._clock() - began)
            # Raised here and not where it was caught, so that it does not carry httpx's error, which holds the request
            # with its token, as its context.
            raise answer
        self.answered = True
        self._note_time(answer.headers.get("Date", ""))
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        call = call.hiding(bearer)
        took, id_ = self._clock() - began, request_id(answer)
        try:
            return read(call, answer)
        except ApiError as error:
            id_ = error.request_id
            raise
        finally:
            log.debug(
                "%s %s: %d in %.3f s, request id %s",
                call.method,
                call.path,
                answer.status_code,
                took,
                id_ or "not given",
            )

    def _limit(self, request: httpx.Request) -> None:
        left = request.extensions["deadline"].left()
        usual = self._http.timeout.as_dict()
        request.extensions["timeout"] = {phase: min(left, seconds or left) for phase, seconds in usual.items()}

    def _note_time(self, date: str) -> None:
        # A date that cannot be read is as good as none.
        with contextlib.suppress(ValueError):
            moment = parsedate_to_datetime(date)
            self.server_clock = (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc), self._clock())

    def _answer(self, call: Call, request: httpx.Request, auth: httpx.Auth | None) -> httpx.Response | ScalekitError:
        try:
            response = self._http.send(request, auth=auth, stream=True)
        except httpx.TransportError as error:
            return unreachable(call, self._host, error)
        except httpx.DecodingError:
            return cut_off(call, httpx.codes.OK)
        except RuntimeError:
            if not self.closed:
                raise
            # A list page may be asked for beside what the process does, and still be on its way when that is done.
            return Cancelled(call.words, "the client was closed before this was sent", "Run again", lasting=True)
        try:
            response.read()
        except httpx.TimeoutException as error:
            return unreachable(call, self._host, error)
        except (httpx.TransportError, httpx.DecodingError):
            return cut_off(call, response.status_code)
        finally:
            response.close()
        return response


def _trusted(settings: Settings) -> ssl.SSLContext | bool:
    # Without TLS, which loopback alone may be, nobody shows a certificate, and to read all roots takes longer than many requests.
    return True if settings.environment_url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def _user_agent() -> str:
    try:
        ours = version("pulumi-scalekit")
    except PackageNotFoundError:
        ours = "0"
    python = ".".join(platform.python_version_tuple()[:2])
    return f"pulumi-scalekit/{ours} Python/{python} httpx/{httpx.__version__}"
