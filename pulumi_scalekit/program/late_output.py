"""The outputs of a resource's properties: each is made when somebody looks at it, and most nobody looks at.

For each property that a constructor is given, be it with None, Pulumi's SDK makes four futures and a task: nearly half of
what a program takes for a resource that has a dozen properties. And while it waits for the last answers, it goes through all outputs
that are still open each time that one is settled. Here the SDK makes each when it is looked at, by the same function and with
the same answer of the engine.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

import pulumi
from pulumi import Output
from pulumi.runtime import rpc

Resolve = Callable[..., None]
"""Gives an output of the SDK's its value, whether that is known and secret, what it depends on, or an error."""


class LateOutput(Output[Any]):
    """Stands among the attributes of a resource until the output is looked at."""

    def __init__(self, make: Callable[[], Output[Any]]) -> None:  # pyright: ignore[reportMissingSuperCall]
        # Not the SDK's constructor: its work is what is put off.
        self.__dict__.update(_make=make, _thread=threading.get_ident())

    def looked_at(self) -> Output[Any]:
        """Make the output; in another thread, which has no event loop of the program's, leave it to be made when it is used."""
        return self.made() if self.__dict__["_thread"] == threading.get_ident() else self

    def made(self) -> Output[Any]:
        """Make the output, which takes this one's place at the resource."""
        if make := self.__dict__.pop("_make", None):
            output: Output[Any] = make()
            self.__dict__.update(vars(output))
            return output
        return self

    # For who comes past the property, as the SDK does for a resource that is exported whole.
    def __getattr__(self, item: str) -> Any:
        if "_make" not in self.__dict__ or item.startswith("__"):
            return super().__getattr__(item)
        self.made()
        return getattr(self, item)

    def _untrack(self) -> None:
        # The SDK holds a lock when it looks, which it needs to make one.
        self.made()
        super()._untrack()


class _Answer:
    """What the engine answers for a resource, for the outputs that wait for it and for those that are made later."""

    def __init__(self, resource: pulumi.Resource, transfer: Callable[..., dict[str, Resolve]]) -> None:
        self._resource = resource
        self._transfer = transfer
        self._values: dict[str, tuple[Any, ...]] = {}
        self._rest: tuple[Any, ...] | None = None
        self._waiting: dict[str, Resolve] = {}

    def make(self, name: str) -> Output[Any]:
        """Make the output of a property that is looked at for the first time."""
        resolve = self._transfer(self._resource, {name: None}, custom=True)[name]
        values = self._values.get(name, self._rest)
        if values is None:
            self._waiting[name] = resolve
        else:
            resolve(*values)
        made: Output[Any] = self._resource.__dict__[name]
        return made

    def settle(self, name: str, *values: Any) -> None:
        """Take what is there."""
        self._values[name] = values
        if resolve := self._waiting.pop(name, None):
            resolve(*values)

    def settle_rest(self, *values: Any) -> None:
        """Take what holds for all that is not there."""
        self._rest = values
        while self._waiting:
            self._waiting.popitem()[1](*values)


class _Resolvers(dict[str, Resolve]):
    """What the SDK resolves, each property or all that are missing."""

    def __init__(self, answer: _Answer) -> None:
        super().__init__()
        self._answer = answer

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002 - there is always one
        return partial(self._answer.settle, key)

    def items(self) -> Any:
        # No property is named so, hence the SDK resolves this one as each that is missing, and last.
        return [("", self._answer.settle_rest)]


@contextmanager
def late(resource: pulumi.Resource, given: dict[str, Any]) -> Iterator[None]:
    """Around the SDK's constructor of a resource: the output of each property is made when it is looked at.

    Args:
        resource: The resource.
        given: Its properties, None those that are not declared. A transformation may hand others to the SDK.

    If the SDK is not as it is known, it makes them all, and the program is slower.
    """
    if not _is_as_known():
        yield
        return
    transfer = rpc.transfer_properties

    def transfer_late(res: pulumi.Resource, props: Mapping[str, Any], custom: Any) -> dict[str, Resolve]:
        if res is not resource:
            return transfer(res, props, custom)
        answer = _Answer(res, transfer)
        for name in dict.fromkeys([*given, *props]):
            if name not in ("id", "urn"):
                res.__dict__[name] = LateOutput(partial(answer.make, name))
        if props is given:
            # What is None is not sent, and takes the SDK as long as what is.
            for name in [name for name, value in given.items() if value is None]:
                del given[name]
        return _Resolvers(answer)

    rpc.transfer_properties = transfer_late
    try:
        yield
    finally:
        rpc.transfer_properties = transfer


@cache
def _is_as_known() -> bool:
    """Whether the SDK makes and resolves the outputs of a resource as every version since 3.216 does."""
    make, resolve = getattr(rpc, "transfer_properties", None), getattr(rpc, "resolve_properties", None)
    return (
        callable(make)
        and list(inspect.signature(make).parameters) == ["res", "props", "custom"]
        and callable(resolve)
        and {"get", "items"} <= set(getattr(getattr(resolve, "__code__", None), "co_names", ()))
    )
