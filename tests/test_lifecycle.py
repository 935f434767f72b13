"""Every resource through its whole life, as the engine would call, under every reading of the API's open questions."""

from __future__ import annotations

import copy

import pytest
from cases import CASES, Case
from conftest import VARIANTS
from stack import FACES, Stack, secret_paths

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.resources import KINDS



@pytest.fixture(params=FACES)
def face(request, config):
    """Makes the provider of a kind."""
    return lambda token: FACES[request.param](KINDS[token], config)


@pytest.fixture(params=CASES, ids=str)
def case(request) -> Case:
    return request.param


@pytest.fixture
def program(case, world):
    return case.program(world)


@pytest.fixture
def stack(case, face):
    return Stack(face(case.token))


def record(emulator, case, stack, program):
    return getattr(emulator.store, case.records)[case.key(stack.id, program)]


def test_every_resource_has_a_case():
    assert {case.token for case in CASES} == set(KINDS)


@pytest.mark.parametrize("switches", VARIANTS.values(), ids=VARIANTS)
def test_up_then_nothing_changes_ever(stack, program, emulator):
    """After an up, neither a preview nor a refresh finds anything, whatever the API's answers look like."""
    assert stack.up(program) == "create"
    made = emulator.ledger.mark()

    assert stack.preview(program) == "same"
    assert emulator.ledger.since(made) == []
    assert stack.refresh() == []
    assert stack.preview(program) == "same"
    assert stack.refresh() == []


@pytest.mark.parametrize("switches", VARIANTS.values(), ids=VARIANTS)
def test_each_property_is_changed_where_it_lives(case, stack, program, emulator, switches):
    """One property at a time: it is found changed in the store, nothing else moved, and then nothing is left to do."""
    stack.up(program)
    variant = next(name for name, one in VARIANTS.items() if one == switches)
    for name, edit in case.edits.items():
        if case.impossible.get(variant) == name:
            with pytest.raises(ScalekitError, match=f"answered with success, but {name}"):
                stack.up({**program, name: edit.value})
            return
        program = {**program, name: edit.value}
        assert stack.up(program) == "update", name
        assert edit.record(record(emulator, case, stack, program)) == edit.expected, name
        assert stack.preview(program) == "same", name
        assert stack.refresh() == [], name


def test_a_change_costs_one_request(case, stack, program, emulator):
    """One request for the endpoint that owns the property; a map that others write too is read first."""
    stack.up(program)
    for name, edit in case.edits.items():
        program = {**program, name: edit.value}
        before = emulator.ledger.mark()
        stack.up(program)
        sent = [entry.method for entry in emulator.ledger.since(before)]
        reads = {"metadata": 1, "enabled": 1}.get(name, 0)
        assert len(sent) == 1 + reads, (name, sent)
        assert sent.count("GET") == reads, (name, sent)


def test_replacing_makes_a_new_object(case, stack, program, world, emulator):
    for name, value in case.replacing.items():
        stack.up(program)
        old = stack.id
        assert stack.up({**program, **value(world)}) == "replace", name
        assert stack.id != old
        assert old not in getattr(emulator.store, case.records)
        stack.up(None)


def test_drift_is_found_at_the_exact_property_and_repaired(case, stack, program, emulator):
    stack.up(program)
    for path, change in case.drift.items():
        before = copy.deepcopy(record(emulator, case, stack, program))
        change(record(emulator, case, stack, program))
        assert record(emulator, case, stack, program) != before, f"the drift of {path} changes nothing"

        assert stack.refresh() == [path]
        assert stack.up(program) == "update", path
        assert stack.refresh() == [], path


def test_deleted_behind_our_back_is_noticed_and_made_again(case, stack, program, emulator):
    if case.stays:
        pytest.skip("a setting goes with what it is a setting of")
    stack.up(program)
    first = stack.id
    del getattr(emulator.store, case.records)[case.key(stack.id, program)]

    assert stack.refresh() == ["deleted"]
    assert stack.up(program) == "create"
    assert stack.id != first or case.token.endswith(("Role", "Permission"))


def test_deleted_twice_is_fine(case, stack, program, emulator):
    stack.up(program)
    twice = copy.copy(stack)
    records = getattr(emulator.store, case.records)
    assert stack.up(None) == "delete"
    assert (case.key(twice.id, program) in records) == case.stays
    assert twice.up(None) == "delete"


@pytest.mark.parametrize("status", [404, 403, 400])
def test_below_a_deleted_organization(case, stack, program, world, emulator, status):
    """The API may answer anything below an organization that is gone."""
    if "organizationId" not in program:
        pytest.skip("does not live below an organization")
    stack.up(program)
    world.send("DELETE", f"/organizations/{program['organizationId']}")
    emulator.switches = VARIANTS[{404: "default"}.get(status, f"child_of_deleted={status}")]

    assert stack.drift() == ["deleted"]
    assert stack.up(None) == "delete"


def test_it_lives_in_one_environment(case, stack, program, emulator, config, face):
    """With another URL every object would look deleted, and the next up would double every tenant."""
    stack.up(program)
    stack.outputs["environmentUrl"] = "https://other.example"
    for operation in (stack.refresh, lambda: stack.up({**program, **{name: e.value for name, e in case.edits.items()}})):
        with pytest.raises(ScalekitError, match="lives in https://other.example, and the configured environment is"):
            operation()
    if not case.stays:
        with pytest.raises(ScalekitError, match="lives in https://other.example"):
            stack.up(None)


def test_secrets_are_marked_at_their_own_path(case, stack, program):
    stack.up(program)
    secrets = {path for path in ("oidc.clientSecret",) if path.split(".")[0] in program}
    assert secret_paths(stack.outputs) >= secrets
    stack.refresh()
    assert secret_paths(stack.inputs) == secrets
