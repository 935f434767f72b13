"""What is sent to the engine of the place where a program declares a resource, and that nothing else is cut."""

import sys
import threading

import pytest

from pulumi_scalekit.program import source_line
from tests.support.mocked_programs import registered

HERE = "mocked_programs.py"


@pytest.mark.parametrize("plugin", ["false", "true"])
def test_the_line_of_the_program_is_sent_alone(plugin):
    _, sent, error = registered("traces", plugin=plugin)
    assert error == ""
    assert sent["acme"] == sent["in-a-component"] == [HERE]


def test_the_place_of_the_package_is_not_sent():
    _, sent, _ = registered("traces")
    assert sent["eu"] == sent["found"] == []


def test_the_stack_of_anothers_resource_is_whole():
    _, sent, _ = registered("traces")
    assert sent["before"][0] == sent["after"][0] == HERE
    assert len(sent["before"]) == len(sent["after"]) > 5


def test_a_sdk_that_looks_in_another_way_finds_what_it_looks_for():
    _, sent, error = registered("traces:wrapped")
    assert error == ""
    assert sent["acme"][0] == HERE
    assert len(sent["acme"]) > 5


def test_what_a_user_runs_meanwhile_sees_its_whole_stack():
    _, (seen, whole), error = registered("traced_in_a_transformation")
    assert error == ""
    assert seen > whole


@pytest.mark.parametrize("before", [None, 3])
def test_the_limit_is_what_it_was(before):
    _, after, error = registered(f"limit:{before}")
    assert error == ""
    assert after == [before, before]


def test_a_program_in_another_thread_waits_for_its_turn():
    """Else it would take the limit of the first for what there was before, and leave it behind."""
    inside, first_has_ended = threading.Event(), threading.Event()

    def second():
        with source_line.alone():
            inside.set()
            first_has_ended.wait(10)

    thread = threading.Thread(target=second)
    with source_line.alone():
        sys.tracebacklimit = 5
        thread.start()
        assert not inside.wait(0.2)
    first_has_ended.set()
    thread.join()
    assert not hasattr(sys, "tracebacklimit")
