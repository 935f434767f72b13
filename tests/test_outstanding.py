"""A program waits for all of its resources, and for them as for one: what it did not declare Pulumi would delete."""

import asyncio
import collections
import json
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from pulumi import Output

from pulumi_scalekit.program import outstanding
from tests.support.waited_for import MANY

new_sdk = pytest.mark.skipif(
    not hasattr(Output, "_untrack"), reason="this SDK waits for one output after the other, which takes no time"
)
PROGRAM = Path(__file__).parent / "support" / "waited_for.py"


def ran(name):
    ended = subprocess.run([sys.executable, PROGRAM, name], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("program", ["many", "twice"])
def test_it_waits_for_all_of_them_as_for_one(program):
    told = ran(program)

    assert len(told["answered"]) == MANY + 1
    assert "last" in told["answered"]
    assert "error" not in told
    if hasattr(Output, "_untrack"):  # else the SDK waits for one after the other, in no time
        assert told["awaited"] == 1


def test_it_waits_for_what_is_declared_when_others_are_there():
    assert ran("in_an_apply")["answered"] == ["first", "last", "second"]


def test_what_is_refused_ends_it():
    assert "refused on purpose" in ran("refused")["error"]


class Declared:
    """A resource as the SDK has just made it."""

    def __init__(self, loop):
        self.open = [loop.create_future() for _ in range(2)]
        self.urn, self.id = (Output._from_data(each) for each in self.open)


@pytest.fixture
def loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture
def awaited(monkeypatch):
    found = set()
    monkeypatch.setattr(type(pulumi.runtime.settings.SETTINGS), "outputs", found)
    return found


def turn(loop):
    loop.run_until_complete(asyncio.sleep(0))


@new_sdk
def test_the_one_is_settled_with_the_last_of_them(loop, awaited):
    first, second = Declared(loop), Declared(loop)
    outstanding.together(first)
    (one,) = awaited - {*second.open}
    outstanding.together(second)

    for each in (*first.open, *second.open):
        assert not one.done()
        each.set_result(None)
        turn(loop)
    assert one.done()
    assert one.exception() is None


@new_sdk
def test_it_fails_with_the_first_that_fails(loop, awaited):
    declared = Declared(loop)
    outstanding.together(declared)
    (one,) = awaited

    declared.open[0].set_exception(ValueError("refused"))
    turn(loop)

    assert str(one.exception()) == "refused"
    # What the SDK has not looked at yet stays where it looks.
    assert awaited == {one}


@new_sdk
def test_what_comes_after_it_was_settled_is_waited_for(loop, awaited):
    first, second = Declared(loop), Declared(loop)
    outstanding.together(first)
    for each in first.open:
        each.set_result(None)
    turn(loop)
    outstanding.together(second)

    (one,) = awaited
    assert not one.done()


@new_sdk
def test_what_comes_after_all_was_forgotten_is_waited_for(loop, awaited):
    """As `pulumi.runtime.test` does it before each test."""
    outstanding.together(Declared(loop))
    (forgotten,) = awaited
    awaited.clear()
    outstanding.together(Declared(loop))

    (one,) = awaited
    assert one is not forgotten


@new_sdk
def test_another_program_waits_for_its_own(loop, awaited):
    outstanding.together(Declared(loop))
    (of_the_first,) = awaited
    other = asyncio.new_event_loop()
    outstanding.together(Declared(other))

    (one,) = awaited - {of_the_first}
    assert one.get_loop() is other
    other.close()


def test_the_sdk_waits_for_each_where_it_is_not_as_it_is_known(loop, awaited, monkeypatch):
    one = Declared(loop)
    before = {*awaited}
    for name in ("_untrack", "_from_data"):
        with monkeypatch.context() as patched:
            patched.delattr(Output, name)
            outstanding.together(one)
        assert awaited == before
    with monkeypatch.context() as patched:
        patched.setattr(type(pulumi.runtime.settings.SETTINGS), "outputs", collections.deque(awaited))
        outstanding.together(one)
    assert awaited == before


def test_the_sdk_waits_for_each_where_it_would_not_wait_for_the_one(loop, awaited, monkeypatch):
    one = Declared(loop)
    before = {*awaited}
    monkeypatch.setattr(Output, "_from_data", lambda _data: None)

    outstanding.together(one)

    assert awaited == before
