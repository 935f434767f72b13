"""What is made of the answer to a write: what is not there, what stays all the same, what has still to be sent."""

from dataclasses import replace

import pytest

from pulumi_scalekit import lifecycle
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.lifecycle import write
from pulumi_scalekit.model import registry
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.objects import Objects

KINDS = {kind.name: kind for kind in registry.KINDS.values()}
CONNECTION = KINDS["Connection"]
SETTINGS, *_ = CONNECTION.api.update
OIDC = {"issuer": "https://acme.okta.com", "client_id": "1", "client_secret": "s3cret"}
UNNAMED = {"provider": "OKTA", "type": "OIDC"}


@pytest.fixture
def switches():
    """What the tests below need: a text in a block cannot be cleared, and a connection is complete once it is enabled."""
    return replace(Switches(), empty_nested_string="ignored", connection_completes="enabled")


@pytest.fixture
def connections(config):
    return Objects(CONNECTION, environment(config))


@pytest.fixture
def made(connections, api):
    """A connection with settings, and what was declared."""
    declared = {**UNNAMED, "organization_id": api.organization(), "enabled": True, "oidc": OIDC}
    return lifecycle.create(connections, declared), declared


def test_what_a_create_was_answered_with_is_not_read(made, emulator):
    asked = [entry.method for entry in emulator.ledger.since(0) if "/connections" in entry.path]

    # The switch answers without the connection, so that its end is read.
    assert asked == ["POST", "PATCH", "PATCH", "GET"]


def test_only_what_the_create_itself_was_answered_with_may_be_undone(connections, api, emulator):
    """Of an object that was found after a lost answer nobody knows for sure whose it is."""

    def failed_with(*faults):
        emulator.faults.clear()
        declared = {**UNNAMED, "organization_id": api.organization(), "oidc": OIDC}
        emulator.faults.add(*faults, Fault("status", status=403, method="PATCH", path=".*/connections/", times=None))
        with pytest.raises(lifecycle.InitFailed) as failed:
            lifecycle.create(connections, declared)
        return failed.value.created

    assert failed_with().ours is True
    assert failed_with(Fault("drop_after", method="POST")).ours is False


def test_an_object_whose_answer_cannot_be_read_may_be_undone(connections, api, monkeypatch):
    request = type(connections.client).request

    def odd(client, method, path, **more):
        answer = request(client, method, path, **more)
        return {"connection": {**answer["connection"], "attribute_mapping": ["x"]}} if method == "POST" else answer

    monkeypatch.setattr(type(connections.client), "request", odd)
    with pytest.raises(lifecycle.InitFailed, match="cannot be read") as failed:
        lifecycle.create(connections, {**UNNAMED, "organization_id": api.organization()})
    assert failed.value.created.ours is True


def test_no_error_about_a_value_that_did_not_take_shows_a_secret():
    declared = {"oidc": {"client_id": "1", "client_secret": "s3cret"}}
    live = {"oidc": {"client_id": "2", "client_secret": "0ther"}, "plain_secret": "0ther"}

    both = str(write.not_taken(CONNECTION, "updating", ["oidc.client_id", "oidc.client_secret"], declared, live))
    alone = write.not_taken(KINDS["OrganizationClient"], "updating", ["plain_secret"], {"plain_secret": "s3cret"}, live)

    assert "but oidc.client_id is '2' instead of '1'; oidc.client_secret." in both
    assert "but plain_secret." in str(alone)
    assert not any(secret in text for secret in ("s3cret", "0ther") for text in (both, str(alone)))


def test_a_property_without_keys_that_did_not_take_is_told_with_both_values():
    error = write.not_taken(CONNECTION, "updating", ["ui_button_title"], {"ui_button_title": "Go"}, {})

    assert "ui_button_title is None instead of 'Go'" in str(error)


def test_what_is_cleared_and_stays_is_told_at_any_depth():
    live = {"max_allowed_users": 5, "oidc": {"client_id": "1", "issuer": "https://a", "scopes": ["openid"]}}
    emptied = {"oidc": {"issuer": "https://a", "client_id": ""}}

    assert list(write.kept(CONNECTION, emptied, live, ["oidc"], {})) == ["oidc.client_id"]
    assert list(write.kept(KINDS["UserLimit"], {}, live, ["max_allowed_users"], {})) == ["max_allowed_users"]
    assert list(write.kept(KINDS["UserLimit"], {}, {}, ["max_allowed_users"], {})) == []


def test_what_is_there_already_is_not_sent():
    live = {"oidc": {"issuer": "https://a", "discovery_endpoint": "https://a/d"}}

    def pending(oidc):
        return write.pending(CONNECTION, SETTINGS, {"oidc": oidc}, live)

    assert pending({"issuer": "https://a"}) == []
    assert pending({"issuer": "https://b"}) == ["oidc"]
    # Scalekit has filled it in by the issuer, which is no difference to a program that leaves it empty.
    assert pending({"issuer": "https://a", "discovery_endpoint": ""}) == []
    # No answer ever shows it.
    assert pending({"issuer": "https://a", "client_secret": "s"}) == ["oidc"]
    assert pending({"issuer": "https://a", "client_secret": ""}) == []


def test_a_key_of_a_block_that_did_not_take_is_an_error(connections, made, emulator, monkeypatch):
    created, declared = made
    (record,) = emulator.store.connections.values()
    request = type(connections.client).request

    def keeps(client, method, path, **more):
        before = dict(record["oidc_config"])
        answer = request(client, method, path, **more)
        if method == "PATCH":
            record["oidc_config"] = before
            return {}
        return answer

    monkeypatch.setattr(type(connections.client), "request", keeps)
    with pytest.raises(lifecycle.NotTaken, match="oidc.client_id is '1' instead of '2'"):
        lifecycle.update(connections, created.id, created.state, {**declared, "oidc": {**OIDC, "client_id": "2"}})


def test_what_is_cleared_and_stays_is_no_failure_beside_a_switch_that_is_turned(connections, made, emulator):
    """No answer to the switch shows the connection, so that it is read once more, and what was written has been looked at."""
    created, declared = made
    off = {**declared, "enabled": False, "oidc": {**OIDC, "client_id": ""}}

    state = lifecycle.update(connections, created.id, created.state, off)

    (record,) = emulator.store.connections.values()
    assert (record["oidc_config"]["client_id"], record["enabled"]) == ("1", False)
    assert not state["enabled"]


def test_the_outputs_of_a_create_are_those_at_its_end(connections, api):
    declared = {**UNNAMED, "organization_id": api.organization(), "oidc": OIDC}

    created = lifecycle.create(connections, {**declared, "enabled": True})

    assert created.state["status"] == "COMPLETED"


@pytest.mark.parametrize("known", [True, False])
def test_a_secret_whose_write_was_answered_is_in_doubt_where_the_read_after_it_fails(
    connections, made, emulator, known
):
    """With an answer that holds the object nothing has to be read, and the failure is none of this write's."""
    created, declared = made
    emulator.switches = replace(emulator.switches, update_answer="object" if known else "empty")
    emulator.faults.add(Fault("status", status=403, method="GET", path=".*/connections/[^/]*$", nth=2, times=None))
    now = {**declared, "oidc": {**OIDC, "client_secret": "0ther"}}

    if known:
        lifecycle.update(connections, created.id, created.state, now)
        return
    with pytest.raises(lifecycle.HalfUpdated) as failed:
        lifecycle.update(connections, created.id, created.state, now)
    assert failed.value.doubted == ["oidc"]
    assert "0ther" not in str(failed.value)
