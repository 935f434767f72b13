"""Reads that do not show the last writes yet: nothing is lost, doubled or taken for undone because of it."""

from __future__ import annotations

import pytest

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.model.registry import KINDS
from tests.support.cases import CASES, under
from tests.support.stack import PROVIDERS, Stack


@pytest.fixture(params=[pytest.param(1, marks=pytest.mark.slow), 3], ids="lag{}".format)
def switches(request, case):
    return Switches(read_lag=request.param)


@pytest.fixture(params=PROVIDERS)
def stack(request, case, config, clients):
    return Stack(PROVIDERS[request.param](KINDS[case.token], config))


def record(emulator, case, stack, program):
    return case.place.find(emulator.store, stack.id, program)


every = pytest.mark.parametrize("case", CASES, ids=str)
made = pytest.mark.parametrize("case", [case for case in CASES if not case.setting], ids=str)


@every
def test_an_up_does_what_is_declared(case, stack, api, emulator):
    """What one update wrote is still there after the next one, which may have read what was before both."""
    program = case.program(api)
    assert stack.up(program) == "create"
    done = []
    for name in [name for name in case.edits if name not in under(case.impossible, emulator.switches)]:
        program = case.edits[name].applied(program, name)
        assert stack.up(program) == "update", name
        done.append(name)
        there = record(emulator, case, stack, program)
        assert [one for one in done if case.edits[one].record(there) != case.edits[one].expected] == [], name
    assert stack.preview(program) == "same"


@made
def test_what_was_just_made_is_not_gone(case, stack, api, emulator):
    program = case.program(api)
    stack.up(program)
    assert stack.refresh() != ["deleted"]
    assert record(emulator, case, stack, program) is not None


@made
def test_what_is_gone_is_found_gone(case, stack, api, emulator):
    """Somebody deletes it by hand, in the store: the reads that lag have been answered when the looks are over."""
    program = case.program(api)
    stack.up(program)
    case.place.remove(emulator.store, stack.id, program)
    assert stack.refresh() == ["deleted"]


@made
def test_what_is_known_to_be_old_is_looked_at_once(case, stack, api, emulator, clock):
    program = case.program(api)
    stack.up(program)
    case.place.remove(emulator.store, stack.id, program)
    clock.sleep(61)
    emulator.switches = Switches()
    before = clock.clock()
    assert stack.refresh() == ["deleted"]
    assert ("create_time" in KINDS[case.token].by_name) == (clock.clock() - before < 7)


@made
@pytest.mark.slow
@pytest.mark.parametrize("fault", ["drop_after", "status"])
def test_a_lost_create_makes_no_second_one(case, fault, stack, api, emulator):
    """It is found late, or in doubt, and never sent again where a second one would come of it."""
    program = case.program(api)
    create = KINDS[case.token].api.create
    mark = emulator.ledger.mark()
    emulator.faults.add(Fault(fault, method=create.verb, path="/api/v1/.*", applied=True, reset=True))
    told = ""
    try:
        stack.up(program)
    except ScalekitError as error:
        told = str(error)
    assert ("The change may have taken effect all the same" in told) == bool(told)
    assert told or record(emulator, case, stack, program) is not None
    sent = [
        one for one in emulator.ledger.since(mark) if create.is_called_by(one.method, one.path.removeprefix("/api/v1"))
    ]
    lost, *others = [entry.status for entry in sent]
    assert lost in (0, 503)
    assert create.may_be_sent_again or all(status >= 400 for status in others)
