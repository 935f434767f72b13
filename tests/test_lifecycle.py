"""Every resource through its whole life, through both providers, under several variants of the API."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.lifecycle import Change, Difference
from pulumi_scalekit.model.names import from_state, to_state
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.provider.grpc_values import secret
from tests.support.api_variants import API_VARIANTS
from tests.support.cases import CASES, Case, under
from tests.support.stack import PROVIDERS, CheckFailed, Stack, plain, secret_paths, without


def only(choose):
    """The cases that a test is about."""
    return pytest.mark.parametrize("case", [case for case in CASES if choose(case)], ids=str)


every = only(lambda _: True)
makes_objects = only(lambda case: not case.setting)


@pytest.fixture
def switches(request, case) -> Switches:
    variant = request.node.callspec.params.get("variant", "default")
    return replace(API_VARIANTS[variant], **case.pins)


@pytest.fixture(params=PROVIDERS)
def provider(request, config):
    """Makes the provider of a kind."""
    return lambda token: PROVIDERS[request.param](KINDS[token], config)


@pytest.fixture
def program(case, api):
    return case.program(api)


@pytest.fixture
def stack(case, provider):
    return Stack(provider(case.token))


def record(emulator, case, stack, program):
    return case.place.find(emulator.store, stack.id, program)


def computed(fields, above: str = "") -> set[str]:
    """The paths at which a value may be Scalekit's own."""
    found = {f"{above}{field.state}" for field in fields if field.server_default}
    return found.union(*(computed(field.shape.fields, f"{field.state}.") for field in fields))


def reads_before(case: Case, name: str) -> int:
    """Reads before a change: one where nobody knows that Scalekit keeps what a write leaves out, or that must hold more."""
    kind = KINDS[case.token]
    owners = [one for one in kind.api.update if any(kind.by_name[owned].state == name for owned in one.owns)]
    held = any(other in one.owns and kind.by_name[other].state != name for one in owners for other in one.carries)
    parts = any(field.sent_whole for field in kind.inputs if field.state == name)
    return int(held or parts or any(one.left_out != "kept" and not one.action for one in owners))


def in_any_order(value):
    """A value whose lists are sorted: nobody knows in which order a set was declared that an import finds."""
    if isinstance(value, dict):
        return {key: in_any_order(item) for key, item in value.items()}
    return sorted(value, key=str) if isinstance(value, list) else value


def is_named(case: Case) -> bool:
    """Whether the same program makes the same id: the user's own word, or that of what a delete leaves."""
    kind = KINDS[case.token]
    return kind.api.is_only or kind.api.id in {field.name for field in kind.inputs} or bool(kind.api.joins)


def test_every_resource_has_a_case():
    assert {case.token for case in CASES} == set(KINDS)


@pytest.mark.parametrize("token", KINDS)
def test_every_updatable_property_has_an_edit(token):
    """In a case of this very resource: two resources may have a property of the same name, and send it differently."""
    kind = KINDS[token]
    updatable = {
        one.state for one in kind.inputs if not one.provider_only and not one.settled and one.name not in kind.replacing
    }
    assert updatable <= {name for case in CASES if case.token == token for name in case.edits}


@every
def test_up_then_nothing_changes_ever(case, stack, program, emulator, variant):
    """After an up, neither a preview nor a refresh finds anything, whatever the API's answers look like."""
    assert stack.up(program) == "create"
    assert record(emulator, case, stack, program) is not None
    made = emulator.ledger.mark()

    assert stack.preview(program) == "same"
    assert emulator.ledger.since(made) == []
    for _ in range(2):
        before = copy.deepcopy(stack.outputs)
        assert stack.refresh() == []
        assert plain(stack.outputs) == plain(before)
        assert stack.preview(program) == "same"


@every
def test_each_property_is_changed_where_it_lives(case, stack, program, emulator, switches, variant):
    """One property at a time: it is found changed in the store, nothing else moved, and then nothing is left to do.

    What the API accepts and does not do is an error that names the property.
    """
    stack.up(program)
    impossible = under(case.impossible, switches)
    for name, edit in sorted(case.edits.items(), key=lambda one: one[0] in impossible):
        changed = edit.applied(program, name)
        if name in impossible:
            with pytest.raises(ScalekitError, match="answered with success, but"):
                stack.up(changed)
            stack.refresh()
            continue
        program = changed
        assert stack.up(program) == "update", name
        assert edit.record(record(emulator, case, stack, program)) == edit.expected, name
        assert stack.preview(program) == "same", name
        assert stack.refresh() == [], name


@only(lambda case: case.respelled)
def test_another_spelling_is_no_change(case, stack, program):
    """The engine compares spellings wherever a provider leaves the verdict to it."""
    stack.up(program)
    for name, spelling in case.respelled.items():
        assert program[name] != spelling
        assert stack.preview({**program, name: spelling}) == "same", name


@only(lambda case: case.removals)
def test_a_removed_property_is_cleared(case, stack, program, emulator, switches, variant, capsys):
    """Removing it from the program clears it, and the preview says so.

    What the API says it cleared and keeps is said once, and then left as it is.
    """
    stack.up(program)
    impossible, unmoved = under(case.unclearable, switches), under(case.unmoved, switches)
    for name, edit in sorted(case.removals.items(), key=lambda one: one[0] in impossible):
        changed = edit.applied(program, name)
        assert stack.preview(changed) == "update"
        if name in impossible:
            with pytest.raises(ScalekitError):
                stack.up(changed)
            stack.refresh()
            continue
        program = changed
        capsys.readouterr()
        assert stack.up(program) == "update", name
        told = "".join(capsys.readouterr())
        assert ("Scalekit answered with success and keeps it" in told) == (name in unmoved), told
        is_cleared = edit.record(record(emulator, case, stack, program)) == edit.expected
        assert is_cleared == (name not in unmoved), name
        for _ in range(2):
            assert stack.preview(program) == "same", name
            assert stack.refresh() == [], name
            assert stack.up(program) == "same", name
        assert "".join(capsys.readouterr()) == ""


@only(lambda case: case.kept)
def test_what_cannot_be_cleared_is_refused_at_preview(case, stack, program, emulator):
    stack.up(program)
    mark = emulator.ledger.mark()
    for name in case.kept:
        with pytest.raises(CheckFailed) as refused:
            stack.preview({key: value for key, value in program.items() if key != name})
        assert "Scalekit cannot clear" in refused.value.failures[name]
    assert emulator.ledger.since(mark) == []


@only(lambda case: case.edits)
def test_a_change_costs_one_request(case, stack, program, emulator, switches):
    """One request for the endpoint that owns the property, and a read only where the edit or the endpoint says why."""
    stack.up(program)
    possible = {name: edit for name, edit in case.removals.items() if name not in under(case.unclearable, switches)}
    for edits in (case.edits, possible):
        changed = program
        stack.up(changed)
        for name, edit in edits.items():
            changed = edit.applied(changed, name)
            before = emulator.ledger.mark()
            stack.up(changed)
            sent = [entry.method for entry in emulator.ledger.since(before)]
            reads = max(edit.reads, reads_before(case, name))
            assert (len(sent) - sent.count("GET"), sent.count("GET")) == (edit.writes, reads), (name, sent)


@only(lambda case: case.replacing)
def test_replacing_makes_a_new_object(case, stack, program, api, emulator):
    for name, value in case.replacing.items():
        stack.up(program)
        old = stack.id
        changed = {**program, **value(api)}
        assert stack.up(changed) == "replace", name
        assert record(emulator, case, stack, changed) is not None
        if not (is_named(case) and old == stack.id):
            assert stack.id != old
        assert (case.place.find(emulator.store, old, program) is not None) == case.stays
        stack.up(None)


@only(lambda case: case.drift)
def test_drift_is_found_at_the_exact_property_and_repaired(case, stack, program, emulator):
    stack.up(program)
    for path, change in case.drift.items():
        before = copy.deepcopy(record(emulator, case, stack, program))
        change(record(emulator, case, stack, program))
        assert record(emulator, case, stack, program) != before, f"the drift of {path} changes nothing"

        assert stack.refresh() == [path]
        assert stack.up(program) == "update", path
        assert stack.refresh() == [], path


@makes_objects
def test_deleted_behind_our_back_is_noticed_and_made_again(case, stack, program, emulator):
    stack.up(program)
    first = stack.id
    case.place.remove(emulator.store, stack.id, program)

    assert stack.refresh() == ["deleted"]
    assert stack.up(program) == "create"
    assert (stack.id == first) == is_named(case)


@every
def test_deleted_twice_is_fine(case, stack, program, emulator):
    stack.up(program)
    twice = copy.copy(stack)
    assert stack.up(None) == "delete"
    assert (case.place.find(emulator.store, twice.id, program) is not None) == case.stays
    assert twice.up(None) == "delete"


@only(lambda case: "organization_id" in KINDS[case.token].by_name and not case.of_environment)
@pytest.mark.parametrize("status", [404, 403, 400])
def test_below_a_deleted_organization(case, stack, program, api, emulator, status):
    """The API may answer anything below an organization that is gone."""
    stack.up(program)
    api.send("DELETE", f"/organizations/{program['organizationId']}")
    emulator.switches = replace(emulator.switches, child_of_deleted=status)

    assert stack.drift() == ["deleted"]
    assert stack.up(None) == "delete"


@every
def test_it_lives_in_one_environment(case, stack, program):
    """With another URL every object would look deleted, and the next up would double every tenant."""
    stack.up(program)
    stack.outputs["environmentUrl"] = "https://other.example"
    changed = {**program, **{name: edit.value for name, edit in case.edits.items()}}
    for operation in (stack.refresh, *([lambda: stack.up(changed)] if case.edits else [])):
        with pytest.raises(ScalekitError, match=r"lives in https://other.example, and the configured environment is"):
            operation()
    with pytest.raises(ScalekitError, match=r"lives in https://other.example"):
        stack.up(None)


@only(lambda case: str(case) == "organization")
def test_an_error_says_what_was_being_done_to_what(case, stack, program, emulator):
    """A log of a large stack is read by that, not by the verb and the path."""

    def refused(method, operation):
        emulator.faults.add(Fault("status", status=403, method=method, path=".*/organizations.*", times=None))
        with pytest.raises(ScalekitError) as told:
            operation()
        emulator.faults.clear()
        return str(told.value)

    renamed = {**program, "displayName": "Other"}
    named = f'organization "{program["displayName"]}"'
    assert refused("POST", lambda: stack.up(program)).startswith(f"creating {named} failed: ")
    assert not emulator.store.organizations
    stack.up(program)
    assert refused("PATCH", lambda: stack.up(renamed)).startswith(
        f'updating organization "Other" ({stack.id}) failed: '
    )
    assert refused("GET", stack.refresh).startswith(f"reading {named} ({stack.id}) failed: ")
    assert refused("DELETE", lambda: stack.up(None)).startswith(f"deleting {named} ({stack.id}) failed: ")
    assert record(emulator, case, stack, program)["display_name"] == program["displayName"]


@every
def test_secrets_are_marked_at_their_own_path(case, stack, program):
    """Also after a refresh; and a secret that is shown once stays."""
    stack.up(program)
    shown = secret_paths(stack.outputs)
    assert shown == case.secret_outputs
    # The program marks its secrets, and an engine keeps the marks.
    kind = KINDS[case.token]
    stack.inputs = to_state(kind, from_state(kind, stack.inputs), secret)
    stack.refresh()
    assert secret_paths(stack.inputs) == case.secret_inputs
    assert secret_paths(stack.outputs) == shown


@every
def test_an_import_id_finds_it(case, stack, program, provider, variant):
    """Read with an id and nothing else, it is what was declared, and a program that says so has nothing to do."""
    stack.up(program)
    kind = KINDS[case.token]
    import_id = kind.import_id(from_state(kind, program), stack.id)
    taken = Stack(provider(case.token))
    taken.id, taken.inputs, taken.outputs = taken.provider.read(f" {import_id}\n", {}, {})

    assert taken.id == stack.id
    unread = case.unread | case.secret_inputs | computed(kind.inputs)
    assert in_any_order(without(plain(taken.inputs), unread)) == in_any_order(without(plain(stack.inputs), unread))
    assert taken.preview(plain(taken.inputs)) == "same"
    assert taken.refresh() == []


@every
def test_an_import_id_that_finds_nothing_says_so(case, stack, program, provider):
    kind = KINDS[case.token]
    unknown = {name: f"{value}x" if isinstance(value, str) else value for name, value in program.items()}
    import_id = kind.import_id(from_state(kind, unknown), case.nothing)
    if kind.api.is_of_environment:
        with pytest.raises(ScalekitError, match="an id has the form env_…"):
            stack.provider.read(import_id, {}, {})
    elif kind.api.setting_of == "default":
        with pytest.raises(ScalekitError, match="an id has the form default"):
            stack.provider.read(import_id, {}, {})
    elif stack.provider.tells_absence:
        assert stack.provider.read(import_id, {}, {}) is None
    else:
        with pytest.raises(ScalekitError, match="does not exist in http"):
            stack.provider.read(import_id, {}, {})


@only(lambda case: {*KINDS[case.token].above} - KINDS[case.token].api.optional)
@pytest.mark.parametrize("spoil", [lambda id_: id_.rpartition("/")[2], lambda id_: f"{id_}/"], ids=["short", "empty"])
def test_an_import_id_of_another_form_shows_the_right_one(case, stack, spoil):
    kind = KINDS[case.token]
    import_id = kind.import_id(dict.fromkeys(kind.by_name, "org_1"), "x_1")
    with pytest.raises(ScalekitError, match=f"an id has the form <{kind.above[0]}>/<"):
        stack.provider.read(spoil(import_id), {}, {})


@only(lambda case: not KINDS[case.token].above)
def test_a_blank_import_id_shows_the_right_form(stack, emulator):
    for blank in ("", "  "):
        with pytest.raises(ScalekitError, match="an id has the form "):
            stack.provider.read(blank, {}, {})
    assert len(emulator.ledger) == 0


@pytest.mark.parametrize("path", ["metadata", "metadata.tier", 'metadata["a key"]', 'metadata["a.key"]'])
def test_a_change_names_its_property_whatever_the_key(path):
    """Pulumi is told the top-level property, and a replacement that names another one does not take place."""
    assert Difference((Change(path, "update", replaces=True),)).replaces == ["metadata"]
