"""What must not be deleted or touched: a protected organization, and anything through the wrong environment."""

from __future__ import annotations

import time

import pytest

from pulumi_scalekit import lifecycle
from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.api.client import client_for
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.emulator import Emulator, Fault
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects
from tests.support.stack import PROVIDERS, Stack

TOKEN = "scalekit:index:Organization"
PROGRAM = {"displayName": "Acme", "externalId": "acme", "deletionProtection": True}


@pytest.fixture(params=PROVIDERS)
def stack_of(request):
    """Makes a stack with a configuration."""
    made = []

    def make(config):
        made.append(config)
        return Stack(PROVIDERS[request.param](KINDS[TOKEN], config))

    yield make
    for config in made:
        client_for(Settings.resolve(config)).close()


@pytest.fixture
def stack(stack_of, config):
    return stack_of(config)


@pytest.fixture
def full(stack, api, emulator):
    """An organization with three users and two connections, one of them enabled."""
    stack.up(PROGRAM)
    for n in range(3):
        user = {"id": f"usr_{n}", "email": f"{n}@acme.example", "memberships": [{"organization_id": stack.id}]}
        emulator.store.users[user["id"]] = emulator.store.record(**user)
    for enabled in (True, False):
        emulator.store.connections[api.connection(stack.id)]["enabled"] = enabled
    return stack


def refused(stack):
    with pytest.raises(ScalekitError, match="it is protected") as told:
        stack.up(None)
    return str(told.value)


def test_a_protected_organization_stays_and_the_message_says_what_would_go(full, emulator):
    told = refused(full)
    assert (
        "its users, connections and directories would be deleted with it (now 3 users and 1 enabled connection)" in told
    )
    assert "set deletion_protection=False, run `pulumi up`, and then remove or replace it" in told
    assert emulator.ledger.count("DELETE") == 0
    assert full.id in emulator.store.organizations


def test_the_advice_lifts_it(full, emulator):
    refused(full)
    sent = emulator.ledger.mark()
    assert full.up({**PROGRAM, "deletionProtection": False}) == "update"
    assert emulator.ledger.since(sent) == []
    assert full.up(None) == "delete"
    assert not emulator.store.organizations


@pytest.mark.parametrize("status", [403, 501])
def test_a_number_that_may_not_be_asked_for_is_left_out(full, emulator, status):
    emulator.faults.add(Fault("status", status=status, path=".*/users"))
    assert "(now 1 enabled connection)" in refused(full)
    emulator.faults.add(Fault("status", status=status, method="GET", times=None))
    assert "would be deleted with it. To delete or replace it" in refused(full)


def test_it_survives_a_refresh(full):
    assert full.refresh() == []
    refused(full)


OPERATIONS = {
    "preview": lambda stack: stack.preview({**PROGRAM, "deletionProtection": False}),
    "refresh": lambda stack: stack.refresh(),
    "update": lambda stack: stack.up({**PROGRAM, "deletionProtection": False, "displayName": "Other"}),
    "destroy": lambda stack: stack.up(None),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_through_another_environment_nothing_is_asked_or_done(stack_of, stack, config, emulator, operation):
    """There the organization looks deleted, and an up would make every tenant a second time."""
    stack.up({**PROGRAM, "deletionProtection": False})
    before = emulator.ledger.mark()
    with Emulator() as other:
        stack.provider = stack_of({**config, "scalekit:environmentUrl": other.url}).provider
        with pytest.raises(ScalekitError) as told:
            operation(stack)
        assert f"it lives in {emulator.url}, and the configured environment is {other.url}" in str(told.value)
        assert f"pulumi config set scalekit:previousEnvironmentUrl {emulator.url}`, then `pulumi up`" in str(told.value)
        assert "with `--run-program` they use those of today" in str(told.value)
        assert len(other.ledger) == 0
    assert emulator.ledger.since(before) == []
    assert stack.id in emulator.store.organizations


def test_after_it_nothing_is_created_in_that_run(stack_of, stack, config):
    """Or one stack would be in two environments."""
    stack.up({**PROGRAM, "deletionProtection": False})
    with Emulator() as other:
        stack.provider = stack_of({**config, "scalekit:environmentUrl": other.url}).provider
        with pytest.raises(ScalekitError, match="it lives in"):
            stack.preview(PROGRAM)
        with pytest.raises(ScalekitError, match=f"nothing is created in {other.url} now"):
            Stack(stack.provider).up({"displayName": "New", "externalId": "new"})
        assert not other.store.organizations
        assert (
            Stack(stack_of({**config, "scalekit:environmentUrl": other.url}).provider).up({"displayName": "New"})
            == "create"
        )


@pytest.fixture
def moved(stack_of, config, emulator):
    """The same environment under another name: the provider while it moves, and after it."""
    settings = {**config, "scalekit:environmentUrl": emulator.url.replace("127.0.0.1", "localhost")}
    previous = {"scalekit:previousEnvironmentUrl": f" {emulator.url.upper()}/"}
    return stack_of({**settings, **previous}).provider, stack_of(settings).provider, settings["scalekit:environmentUrl"]


@pytest.mark.parametrize("operation", ["up", "refresh", "update", "destroy"])
def test_a_moved_custom_domain(stack, moved, emulator, operation):
    """One `up` moves every resource, changed or not, and so does a refresh that has the setting."""
    program = {**PROGRAM, "deletionProtection": False}
    stack.up(program)
    stack.provider, after, url = moved
    assert stack.preview(program) == "update"
    before = emulator.ledger.mark()
    if operation == "destroy":
        stack.up(None)
    elif operation == "refresh":
        assert stack.refresh() == []
    else:
        stack.up({**program, "displayName": "Other"} if operation == "update" else program)
        wanted = ["GET", "PATCH"] if operation == "update" else ["GET"]
        assert [entry.method for entry in emulator.ledger.since(before) if "oauth" not in entry.path] == wanted
    if stack.id:
        assert stack.outputs["environmentUrl"] == url
        stack.provider = after
        assert stack.refresh() == []
        stack.up(None)
    assert not emulator.store.organizations


@pytest.mark.parametrize("operation", ["up", "refresh", "destroy"])
def test_a_previous_url_that_is_another_environment_loses_nothing(
    stack_of, stack, config, emulator, monkeypatch, operation
):
    """There every object looks deleted; what was said to be the same environment has to prove it."""
    program = {**PROGRAM, "deletionProtection": False}
    stack.up(program)
    with Emulator() as other:
        settings = {**config, "scalekit:environmentUrl": other.url, "scalekit:previousEnvironmentUrl": emulator.url}
        # What is young and missing is looked at again, and nothing comes of waiting.
        monkeypatch.setattr(client_for(Settings.resolve(settings)), "pause", lambda _seconds, _doing: None)
        stack.provider = stack_of(settings).provider
        with pytest.raises(
            ScalekitError, match=f"{stack.id} is not in {other.url}. Either that is another environment"
        ):
            stack.refresh() if operation == "refresh" else stack.up(program if operation == "up" else None)
    assert stack.id in emulator.store.organizations
    assert stack.outputs["environmentUrl"] == emulator.url


@pytest.mark.parametrize("answer", ["refused", "lost"])
@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_a_renamed_resource_took_over_is_not_destroyed_by_its_old_name(provider, answer, config, emulator, capsys):
    """The old name's delete comes in the same run as the new name's create, for the very same object."""

    def run():
        return PROVIDERS[provider](KINDS["scalekit:index:Organization"], {**config, "scalekit:adopt": "identical"})

    if answer == "lost":
        # Dated by a clock that is ahead, so that it could be what the lost answer was about.
        emulator.store.clock = lambda: time.time() + 30
    program = {"displayName": "Acme", "externalId": "acme"}
    old = Stack(run())
    old.up(program)
    old.provider = run()
    new = Stack(old.provider)
    if answer == "lost":
        emulator.faults.add(Fault("status", status=502, method="POST"))
    new.up(program)
    assert new.id == old.id
    capsys.readouterr()
    old.up(None)
    told = "".join(capsys.readouterr())
    assert f'organization "Acme" ({new.id}) is not deleted: another resource of this stack has it too' in told
    assert list(emulator.store.organizations) == [new.id]
    assert new.refresh() == []


def test_a_get_of_a_protected_organization_does_not_take_its_protection_away(config, api):
    here = environment(config)
    organizations = Objects(KINDS[TOKEN], here)
    made = lifecycle.create(organizations, {"display_name": "Acme", "deletion_protection": True})
    other = api.organization()
    for id_ in (made.id, other):
        lifecycle.read(organizations, id_, {})

    domains = Objects(KINDS["scalekit:index:Domain"], here)
    guarded = [lifecycle.is_guarded(domains, {"organization_id": id_}, before=True) for id_ in (made.id, other)]
    assert guarded == [True, False]


@pytest.fixture
def below(config, api):
    """A domain of an organization: how it is seen by a run of its own, and its id and state."""
    organization = api.organization()
    made = lifecycle.create(
        Objects(KINDS["scalekit:index:Domain"], environment(config)),
        {"organization_id": organization, "domain": "acme.example", "domain_type": "ORGANIZATION_DOMAIN"},
    )
    return Objects(KINDS["scalekit:index:Domain"], environment(config)), made.id, made.state


def test_what_is_in_a_protected_organization_that_this_run_does_not_see_stays(below, emulator):
    """With `--target` the organization is not asked about, and its protection of the last run counts."""
    domains, id_, state = below
    organization = state["organization_id"]
    for elsewhere in (None, "org_other"):
        if elsewhere:
            domains.run.protect(elsewhere, on=False)
        with pytest.raises(
            lifecycle.Protected, match=f": {organization} has deletion protection, and this run does not"
        ):
            lifecycle.delete(domains, id_, state, guarded=True)
    assert id_ in emulator.store.domains
    assert emulator.ledger.count("DELETE") == 0


@pytest.mark.parametrize("protected", [True, False])
def test_what_is_in_an_organization_that_this_run_keeps_may_go(below, emulator, protected):
    """The organization itself stays, so whoever removed the domain from the program meant the domain."""
    domains, id_, state = below
    domains.run.protect(state["organization_id"], on=protected)
    lifecycle.delete(domains, id_, state, guarded=True)
    assert id_ not in emulator.store.domains
