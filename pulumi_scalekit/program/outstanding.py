"""What a program waits for before it ends: for all of its resources one future, and not two for each.

When a program has declared everything, Pulumi's SDK waits for the outputs that are open, and each time that one is settled it
begins anew with all others. The id and the URN of a thousand resources are two thousand: most of what such a program computes.
Here one future stands for them among what the SDK waits for. It is settled when the last of them is, and fails when the first
one fails.
"""

# ruff: noqa: SLF001 - the SDK has no other way to say it

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any

import pulumi
from pulumi import Output
from pulumi.runtime.settings import SETTINGS


class Outstanding:
    """The outputs of one program that are open.

    Args:
        awaited: What the SDK waits for.
        loop: The program's event loop.

    """

    def __init__(self, awaited: set[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.settled = loop.create_future()
        self._awaited = awaited
        self._loop = loop
        self._open = 0
        # From now on the SDK waits for it, as for each output.
        Output._from_data(self.settled)

    def serves(self, awaited: set[Any], loop: asyncio.AbstractEventLoop) -> bool:
        """Whether a program certainly waits for it: one that failed, or a test that clears what it waits for, may not."""
        return self._awaited is awaited and self.settled in awaited and self._loop is loop and not self.settled.done()

    def take(self, output: Any) -> None:
        """Stand for an output."""
        self._open += 1
        output._untrack()
        output._data.add_done_callback(self._done)

    def _done(self, data: asyncio.Future[Any]) -> None:
        self._open -= 1
        if self.settled.done():
            return
        if data.cancelled():
            self.settled.cancel()
        elif (error := data.exception()) is not None:
            self.settled.set_exception(error)
        elif not self._open:
            self.settled.set_result(None)


_known: ContextVar[Outstanding | None] = ContextVar("outstanding", default=None)
"""That of this program: the Automation API may run several in one process."""


def together(resource: pulumi.Resource) -> None:
    """Have the SDK wait for a resource that was just declared as for all others at once.

    A program that ended too early would leave resources undeclared, which Pulumi then deletes. So where the SDK is not as it is
    known, or does not wait for the future, it goes on to wait for each output.
    """
    settings: Any = SETTINGS  # whose properties no type checker can read
    awaited = settings.outputs
    if not isinstance(awaited, set) or not hasattr(Output, "_untrack") or not hasattr(Output, "_from_data"):
        return
    outputs = [resource.__dict__[name] for name in ("urn", "id")]
    if not all(output._data in awaited for output in outputs):
        return
    loop = outputs[0]._data.get_loop()
    outstanding = _known.get()
    if outstanding is None or not outstanding.serves(awaited, loop):
        outstanding = Outstanding(awaited, loop)
        if outstanding.settled not in awaited:
            return
        _known.set(outstanding)
    for output in outputs:
        outstanding.take(output)
