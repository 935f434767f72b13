"""Deleting what may have to be switched off first: whether it has to be is learned within a run, and never assumed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.model.registry import KINDS
from tests.support.stack import PROVIDERS, Stack

OIDC = {"issuer": "https://acme.okta.com", "clientId": "1", "clientSecret": "s3cret", "scopes": ["openid"]}
CONNECTION = {"provider": "OKTA", "type": "OIDC", "oidc": OIDC}
DIRECTORY = {"directoryType": "SCIM", "directoryProvider": "OKTA"}
ON = {**CONNECTION, "enabled": True}


@pytest.fixture
def switches():
    return replace(Switches(), delete_enabled_connection="refused")


@pytest.fixture(params=PROVIDERS)
def up(request, config, clients, api):
    """Makes a resource in an organization of its own. All of one name are served by one process, as in one run."""
    served = {}

    def make(name, program):
        provider = served.setdefault(name, PROVIDERS[request.param](KINDS[f"scalekit:index:{name}"], config))
        stack = Stack(provider)
        stack.up({**program, "organizationId": api.organization()})
        return stack

    return make


@pytest.fixture
def deleting(emulator):
    """Deletes, and returns what was sent: `DELETE`, `:disable`, `GET`."""

    def delete(stack):
        mark = emulator.ledger.mark()
        stack.up(None)
        return [word(entry) for entry in emulator.ledger.since(mark)]

    return delete


def word(entry):
    return ":disable" if entry.path.endswith(":disable") else entry.method


@pytest.fixture
def learned(up, deleting):
    """This run has seen once that what is switched on is not deleted."""
    for name, program in (("Connection", ON), ("Directory", DIRECTORY)):
        assert deleting(up(name, program)) == ["DELETE", ":disable", "DELETE"]


def on_again(api, stack):
    organization = stack.inputs["organizationId"]
    return api.patch(f"/organizations/{organization}/connections/{stack.id}:enable")


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize(
    ("name", "program", "sent"),
    [
        ("Connection", ON, [":disable", "DELETE"]),
        ("Connection", {**ON, "enabled": False}, ["DELETE"]),
        ("Connection", CONNECTION, ["DELETE"]),
        # Scalekit makes it enabled.
        ("Directory", DIRECTORY, [":disable", "DELETE"]),
        ("Directory", {**DIRECTORY, "enabled": False}, ["DELETE"]),
    ],
)
def test_after_one_refusal_the_next_is_disabled_first_if_the_state_says_that_it_is_on(
    up, deleting, name, program, sent
):
    assert deleting(up(name, program)) == sent


def test_what_the_api_deletes_as_it_is_is_never_disabled(up, deleting, emulator):
    emulator.switches = replace(emulator.switches, delete_enabled_connection="allowed")
    assert [deleting(up("Connection", ON)) for _ in range(2)] == [["DELETE"]] * 2


@pytest.mark.usefixtures("learned")
def test_what_somebody_switched_on_is_deleted_too(up, deleting, api):
    """The state does not know it."""
    stack = up("Connection", CONNECTION)
    on_again(api, stack)
    assert deleting(stack) == ["DELETE", ":disable", "DELETE"]


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("repeated", ["accepted", "refused"])
def test_what_somebody_switched_off_is_deleted_too(up, deleting, emulator, repeated):
    emulator.switches = replace(emulator.switches, repeated_toggle=repeated)
    stack = up("Connection", ON)
    emulator.store.connections[stack.id]["enabled"] = False
    assert deleting(stack)[-1] == "DELETE"
    assert stack.id == ""
    assert emulator.store.connections == {}


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize(
    ("fault", "said"), [({"status": 403}, "403"), ({"status": 400, "message": "an audit runs"}, "an audit runs")]
)
def test_a_delete_that_fails_after_switching_off_says_so_and_up_switches_it_on_again(up, emulator, fault, said):
    stack = up("Connection", ON)
    program, connection = stack.inputs, emulator.store.connections[stack.id]
    emulator.faults.add(Fault("status", method="DELETE", **fault))
    with pytest.raises(ScalekitError, match=f"{said}.* It was switched off, because Scalekit refuses to") as told:
        stack.up(None)
    assert "leave it in the program and run `pulumi up --refresh`, which switches it on again" in str(told.value)
    assert not connection["enabled"]
    assert stack.refresh() == ["enabled"]
    assert stack.up(program) == "update"
    assert connection["enabled"]


def test_where_nothing_was_declared_the_way_back_is_the_dashboard(up, emulator, api):
    """A refresh does not see a switch that the program does not manage."""
    stack = up("Connection", CONNECTION)
    on_again(api, stack)
    emulator.faults.add(Fault("status", status=500, method="DELETE", nth=2))
    with pytest.raises(ScalekitError, match="It was switched off, .* look in the dashboard whether"):
        stack.up(None)


def test_only_a_delete_that_worked_after_switching_off_teaches_something(up, deleting, emulator):
    emulator.faults.add(Fault("status", status=400, message="an audit runs", method="DELETE", times=2))
    with pytest.raises(ScalekitError, match="an audit runs"):
        up("Connection", ON).up(None)
    emulator.switches = replace(emulator.switches, delete_enabled_connection="allowed")
    assert deleting(up("Connection", ON)) == ["DELETE"]


def test_who_hears_of_a_refusal_hears_its_reason_and_not_that_it_is_off_already(up, emulator):
    emulator.switches = replace(emulator.switches, repeated_toggle="refused")
    stack = up("Connection", CONNECTION)
    emulator.faults.add(Fault("status", status=400, message="an audit runs", method="DELETE"))
    with pytest.raises(ScalekitError, match="an audit runs") as told:
        stack.up(None)
    assert "switched off" not in str(told.value)


def test_who_may_not_switch_it_off_hears_that(up, emulator):
    stack = up("Connection", ON)
    emulator.faults.add(Fault("status", status=403, permissions=["connections:write"], method="PATCH"))
    with pytest.raises(ScalekitError, match="needs the permission connections:write") as told:
        stack.up(None)
    assert "switched off" not in str(told.value)
    assert emulator.store.connections[stack.id]["enabled"]


def test_an_answer_that_never_came_leaves_open_whether_it_is_off(up, emulator):
    stack = up("Connection", ON)
    emulator.faults.add(Fault("drop_after", method="PATCH", times=None))
    with pytest.raises(ScalekitError, match="It may be switched off now, .* leave it in the program and run"):
        stack.up(None)


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("status", [404, 403, 400])
def test_below_a_deleted_organization_it_is_gone(up, deleting, api, emulator, status):
    emulator.switches = replace(emulator.switches, child_of_deleted=status)
    stack = up("Connection", ON)
    api.delete(f"/organizations/{stack.inputs['organizationId']}")
    assert deleting(stack) == [":disable", "DELETE" if status == 404 else "GET"]


@pytest.mark.usefixtures("learned")
def test_a_404_of_the_switch_is_no_proof_that_it_is_gone(up, emulator):
    stack = up("Connection", ON)
    emulator.faults.add(Fault("status", status=404, method="PATCH"))
    with pytest.raises(ScalekitError) as told:
        stack.up(None)
    assert "switched off" not in str(told.value)
    assert stack.id
    assert emulator.store.connections[stack.id]["enabled"]


@pytest.mark.usefixtures("learned")
def test_a_delete_that_is_withdrawn_meanwhile_is_not_done(up, emulator):
    stack = up("Directory", DIRECTORY)
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")
    with pytest.raises(ScalekitError, match="the endpoint itself does not answer.* It was switched off"):
        stack.up(None)
    assert stack.id
