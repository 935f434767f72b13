"""The speed at which all threads together send, once the API has said that it is too much."""

from __future__ import annotations

import logging
import math
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Pace", "Ticket"]

FIRST_PAUSE = 0.5
"""Seconds of the first pause where the API names none; doubled for each refusal that follows without an answer between."""
LONGEST_PAUSE = 30.0
"""Seconds of the longest pause that we choose ourselves."""
_LOOK_AGAIN = 1.0  # seconds after which a waiting thread asks again, since its place may have become better
_WINDOW = 10.0  # seconds over which the speed is known while nothing limits it
_GUESS = 20.0  # requests a second to begin with where little was sent before, which says nothing of what is allowed
_SLOWEST = 1.0  # requests a second, however long nothing was accepted
_MARGIN = 0.02  # how far below the measured rate to begin, so that the allowance is refilled a little
_STEP = 0.03  # how far the rate has grown beyond the plateau after as many requests again
_PLATEAU = 200  # requests over which the rate rises to what is expected to be allowed
_ENOUGH = 100  # requests after which a measurement may begin anew

log = logging.getLogger("pulumi_scalekit.api")


@dataclass
class Ticket:
    """A request's place in the queue.

    Attributes:
        epoch: The queue that the place is in; each pause begins a new one, and old places are void.
        at: The moment of the pace's clock from which it may be sent.
    """

    epoch: int = -1
    at: float = -math.inf


class Pace:
    """Lets threads send as they like until the API answers 429; from then on at the rate that it allows.

    A 429 says that the allowance is used up at that moment. So what was accepted between two of them, divided by the
    time, is what the API allows, however much it had saved up before the first. That is the low end; the rate at which
    it refused is the high end. From the low end the rate rises quickly at first, stays for long about the middle of the
    two, and then rises ever faster (the curve of TCP CUBIC). Each refusal brings the ends closer, so a constant limit
    is met within a few and then hardly touched, and a limit that was raised is soon found out.

    Args:
        clock: Seconds, from any origin.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rate = math.inf  # requests a second; infinite until the first refusal
        self._low = 0.0  # where the curve begins
        self._middle = 0.0  # where it is flat
        self._plateau = float(_PLATEAU)
        self._steps = 0  # requests along the curve
        self._measured_from = clock()
        self._measured = 0  # requests accepted since then
        self._refused_at = -math.inf
        self._refusals = 0  # one after the other, with nothing accepted between
        self._resume = -math.inf  # the end of the pause
        self._requested = -math.inf  # until when the API asked to wait
        self._next = -math.inf  # the first free place
        self._epoch = 0

    def wait(self, ticket: Ticket) -> float:
        """Return the seconds to wait before asking again; 0 or less when the request may be sent."""
        with self._lock:
            now = self._clock()
            if self._rate == math.inf:
                if now - self._measured_from > _WINDOW:
                    self._measured_from, self._measured = now, 0
                return 0.0
            if ticket.epoch != self._epoch:
                self._place(ticket, now)
            return min(max(ticket.at, self._resume) - now, _LOOK_AGAIN)

    def pause(self) -> float:
        """Return the seconds in which certainly nothing may be sent; 0 if there is no pause."""
        with self._lock:
            return max(self._resume - self._clock(), 0.0)

    def requested(self) -> float | None:
        """Return the seconds that the API still asks to wait, or None if it does not."""
        with self._lock:
            seconds = self._requested - self._clock()
            return seconds if seconds > 0 else None

    def accepted(self) -> None:
        """Note an answer other than 429."""
        with self._lock:
            now = self._clock()
            self._measured += 1
            if self._refusals > 1:
                # The scout came through: all others are given new places, from now on.
                self._epoch += 1
                self._next = now
            self._refusals = 0
            # A rate that is not used up is not known to be allowed, so it does not grow.
            if self._rate < math.inf and self._next + 1 / self._rate >= now:
                self._steps += 1
                ahead = self._steps / self._plateau - 1
                rise = self._middle - self._low if ahead < 0 else self._middle * _STEP
                self._rate = self._middle + rise * ahead**3

    def refused(self, sent_at: float, retry_after: float | None) -> None:
        """Note a 429.

        Args:
            sent_at: When the request was sent. If that was before the last pause began, its refusal is no news.
            retry_after: The seconds that the API asks to wait, where it does.
        """
        with self._lock:
            now = self._clock()
            if retry_after is not None:
                self._requested = max(self._requested, now + retry_after)
            if sent_at > self._refused_at:
                self._learn(now)
                self._pause(now, retry_after)
            elif retry_after is not None:
                self._resume = max(self._resume, now + retry_after)

    def _place(self, ticket: Ticket, now: float) -> None:
        if now - self._next > _LOOK_AGAIN:
            # Nobody wanted to send for a while, which says nothing about what is allowed.
            self._measured_from += now - self._next
        ticket.epoch = self._epoch
        ticket.at = max(now, self._next)
        gap = 1 / self._rate
        if self._refusals > 1 and ticket.at <= self._resume:
            # Even the first one after a pause was refused. Next time one goes alone, and the others wait for its answer.
            gap += 2 * (self._resume - self._refused_at)
        self._next = ticket.at + gap

    def _learn(self, now: float) -> None:
        if self._refusals:
            return
        seconds = max(now - self._measured_from, 0.01)
        if self._rate == math.inf:
            # Contains what had been saved up, so it is too high; the next refusal tells by how much.
            self._middle = max(max(self._measured, 1) / seconds, _GUESS)
            self._low = self._middle / 2
        else:
            allowed = max(min(self._measured / seconds, self._rate), _SLOWEST)
            self._middle = (allowed + self._rate) / 2
            self._low = allowed * (1 - _MARGIN)
        if self._rate == math.inf or self._measured >= _ENOUGH:
            self._measured_from, self._measured = now, 0

    def _pause(self, now: float, retry_after: float | None) -> None:
        seconds = FIRST_PAUSE if self._rate == math.inf else 2 / self._low
        if self._refusals:
            seconds = max(seconds, FIRST_PAUSE) * 2 ** min(self._refusals, 9)
        # Jitter, because other processes may have been refused at the same moment.
        seconds = min(seconds, LONGEST_PAUSE) * random.uniform(0.75, 1.25)  # noqa: S311
        if retry_after:
            seconds = retry_after
        self._rate = self._low
        self._steps = 0
        # The dearer a pause, the longer until the next one may be risked.
        self._plateau = max(_PLATEAU, 20 * seconds * self._low)
        self._refusals += 1
        self._refused_at = now
        self._resume = self._next = max(self._resume, now + seconds)
        self._epoch += 1
        log.debug("429: all requests pause for %.2f s, then %.2f a second", self._resume - now, self._rate)
