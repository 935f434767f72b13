"""InFlight whose answer is lost, at the points where another object is close by."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from pulumi_scalekit.api import Conflict, ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.in_flight import InFlight
from tests.support.stack import PROVIDERS, Stack

ORGANIZATION = {"displayName": "Acme", "externalId": "acme"}
CONNECTION = {"provider": "OKTA", "type": "OIDC"}


@pytest.fixture(params=PROVIDERS)
def stack_of(request, config, clients):
    """Makes stacks of one process: those of one kind share a provider."""
    providers = {}

    def make(name):
        token = f"scalekit:index:{name}"
        providers[name] = providers.get(name) or PROVIDERS[request.param](KINDS[token], config)
        return Stack(providers[name])

    return make


def test_the_object_of_an_earlier_create_is_not_taken_for_the_lost_one(stack_of, api, emulator):
    """Two equal connections of one organization, in the same second: the second one is made, not found."""
    program = {**CONNECTION, "organizationId": api.organization()}
    first, second = stack_of("Connection"), stack_of("Connection")
    first.up(program)
    emulator.faults.add(Fault("status", status=502, method="POST"))
    second.up(program)
    assert {first.id, second.id} == set(emulator.store.connections)
    assert first.id != second.id


def test_what_took_effect_after_we_looked_is_found_when_it_is_in_the_way(stack_of, emulator):
    emulator.faults.add(
        Fault("drop_after", method="POST"), Fault("status", status=404, method="GET", path=".*organizations:external")
    )
    stack = stack_of("Organization")
    stack.up(ORGANIZATION)
    assert [stack.id] == list(emulator.store.organizations)
    assert emulator.ledger.count("POST") == 2


def test_an_organization_that_was_there_before_is_not_taken(stack_of, api, emulator, clock):
    there = api.send("POST", "/organizations", {"display_name": "Acme", "external_id": "acme"})["organization"]["id"]
    clock.sleep(5)
    emulator.faults.add(Fault("status", status=502, method="POST"))
    with pytest.raises(ScalekitError, match=f"external_id 'acme' already belongs to {there}"):
        stack_of("Organization").up(ORGANIZATION)


def test_a_lost_connection_that_is_dated_before_the_request_is_named_and_not_doubled(stack_of, api, emulator, clock):
    """What dates an object and what dates an answer may be two clocks."""
    clock.sleep(10)
    true_time = emulator.store.clock
    emulator.store.clock = lambda: true_time() - 2
    program = {**CONNECTION, "organizationId": api.organization()}
    emulator.faults.add(Fault("drop_after", method="POST"))
    stack = stack_of("Connection")
    with pytest.raises(ScalekitError, match="may be what it created") as told:
        stack.up(program)
    (connection,) = emulator.store.connections
    assert connection in str(told.value)


@pytest.fixture
def come(emulator, monkeypatch):
    """Lets the write of a late answer take effect; until then the server is at it."""
    let = threading.Event()
    monkeypatch.setattr(emulator, "wait", lambda _: let.wait(60))
    return let.set


@pytest.mark.parametrize("name", ["Connection", "OrganizationClient"])
def test_what_may_still_come_is_not_sent_again(stack_of, api, emulator, clients, name, come):
    """The client has given up, and the server is still at it: a second request would make a second object."""
    organization = api.organization()
    program = {"organizationId": organization, **(CONNECTION if name == "Connection" else {"name": "ci"})}
    made = emulator.store.connections if name == "Connection" else emulator.store.organization_clients
    emulator.faults.add(Fault("late", method="POST"))
    before = emulator.ledger.mark()
    clients.use(clients.hasty)
    with pytest.raises(ScalekitError, match="later it was not there, and may still come") as told:
        stack_of(name).up(program)
    assert "Look in the dashboard" in str(told.value)
    come()
    while not made:
        time.sleep(0.01)
    assert emulator.ledger.count("POST", since=before) == 1
    assert len(made) == 1


def test_what_a_gateway_gave_up_on_is_not_sent_again(stack_of, api, emulator):
    program = {**CONNECTION, "organizationId": api.organization()}
    before = emulator.ledger.mark()
    emulator.faults.add(Fault("status", status=504, method="POST"))
    stack = stack_of("Connection")
    with pytest.raises(ScalekitError, match="may still come"):
        stack.up(program)
    assert emulator.ledger.count("POST", since=before) == 1
    stack.up(program)
    assert [stack.id] == list(emulator.store.connections)


def test_what_comes_a_moment_later_is_found(stack_of, api, emulator, clients, monkeypatch, come):
    """The first look finds nothing, the second one does."""
    program = {**CONNECTION, "organizationId": api.organization()}
    emulator.faults.add(Fault("late", method="POST"))

    def between_two_looks(_):
        assert not emulator.store.connections
        come()
        while not emulator.store.connections:
            time.sleep(0.01)

    monkeypatch.setattr(clients.hasty, "_sleep", between_two_looks)
    clients.use(clients.hasty)
    stack = stack_of("Connection")
    stack.up(program)
    assert [stack.id] == list(emulator.store.connections)


@pytest.mark.parametrize("program", [ORGANIZATION, {"displayName": "Acme"}], ids=["unique", "nameless"])
def test_after_a_cancelled_run_the_doubt_is_told_all_the_same(stack_of, clients, emulator, monkeypatch, program):
    send = clients.steady._exchange.send

    def cancelled_meanwhile(call, *args, **options):
        try:
            return send(call, *args, **options)
        except ScalekitError:
            clients.steady.cancel()
            raise

    monkeypatch.setattr(clients.steady._exchange, "send", cancelled_meanwhile)
    emulator.faults.add(Fault("drop_after", method="POST"))
    with pytest.raises(ScalekitError) as told:
        stack_of("Organization").up(program)
    assert len(emulator.store.organizations) == 1
    assert "The change may have taken effect all the same" in str(told.value)
    assert "Looking for it failed too" in str(told.value)
    advice = "says that it is there" if "externalId" in program else "would create another"
    assert advice in str(told.value)


class TestCreates:
    def test_one_after_the_other_are_alone_and_know_each_other(self):
        creates = InFlight()
        with creates.begin("here") as first:
            first.id = "org_1"
        with creates.begin("here") as second:
            assert second.alone
            assert second.others == {"org_1"}

    def test_one_that_began_and_ended_meanwhile_is_remembered(self):
        creates = InFlight()
        with creates.begin("here") as outer:
            with creates.begin("here") as inner, creates.begin("there") as elsewhere:
                pass
            assert (outer.alone, inner.alone, elsewhere.alone) == (False, False, True)

    @pytest.mark.parametrize(("error", "alone"), [(Conflict(409), True), (KeyboardInterrupt(), False)])
    def test_after_one_of_which_nobody_knows_nobody_is_alone(self, error, alone):
        creates = InFlight()
        with pytest.raises(type(error)), creates.begin("here"):
            raise error
        with creates.begin("here") as next_one:
            assert next_one.alone == alone


@pytest.fixture
def switches(request):
    return replace(Switches(), delete_enabled_connection="refused")


def test_a_delete_that_gets_no_further_than_switching_off_says_so(stack_of, api, emulator):
    stack = stack_of("Connection")
    oidc = {"issuer": "https://acme.okta.com", "clientId": "1", "clientSecret": "s3cret", "scopes": ["openid"]}
    program = {**CONNECTION, "organizationId": api.organization(), "oidc": oidc, "enabled": True}
    stack.up(program)
    emulator.faults.add(Fault("status", status=500, method="DELETE", nth=2))
    with pytest.raises(ScalekitError, match="It was switched off") as told:
        stack.up(None)
    assert "run `pulumi up --refresh`, which switches it on again" in str(told.value)
    assert stack.refresh() == ["enabled"]
    assert stack.up(program) == "update"
    assert emulator.store.connections[stack.id]["enabled"]
    assert stack.up(None) == "delete"


def test_what_was_found_is_never_undone(stack_of, emulator):
    """Only what this very call's answer brought may be deleted again; anything else is named."""
    emulator.faults.add(
        Fault("drop_after", method="POST"), Fault("status", status=500, method="PATCH", path=".*/settings")
    )
    stack = stack_of("Organization")
    with pytest.raises(ScalekitError) as told:
        stack.up({**ORGANIZATION, "features": {"sso": True, "dir_sync": True}})
    (organization,) = emulator.store.organizations
    assert organization in str(told.value)
    if not stack.id:
        assert "is left behind" in str(told.value)
        assert "pulumi config set scalekit:adopt identical" in str(told.value)


def test_an_object_without_a_date_may_be_older_and_is_not_taken(stack_of, emulator, clients, monkeypatch):
    send = clients.steady._exchange.send

    def undated(call, *args, **options):
        answer = send(call, *args, **options)
        answer.get("organization", {}).pop("create_time", None)
        return answer

    monkeypatch.setattr(clients.steady._exchange, "send", undated)
    emulator.faults.add(Fault("drop_after", method="POST"))
    with pytest.raises(ScalekitError, match="may be what it created"):
        stack_of("Organization").up(ORGANIZATION)


def test_an_object_that_differs_is_not_taken_for_the_lost_one(stack_of, api, emulator):
    """Somebody else made it in the same moment."""
    true_time = emulator.store.clock
    emulator.store.clock = lambda: true_time() + 5
    there = api.send("POST", "/organizations", {"display_name": "Other", "external_id": "acme"})["organization"]["id"]
    emulator.faults.add(Fault("drop_before", method="POST"))
    with pytest.raises(ScalekitError, match=f"{there} may be what it created"):
        stack_of("Organization").up(ORGANIZATION)


def test_what_was_looked_for_each_time_and_never_there_leaves_no_doubt(stack_of, emulator):
    emulator.faults.add(Fault("drop_before", method="POST", times=None))
    with pytest.raises(ScalekitError, match="dropped the connection") as told:
        stack_of("Organization").up(ORGANIZATION)
    assert "may have taken effect" not in str(told.value)
    assert not emulator.store.organizations


def test_a_create_in_another_organization_meanwhile_leaves_no_doubt(stack_of, api, emulator, clients, monkeypatch):
    mine, others = ({**CONNECTION, "organizationId": api.organization()} for _ in range(2))
    first, second = stack_of("Connection"), stack_of("Connection")
    send = clients.steady._exchange.send

    def meanwhile(call, *args, **options):
        if call.method == "POST" and "token" not in call.path:
            monkeypatch.setattr(clients.steady._exchange, "send", send)
            second.up(others)
            emulator.faults.add(Fault("drop_after", method="POST"))
        return send(call, *args, **options)

    monkeypatch.setattr(clients.steady._exchange, "send", meanwhile)
    first.up(mine)
    assert {first.id, second.id} == set(emulator.store.connections)
    assert len(emulator.store.connections) == 2
