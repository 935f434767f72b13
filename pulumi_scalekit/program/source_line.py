"""Where a program declares a resource: the one line of its call stack that goes into the state.

Pulumi's SDK sends the whole stack with each resource, down to where the interpreter began: a dozen paths or more of the machine
that the program runs on, half of what a state holds of an organization, and the engine writes all of it anew at every step.
The first frame is the program's line, which is the resource's source position too. Nothing of Pulumi reads the others, and
neither SDK nor engine has a switch for them. Python has one: `traceback`, with which the SDK looks, goes no further than
`sys.tracebacklimit`.
"""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pulumi
from pulumi.runtime import resource as sdk

_BELOW = 2
"""The frames between the SDK's constructor and what it looks with. `_is_as_known` says which."""

_turn = threading.RLock()
"""The limit is the process's, and the Automation API may run several programs in one, each in a thread."""


@contextmanager
def alone() -> Iterator[None]:
    """Around the SDK's constructor: what `cut` sets holds until its end."""
    with _turn:
        before = getattr(sys, "tracebacklimit", None)
        try:
            yield
        finally:
            if before is not None:
                sys.tracebacklimit = before
            elif hasattr(sys, "tracebacklimit"):
                del sys.tracebacklimit


def cut() -> None:
    """Let the SDK see the program's line, and nothing above it.

    To be called in `_get_providers`, the last that the SDK's constructor asks before it looks: after the transformations, which
    are the user's and may show a traceback. If the SDK is not as it is known, nothing is cut, and the state is larger.
    """
    frame = inspect.currentframe()
    for _ in range(2):
        frame = None if frame is None else frame.f_back
    if frame is None or frame.f_code is not getattr(pulumi.Resource.__init__, "__code__", None) or not _is_as_known():
        return
    # The SDK's own rule: what stands above the third constructor is the program.
    seen, constructors = _BELOW, 0
    while frame is not None and constructors < 3:  # noqa: PLR2004 - the SDK's rule
        constructors += frame.f_code.co_name == "__init__"
        seen += 1
        frame = frame.f_back
    # For `Organization.get` and for a `Provider` that is this package, whose place on the machine says nothing.
    ours = frame is not None and str(frame.f_globals.get("__name__")).startswith("pulumi_scalekit.")
    sys.tracebacklimit = seen if ours else seen + 1


@cache
def _is_as_known() -> bool:
    """Whether the SDK's constructor looks at the stack as that of every version since 3.216 does."""
    return (
        _calls(pulumi.Resource.__init__, "register_resource", "read_resource")
        and _calls(getattr(sdk, "register_resource", None), "_get_stack_trace")
        and _calls(getattr(sdk, "read_resource", None), "_get_stack_trace")
        and _calls(getattr(sdk, "_get_stack_trace", None), "extract_stack")
    )


def _calls(function: Any, *names: str) -> bool:
    return set(names) <= set(getattr(getattr(function, "__code__", None), "co_names", ()))
