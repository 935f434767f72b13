"""Random histories: whatever happened before, an `up` makes it as the program says, and nothing is there twice."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Emulator, Fault
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS
from tests.support.cases import ABSENT, CASES, under
from tests.support.fault_matrix import FAULTS, SLOW, Checkpoint, Person
from tests.support.stack import PROVIDERS, Stack

BY_NAME = {case.name: case for case in CASES}
QUICK = sorted(set(FAULTS) - SLOW)


class History(RuleBasedStateMachine):
    """One resource. `expected` is the model: what must be in the store after an `up`, by the property.

    Its examples share an emulator, and each begins with nothing in it.
    """

    emulator: Emulator
    api: Any
    config: Any
    clients: Any
    nothing: Checkpoint

    @initialize(case=st.sampled_from(sorted(BY_NAME)), provider=st.sampled_from(sorted(PROVIDERS)))
    def begin(self, case, provider):
        self.nothing.restore()
        self.emulator.faults.clear()
        # What went wrong in the history before may have revoked it.
        self.api.sign_in()
        self.case, self.provider = BY_NAME[case], provider
        self.program = self.case.program(self.api)
        self.person = Person(self.case, self.emulator, Checkpoint(self.emulator.store).ids())
        self.stack = Stack(self.provider_of())
        self.expected, self.stale = {}, False
        self.clients.use(self.clients.steady)

    def provider_of(self, *, adopt="no"):
        return PROVIDERS[self.provider](KINDS[self.case.token], {**self.config, "scalekit:adopt": adopt})

    def record(self):
        return self.case.place.find(self.emulator.store, self.stack.id, self.program)

    @property
    def is_up(self):
        return bool(self.stack.id) and self.record() is not None

    def choose(self, data, names):
        return data.draw(st.sampled_from(sorted(names))) if names else None

    @rule(data=st.data())
    def change_the_program(self, data):
        possible = {name for name, edit in self.case.edits.items() if edit.writes}
        possible -= self.case.others_too
        name = self.choose(data, possible - under(self.case.impossible, self.emulator.switches))
        if name:
            self.edit(name, self.case.edits[name])

    @precondition(lambda self: self.stack.id)
    @rule(data=st.data())
    def remove_from_the_program(self, data):
        declared = set(self.case.removals) & set(self.program) & set(self.stack.inputs)
        for lasting in (self.case.unclearable, self.case.unmoved):
            declared -= under(lasting, self.emulator.switches)
        name = self.choose(data, declared)
        if name:
            self.edit(name, self.case.removals[name])

    def edit(self, name, edit):
        self.program = edit.applied(self.program, name)
        if edit.value is ABSENT and not self.stack.id:
            self.expected.pop(name, None)
        else:
            self.expected[name] = edit

    @precondition(lambda self: self.is_up)
    @rule(data=st.data())
    def change_it_in_the_dashboard(self, data):
        path = self.choose(data, {path for path in self.case.drift if path.split(".")[0] not in self.case.others_too})
        if path and path.split(".")[0] in self.stack.inputs:
            try:
                self.case.drift[path](self.record())
            except (IndexError, KeyError, TypeError):
                return  # what the path leads through is not there any more
            self.stale = True

    @precondition(lambda self: self.is_up and not self.case.setting)
    @rule()
    def delete_it_in_the_dashboard(self):
        self.case.place.remove(self.emulator.store, self.stack.id, self.program)
        self.stale = True

    @rule(fault=st.sampled_from(QUICK), nth=st.integers(1, 4), times=st.sampled_from([1, None]))
    def up_while_something_fails(self, fault, nth, times):
        self.emulator.faults.add(Fault(**FAULTS[fault], nth=nth, times=times))
        told = ""
        try:
            self.refresh_and_up(self.program)
        except ScalekitError as error:
            told = str(error)
        self.person.heals()
        self.person.reads(told, self.stack, self.program, lasting=times is None)
        if told:
            self.up()

    @rule()
    def up(self):
        if self.stale and self.stack.id:
            self.stack.provider = self.provider_of()
            self.stack.refresh()
        self.person.ups(self.stack, self.program, self.provider_of)
        self.stale = False
        self.agree()

    def refresh_and_up(self, program):
        self.stack.provider = self.provider_of()
        if self.stale and self.stack.id:
            self.stack.refresh()
        self.stack.up(program)
        self.stale = False

    @precondition(lambda self: self.is_up and not self.stale)
    @rule()
    def import_it(self):
        kind = KINDS[self.case.token]
        taken = Stack(self.provider_of())
        import_id = kind.import_id(from_state(kind, self.stack.inputs), self.stack.id)
        taken.id, taken.inputs, taken.outputs = taken.provider.read(import_id, {}, {})
        assert taken.id == self.stack.id
        assert taken.refresh() == []

    @precondition(lambda self: self.stack.id)
    @rule()
    def destroy(self):
        gone = copy.copy(self.stack)
        self.stack.provider = self.provider_of()
        self.stack.up(None)
        assert (self.case.place.find(self.emulator.store, gone.id, self.program) is not None) <= self.case.stays
        self.expected, self.stale = {}, False
        self.person.before |= {gone.id}

    def agree(self):
        """The store is what the program says."""
        record = self.record()
        assert record is not None
        for name, edit in self.expected.items():
            assert self.held(edit, record) == (edit.expected or None), name
        assert self.stack.preview(self.program) == "same"
        assert self.stack.refresh() == []
        assert self.stack.preview(self.program) == "same"

    def held(self, edit, record):
        """What is kept of a property. What was removed, or is off, may be empty, or was never there."""
        try:
            return edit.record(record) or None
        except KeyError:
            return None

    @invariant()
    def nothing_is_there_that_nobody_knows(self):
        if hasattr(self, "stack"):
            assert self.person.strays(self.stack, self.program) == []


@pytest.mark.parametrize("thorough", [False, True], ids=["sample", "thorough"])
def test_whatever_happened_an_up_makes_it_so(thorough, emulator, api, config, clients, request):
    if thorough and not request.config.getoption("--thorough"):
        pytest.skip("only with --thorough")
    shared = {"emulator": emulator, "api": api, "config": config, "clients": clients}
    machine = type("ThisHistory", (History,), {**shared, "nothing": Checkpoint(emulator.store)})
    examples, steps = (400, 25) if thorough else (40, 10)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=not thorough,
            database=None,
            phases=[Phase.generate],
        ),
    )
