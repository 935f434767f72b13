"""When a request is repeated, and how long to wait before."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from pulumi_scalekit.api.deadline import Deadline
from pulumi_scalekit.api.errors import ApiError, Malformed, RateLimited, ScalekitError, Unreachable

__all__ = ["repeatable", "retry_after", "retrying"]

# Full jitter: anything between nothing and 0.5 s, 1 s, 2 s … 20 s, so that threads that failed together part.
_BACKOFF = wait_random_exponential(multiplier=0.5, max=20)
# A host that has never answered is more likely mistyped than ill, and an answer that is garbled twice is so a third time:
# nobody should wait two minutes for that error.
_FEW_TRIES = 4


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer asks to wait, or None where it does not say.

    A date is taken by the server's own clock (its `Date` header), so a wrong clock here does not matter.
    """
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value, headers.get("date", ""))
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _seconds_until(when: str, now: str) -> float:
    try:
        return (_moment(when) - _moment(now)).total_seconds() if now else _from_now(when)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _from_now(when: str) -> float:
    return (_moment(when) - datetime.now(timezone.utc)).total_seconds()


def _moment(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def repeatable(method: str, error: BaseException) -> bool:
    """Tell whether a failed request may be sent again.

    Everything that is not lasting may, except a POST in doubt: it might have created something, and would again.
    """
    return isinstance(error, ScalekitError) and not error.lasting and not (method == "POST" and error.uncertain)


def retrying(
    method: str,
    deadline: Deadline,
    *,
    sleep: Callable[[float], None],
    answered: Callable[[], bool],
    pause: Callable[[], float] | None = None,
) -> Retrying:
    """Return the loop around one request; call it with a function that sends it once.

    Args:
        method: The verb, `GET` for what is safe to repeat whatever happens.
        deadline: Over all tries: what could only be repeated later is not, and the last error is raised.
        sleep: Waits for that many seconds, and for whatever else has to be waited for.
        answered: Whether the host has ever answered. Until it has, only a few tries are made.
        pause: The seconds in which nothing may be sent. Given, it decides how long to wait after a 429.
    """

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ApiError) and error.retry_after is not None:
            return error.retry_after
        return 0.0 if pause and isinstance(error, RateLimited) else _BACKOFF(state)

    def stop(state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        hopeless = isinstance(error, Malformed) or (isinstance(error, Unreachable) and not answered())
        seconds = max(state.upcoming_sleep, pause() if pause else 0.0)
        return (hopeless and state.attempt_number >= _FEW_TRIES) or not deadline.allows(seconds)

    return Retrying(
        retry=retry_if_exception(lambda error: repeatable(method, error)),
        wait=wait,
        stop=stop,
        sleep=sleep,
        reraise=True,
    )
