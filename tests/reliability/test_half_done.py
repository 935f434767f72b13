"""Operations of which one part is done: what the state then holds, and what the next `up` makes of it."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Fault, Switches
from pulumi_scalekit.model.registry import KINDS
from tests.support.stack import PROVIDERS, Stack

ORGANIZATION = {"displayName": "Acme", "externalId": "acme", "metadata": {"tier": "gold"}}
CONNECTION = {"provider": "OKTA", "type": "OIDC"}
OIDC = {"issuer": "https://acme.okta.com", "clientId": "1", "clientSecret": "s3cret", "scopes": ["openid"]}


@pytest.fixture(params=PROVIDERS)
def provider(request):
    return request.param


@pytest.fixture
def stack_of(provider, config, clients):
    def make(name):
        return Stack(PROVIDERS[provider](KINDS[f"scalekit:index:{name}"], config))

    return make


@pytest.fixture
def answers(clients, monkeypatch):
    """Lets a test change what comes back: `answers["POST"] = change`, called with the answer's object, once."""
    changes = {}
    send = clients.steady._exchange.send

    def changed(call, *args, **options):
        answer = send(call, *args, **options)
        change = changes.pop(call.method, None) if "token" not in call.path else None
        return change(answer) if change else answer

    monkeypatch.setattr(clients.steady._exchange, "send", changed)
    return changes


def test_a_create_that_did_not_take_is_not_taken_for_done(stack_of, emulator, answers):
    """The API says yes and keeps something else: every `up` says so until it is there."""

    def keeps_another(answer):
        (record,) = emulator.store.organizations.values()
        record["metadata"] = {"tier": "silver"}
        return {"organization": {**answer["organization"], "metadata": {"tier": "silver"}}}

    stack = stack_of("Organization")
    answers["POST"] = keeps_another
    with pytest.raises(ScalekitError, match="metadata.tier is 'silver' instead of 'gold'"):
        stack.up(ORGANIZATION)
    stack.up(ORGANIZATION)
    (record,) = emulator.store.organizations.values()
    assert record["metadata"] == {"tier": "gold"}
    assert stack.refresh() == []


@pytest.mark.parametrize("odd", [{"domains": 5}, {"attribute_mapping": ["x"]}], ids=["domains", "mapping"])
def test_an_object_whose_answer_cannot_be_read_is_not_lost(provider, stack_of, api, emulator, answers, odd):
    """Unpublished endpoints may change their form: that is no bug with a traceback, and no object without a name."""
    stack = stack_of("Connection")
    program = {**CONNECTION, "organizationId": api.organization()}
    answers["POST"] = lambda answer: {"connection": {**answer["connection"], **odd}}
    with pytest.raises(ScalekitError, match="answer cannot be read"):
        stack.up(program)
    assert list(emulator.store.connections) == ([] if provider == "dynamic" else [stack.id])
    stack.up(program)
    assert list(emulator.store.connections) == [stack.id]


def test_what_an_update_has_written_before_it_failed_is_known(provider, stack_of, emulator):
    """Taking the change back must undo what was written, although the `up` failed."""
    stack = stack_of("Organization")
    stack.up(ORGANIZATION)
    emulator.faults.add(Fault("status", status=403, method="PATCH", path=".*/settings"))
    with pytest.raises(ScalekitError) as told:
        stack.up({**ORGANIZATION, "displayName": "Renamed", "features": {"sso": True}})
    (record,) = emulator.store.organizations.values()
    assert record["display_name"] == "Renamed"
    if provider == "dynamic":
        # The engine keeps the old state of a dynamic resource whose update failed.
        assert "Written before that: display_name" in str(told.value)
        assert "run `pulumi refresh` first" in str(told.value)
        stack.refresh()
    assert stack.up(ORGANIZATION) == "update"
    assert record["display_name"] == "Acme"


def test_an_update_that_failed_half_way_goes_on_from_there(provider, stack_of, emulator):
    program = {**ORGANIZATION, "displayName": "Renamed", "features": {"sso": True}}
    stack = stack_of("Organization")
    stack.up(ORGANIZATION)
    emulator.faults.add(Fault("status", status=403, method="PATCH", path=".*/settings"))
    with pytest.raises(ScalekitError):
        stack.up(program)
    before = emulator.ledger.mark()
    assert stack.up(program) == "update"
    # Only the plugin can tell the engine what is there; what the dynamic provider sends again changes nothing.
    assert emulator.ledger.count("PATCH", since=before) == (1 if provider == "plugin" else 2)
    assert stack.refresh() == []


def test_what_an_update_has_taken_away_before_it_failed_is_known(provider, stack_of, api, emulator):
    """An endpoint that only takes away has written too: going back to the old program gives it back."""
    for name in ("a:read", "b:read"):
        api.send("POST", "/permissions", {"name": name, "description": name})
    api.send("POST", "/roles", {"name": "base", "display_name": "Base"})
    program = {"name": "editor", "displayName": "Editor", "extends": "base", "permissions": ["a:read", "b:read"]}
    stack = stack_of("Role")
    stack.up(program)
    emulator.faults.add(Fault("status", status=403, method="DELETE", path=".*/permissions/", times=None))
    with pytest.raises(ScalekitError):
        stack.up({"name": "editor", "displayName": "Editor", "permissions": []})
    emulator.faults.clear()
    record = emulator.store.roles["editor"]
    assert not record.get("extends")
    if provider == "dynamic":
        stack.refresh()
    stack.up(program)
    assert emulator.store.roles["editor"]["extends"] == "base"
    assert stack.refresh() == []


@pytest.fixture
def switches():
    return replace(Switches(), delete_enabled_connection="refused")


def test_who_may_not_delete_switches_nothing_off(stack_of, api, emulator):
    stack = stack_of("Connection")
    stack.up({**CONNECTION, "organizationId": api.organization(), "oidc": OIDC, "enabled": True})
    emulator.faults.add(Fault("status", status=403, method="DELETE", times=None))
    with pytest.raises(ScalekitError, match="403"):
        stack.up(None)
    assert emulator.store.connections[stack.id]["enabled"]


def test_the_first_refusal_is_what_the_user_hears_of(stack_of, api, emulator):
    """Asking whether the organization is gone is a side question."""
    stack = stack_of("Domain")
    organization = api.organization()
    stack.up({"organizationId": organization, "domain": "acme.com"})
    emulator.faults.add(
        Fault("status", status=400, method="DELETE", message="the real reason"),
        Fault("status", status=403, method="GET", path=f".*/organizations/{organization}$"),
    )
    with pytest.raises(ScalekitError, match="the real reason"):
        stack.up(None)


@pytest.mark.parametrize(
    ("changed", "kept", "told"),
    [
        ({"extends": None}, {"extends": "base"}, "extends is 'base' instead of"),
        ({"permissions": []}, {"permissions": ["write"]}, "permissions is .*'write'.* instead of"),
    ],
)
def test_what_was_not_taken_away_is_taken_away_by_the_next_up(stack_of, api, emulator, answers, changed, kept, told):
    """The answer is a success and empty: only a read tells that it is still there."""
    api.send("POST", "/permissions", {"name": "write", "description": "Write"})
    role = stack_of("Role")
    program = {"name": "clerk", "displayName": "Clerk", "extends": api.role("base"), "permissions": ["write"]}
    role.up(program)
    program = {name: value for name, value in {**program, **changed}.items() if value is not None}

    def keeps(answer):
        emulator.store.roles["clerk"].update(copy.deepcopy(kept))
        return answer

    answers["DELETE"] = keeps
    with pytest.raises(ScalekitError, match=told):
        role.up(program)
    assert role.up(program) == "update"

    record = emulator.store.roles["clerk"]
    assert (record.get("extends"), record["permissions"]) == (program.get("extends"), program["permissions"])


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (
            {"enabled": True, "error_message": "the issuer does not answer."},
            "enable it: the issuer does not answer. Comp",
        ),
        ({"error_message": "the issuer does not answer"}, "enable it: the issuer does not answer. Comp"),
        ({"enabled": False}, "enable it: enabled is still False"),
        ({"enabled": True}, ""),
        ({}, ""),
    ],
)
def test_an_answer_that_says_that_it_is_not_enabled_is_an_error(stack_of, api, emulator, answers, reply, said):
    """It is a success by its status."""
    stack = stack_of("Connection")
    program = {**CONNECTION, "organizationId": api.organization(), "oidc": OIDC, "enabled": False}
    stack.up(program)
    answers["PATCH"] = lambda _answer: reply
    if said:
        with pytest.raises(ScalekitError, match=said):
            stack.up({**program, "enabled": True})
    else:
        mark = emulator.ledger.mark()
        assert stack.up({**program, "enabled": True}) == "update"
        # What the answer does not say is read.
        assert [entry.method for entry in emulator.ledger.since(mark)] == ["PATCH", *([] if reply else ["GET"])]


def test_an_enable_that_is_refused_is_an_error_unless_it_is_enabled(stack_of, api, emulator):
    stack = stack_of("Connection")
    program = {**CONNECTION, "organizationId": api.organization(), "oidc": OIDC, "enabled": False}
    stack.up(program)
    emulator.faults.add(Fault("status", status=400, method="PATCH", path=".*:enable"))
    with pytest.raises(ScalekitError):
        stack.up({**program, "enabled": True})
    assert stack.up({**program, "enabled": True}) == "update"
    (connection,) = emulator.store.connections.values()
    assert connection["enabled"]
