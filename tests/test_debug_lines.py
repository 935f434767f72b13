"""What the SDK says of registrations goes to the engine together: all of it, in its order, and nothing else later than it was said."""

import contextvars
import subprocess
import sys
import threading

import grpc
import pulumi
import pytest
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc
from pulumi.runtime.settings import SETTINGS

from pulumi_scalekit.program import debug_lines


class Engine(engine_pb2_grpc.EngineStub):
    """Keeps what it is told."""

    def __init__(self):
        self.told = []
        self.gone = False

    def Log(self, request):  # noqa: N802 - as it is called
        if self.gone:
            raise grpc.RpcError("gone")
        self.told.append((engine_pb2.LogSeverity.Name(request.severity), request.message))


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(debug_lines, "_SECONDS", 60)
    engine = Engine()
    # Each test has a context of its own, as each program has.
    return engine, contextvars.copy_context().run


def registration(engine, *lines):
    """Say lines as the SDK does for a resource, the last one in a task that outlives the constructor."""
    SETTINGS.engine = engine
    with debug_lines.together():
        for line in lines[:-1]:
            pulumi.log.debug(line)
        later = contextvars.copy_context()
    later.run(pulumi.log.debug, lines[-1])
    return debug_lines._known.get()


def test_lines_of_several_resources_are_said_in_one_call(engine):
    told, run = engine[0].told, engine[1]

    said = run(lambda: [registration(engine[0], *lines) for lines in (("a", "b"), ("c", "d"))][-1])
    assert told == []
    said.say()
    said.say()

    assert told == [("DEBUG", "a\ndebug: b\ndebug: c\ndebug: d")]


def test_they_are_said_soon(engine, monkeypatch):
    monkeypatch.setattr(debug_lines, "_SECONDS", 0.01)
    said = threading.Event()
    monkeypatch.setattr(engine[0], "Log", lambda _request: said.set())

    engine[1](registration, engine[0], "a")

    assert said.wait(10)


def test_what_the_user_is_told_comes_at_once_and_after_them(engine):
    def program():
        SETTINGS.engine = engine[0]
        with debug_lines.together():
            pulumi.log.debug("a")
            pulumi.log.warn("look")

    engine[1](program)

    assert engine[0].told == [("DEBUG", "a"), ("WARNING", "look")]


@pytest.mark.parametrize("line", ["exception when preparing or executing rpc", "Traceback (most recent call last):"])
def test_a_failure_is_said_at_once_and_after_them(engine, line):
    engine[1](registration, engine[0], "a", line)

    assert engine[0].told == [("DEBUG", "a"), ("DEBUG", line)]


def test_where_no_thread_can_start_it_is_said_at_once(engine, monkeypatch):
    def start(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Timer, "start", start)
    engine[1](registration, engine[0], "a")

    assert engine[0].told == [("DEBUG", "a")]


def test_the_engine_of_other_threads_is_left_alone(engine):
    seen = []

    def another():
        with debug_lines.together():
            pass
        threading.Thread(target=lambda: seen.append(SETTINGS.engine)).start()

    SETTINGS.engine = engine[0]
    declaring = threading.Thread(target=another)
    declaring.start()
    declaring.join()
    SETTINGS.engine = None

    assert not [one for one in seen if isinstance(one, debug_lines.DebugLines)]


def test_what_others_register_is_said_as_ever(engine):
    def program():
        SETTINGS.engine = engine[0]
        with debug_lines.together():
            pass
        pulumi.log.debug("theirs")

    engine[1](program)

    assert engine[0].told == [("DEBUG", "theirs")]


def test_a_program_of_another_engine_in_this_process_has_its_own_lines(engine):
    other = Engine()

    def program():
        for one in (engine[0], other, engine[0]):
            registration(one, "a").say()

    engine[1](program)

    assert (engine[0].told, other.told) == ([("DEBUG", "a")] * 2, [("DEBUG", "a")])


def test_an_engine_that_is_gone_stops_no_program(engine):
    engine[0].gone = True

    engine[1](registration, engine[0], "a").say()


def test_the_engine_of_a_users_test_is_left_alone():
    class Other:
        told = ()

        def Log(self, request):  # noqa: N802 - as it is called
            self.told = (*self.told, request.message)

    other = Other()
    contextvars.copy_context().run(registration, other, "a", "b")

    assert other.told == ("a", "b")


def test_a_program_that_ends_at_once_has_said_all():
    ended = subprocess.run([sys.executable, "-c", AT_THE_END], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "a\n"), ended.stderr


AT_THE_END = """
import sys
from pulumi.runtime.proto import engine_pb2_grpc
from pulumi.runtime.settings import SETTINGS
import pulumi
from pulumi_scalekit.program import debug_lines
class Engine(engine_pb2_grpc.EngineStub):
    def __init__(self): pass
    def Log(self, request): print(request.message)
SETTINGS.engine = Engine()
with debug_lines.together():
    pulumi.log.debug("a")
sys.exit(3)
"""
