"""One resource, one operation, one fault: what is done, what goes wrong, and what must be there afterwards."""

from __future__ import annotations

import copy
import difflib
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Emulator, Fault
from pulumi_scalekit.emulator.behaviour.store import Store
from tests.support.api import Api
from tests.support.cases import Case, under
from tests.support.stack import Props, Stack

_ID = re.compile(r"\b[a-z0-9]+_\d{12,}\b")
_RANDOM = re.compile(r"-[0-9a-f]{8}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_DOUBT = ("may have taken effect", "may be what it created", "is left behind")

FAULTS: dict[str, dict[str, Any]] = {
    "429": {"kind": "status", "status": 429},
    "429 with Retry-After": {"kind": "status", "status": 429, "retry_after": 3.0},
    "500": {"kind": "status", "status": 500},
    "502": {"kind": "status", "status": 502, "body": "html"},
    "503": {"kind": "status", "status": 503},
    "504": {"kind": "status", "status": 504, "body": "empty"},
    "500 after the write": {"kind": "status", "status": 500, "applied": True},
    "504 after the write": {"kind": "status", "status": 504, "body": "html", "applied": True},
    "refused": {"kind": "refuse", "seconds": 0.02},
    "dropped before the write": {"kind": "drop_before"},
    "dropped after the write": {"kind": "drop_after"},
    "reset after the write": {"kind": "drop_after", "reset": True},
    "truncated": {"kind": "truncate"},
    "timeout before the write": {"kind": "slow", "seconds": 0.2, "applied": False},
    "timeout after the write": {"kind": "slow", "seconds": 0.2},
}
LASTING = ("429", "503", "refused", "dropped after the write")
"""Those that are tried from a request on for good too: two of them leave a doubt, two do not."""
SLOW = {name for name, given in FAULTS.items() if given["kind"] == "slow"}


@dataclass(frozen=True)
class Operation:
    """A step from one program to another; from None to a program it creates, to None it deletes."""

    name: str
    start: Props | None
    goal: Props | None
    refresh: bool = False

    def __str__(self) -> str:
        return self.name

    def on(self, stack: Stack) -> None:
        if self.refresh:
            stack.refresh()
        else:
            stack.up(self.goal)


def operations(case: Case, program: Props, api: Api) -> Iterator[Operation]:
    """All that can be done with a resource."""
    yield Operation("create", None, program)
    yield Operation("refresh", program, program, refresh=True)
    switches = api.emulator.switches
    for what, edits, errors in (("change", case.edits, case.impossible), ("remove", case.removals, case.unclearable)):
        for name, edit in edits.items():
            if name not in under(errors, switches):
                yield Operation(f"{what} {name}", program, edit.applied(program, name))
    for name, value in case.replacing.items():
        yield Operation(f"replace by {name}", program, {**program, **value(api)})
    yield Operation("delete", program, None)


class Checkpoint:
    """The store as it is now, to go back to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = self._collections()

    def _collections(self) -> dict[str, Any]:
        held = {name: value for name, value in vars(self._store).items() if isinstance(value, dict | set)}
        return copy.deepcopy({name: value for name, value in held.items() if name != "_tokens"})

    def restore(self) -> None:
        vars(self._store).update(copy.deepcopy(self._kept))

    def ids(self) -> set[str]:
        return set(_ID.findall(repr(self._kept)))


def shape(store: Store) -> list[str]:
    """All that the store holds, without what is new each time (ids, times, the ends of secrets) and features that are off."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in sorted(value.items()) if key != "secret_suffix"}
        if isinstance(value, list):
            off = [
                item
                for item in value
                if isinstance(item, dict) and set(item) == {"name", "enabled"} and not item["enabled"]
            ]
            return [plain(item) for item in value if item not in off]
        return value

    lines = []
    for name, collection in store.snapshot().items():
        if isinstance(collection, dict):
            lines += [f"{name} {json.dumps([key, plain(record)])}" for key, record in collection.items() if record]
    return sorted(_TIME.sub("TIME", _RANDOM.sub("-RANDOM", _ID.sub("ID", line))) for line in lines)


@dataclass
class Person:
    """Reads the messages and does what they say, and nothing else.

    Args:
        before: The ids that were there before.
    """

    case: Case
    emulator: Emulator
    before: set[str]
    asked: int = 0
    """How often something was left for a person to decide."""

    def strays(self, stack: Stack, program: Props) -> list[str]:
        """Objects that are there since, and that the stack does not know."""
        if self.case.setting or self.case.place.find(self.emulator.store, self.case.nothing, program) is not None:
            # There is never more than one: whatever id is asked for, it is found.
            return []
        mine = {stack.id, *(id_ for id_, _ in stack.replaced)}
        new = set(_ID.findall(json.dumps(self.emulator.store.snapshot()))) - self.before - mine
        return [id_ for id_ in sorted(new) if self.case.place.find(self.emulator.store, id_, program) is not None]

    def reads(self, told: str, stack: Stack, program: Props, *, lasting: bool) -> None:
        """Delete by hand what the message says may be there. What no message names nobody would look for.

        Where the fault lasts, nobody could look for candidates: then it is enough to be told of the doubt.
        """
        strays = self.strays(stack, program)
        if not strays:
            return
        self.asked += 1
        assert any(words in told for words in _DOUBT), f"{strays} left without a word: {told}"
        assert lasting or all(id_ in told for id_ in strays), f"{strays} not named: {told}"
        if "take it over" in told and "adopt identical" in told:
            return
        for id_ in strays:
            self.case.place.remove(self.emulator.store, id_, program)

    def heals(self) -> None:
        """Wait until what was wrong is over."""
        self.emulator.faults.clear()
        host, port = self.emulator.url.removeprefix("http://").split(":")
        while True:  # a closed door opens by itself
            try:
                socket.create_connection((host, int(port))).close()
            except ConnectionRefusedError:
                time.sleep(0.001)
                continue
            return

    def ups(self, stack: Stack, program: Props | None, provider_of: Callable[..., Any]) -> None:
        """One more `up`; and another one with `adopt` where that is what the first asks for."""
        stack.provider = provider_of()
        try:
            stack.up(program)
        except ScalekitError as error:
            told = str(error)
            named = "already belongs to" in told and "pulumi config set scalekit:adopt identical" in told
            if not named:
                raise
            self.asked += 1
            stack.provider = provider_of(adopt="identical")
            stack.up(program)


@dataclass
class FaultMatrix:
    """One case, one operation, one provider.

    Args:
        provider_of: Makes the provider of the case's kind: `hasty`, with a short timeout; `adopt`, with that setting.
    """

    case: Case
    operation: Operation
    emulator: Emulator
    provider_of: Callable[..., Any]
    done: int = 0
    person: Person = field(init=False)

    def __post_init__(self) -> None:
        self._start = Stack(self.provider_of())
        if self.operation.start is not None:
            self._start.up(self.operation.start)
        self._before = Checkpoint(self.emulator.store)
        self.person = Person(self.case, self.emulator, self._before.ids())
        stack = copy.copy(self._start)
        self.operation.on(stack)
        self._expected = shape(self.emulator.store)

    def with_fault_at_every_request(self, fault: str, times: int | None) -> None:
        """Let each request fail in turn, once or from it on for good.

        Raises:
            AssertionError: Something is lost, doubled or left without a word.

        """
        nth = 1
        try:
            while self._with_fault(fault, nth, times):
                nth += 1
        except (AssertionError, ScalekitError) as error:
            often = "once" if times else "for good"
            raise AssertionError(f"{self.operation}, request {nth}: {fault}, {often}\n{error}") from error

    def _with_fault(self, fault: str, nth: int, times: int | None) -> bool:
        """Run it with a fault, and once more without. Returns whether the fault struck."""
        self._before.restore()
        stack = replace(self._start, provider=self.provider_of(hasty=fault in SLOW), replaced=[])
        self.emulator.faults.add(Fault(**FAULTS[fault], nth=nth, times=times))
        told = ""
        try:
            self.operation.on(stack)
        except ScalekitError as error:
            told = str(error)
        struck = all(one["seen"] >= nth for one in self.emulator.faults.waiting())
        self.person.heals()
        if not struck:
            assert told == "", told
            return False
        self.done += 1
        goal = self.operation.goal
        self.person.reads(told, stack, goal or self.operation.start or {}, lasting=times is None)
        self.person.ups(stack, goal, self.provider_of)
        found = shape(self.emulator.store)
        assert found == self._expected, "\n".join(difflib.unified_diff(self._expected, found, "program", "store", n=0))
        if goal is not None:
            assert stack.preview(goal) == "same"
            assert stack.refresh() == []
            assert stack.preview(goal) == "same"
        return True
