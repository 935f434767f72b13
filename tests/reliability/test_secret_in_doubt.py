"""A secret that may have been written although its update failed: going back to the old program makes the old one live."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.emulator import Fault
from pulumi_scalekit.model.names import NOTES
from pulumi_scalekit.model.registry import KINDS
from tests.support.stack import PROVIDERS, Stack

OIDC = {"issuer": "https://acme.okta.com", "clientId": "1", "clientSecret": "former-canary", "scopes": ["openid"]}
NEW = {**OIDC, "clientSecret": "other-canary"}
FAULTS = {
    "500 after the write": Fault("status", status=500, applied=True, method="PATCH", path=".*/connections/[^:]*$"),
    "dropped after the write": Fault("drop_after", method="PATCH", path=".*/connections/[^:]*$", times=20),
    "a later request is refused": Fault("status", status=403, method="PATCH", path=".*:disable"),
    "a later request is not answered": Fault("drop_before", method="PATCH", path=".*:disable", times=20),
}


@pytest.fixture(params=PROVIDERS)
def provider(request):
    return request.param


@pytest.fixture(params=["Connection", "ConnectionSettings"])
def token(request):
    return request.param


@pytest.fixture
def sso(provider, token, config, clients, api):
    stack = Stack(PROVIDERS[provider](KINDS[f"scalekit:index:{token}"], config))
    program = {
        "organizationId": api.organization(),
        "provider": "OKTA",
        "type": "OIDC",
        "oidc": OIDC,
        "enabled": True,
    }
    if token == "ConnectionSettings":
        program["connectionId"] = api.connection(program["organizationId"])
    stack.up(program)
    return stack, program


def live(emulator, stack):
    return emulator.store.connections[stack.id]["oidc_config"]["client_secret"]


@pytest.mark.parametrize("refresh", [True, False], ids=["refreshed", "not refreshed"])
@pytest.mark.parametrize("fault", FAULTS)
def test_back_to_the_old_program_means_the_old_secret(sso, emulator, fault, refresh):
    stack, program = sso
    emulator.faults.add(FAULTS[fault])
    with pytest.raises(ScalekitError) as failed:
        stack.up({**program, "oidc": NEW, "enabled": False})
    assert "canary" not in str(failed.value)
    emulator.faults.clear()
    if refresh:
        stack.refresh()

    stack.up(program)

    assert live(emulator, stack) == "former-canary"
    assert emulator.store.connections[stack.id]["enabled"]
    assert NOTES not in stack.outputs
    assert stack.preview(program) == "same"
    assert stack.refresh() == []
    assert stack.preview(program) == "same"


@pytest.mark.parametrize("refresh", [True, False], ids=["refreshed", "not refreshed"])
@pytest.mark.parametrize("fault", FAULTS)
def test_on_with_the_new_program_means_the_new_secret(sso, emulator, fault, refresh):
    stack, program = sso
    emulator.faults.add(FAULTS[fault])
    changed = {**program, "oidc": NEW, "enabled": False}
    with pytest.raises(ScalekitError):
        stack.up(changed)
    emulator.faults.clear()
    if refresh:
        stack.refresh()

    stack.up(changed)

    assert live(emulator, stack) == "other-canary"
    assert NOTES not in stack.outputs
    assert stack.preview(changed) == "same"
    assert stack.refresh() == []


def test_what_cannot_be_taken_back_is_said(provider, sso, emulator):
    """The dynamic provider has no state for half an update: the message says what to do."""
    stack, program = sso
    emulator.faults.add(
        Fault("status", status=500, applied=True, method="PATCH", path=".*/connections/[^:]*$", times=None)
    )
    with pytest.raises(ScalekitError) as failed:
        stack.up({**program, "oidc": NEW})
    emulator.faults.clear()
    if provider == "dynamic":
        assert "oidc.client_secret may have the new or the former value, and nothing shows which" in str(failed.value)
        assert "run `pulumi up` with this program until it succeeds" in str(failed.value)
        stack.up({**program, "oidc": NEW})
    stack.up(program)
    assert live(emulator, stack) == "former-canary"


@pytest.mark.parametrize("status", [400, 403, 404, 409])
def test_what_was_refused_is_in_no_doubt(sso, emulator, status):
    stack, program = sso
    emulator.faults.add(Fault("status", status=status, method="PATCH", path=".*/connections/[^:]*$"))
    mark = emulator.ledger.mark()
    with pytest.raises(ScalekitError) as failed:
        stack.up({**program, "oidc": NEW})
    assert emulator.ledger.count("PATCH", since=mark) == 1
    assert "taken back" not in str(failed.value)
    assert NOTES not in stack.outputs
    assert live(emulator, stack) == "former-canary"


@pytest.mark.parametrize("fault", [{"status": 403, "kind": "status"}, {"kind": "drop_before", "times": 20}], ids=str)
def test_what_was_dropped_and_not_sent_again_is_named(sso, emulator, fault):
    """Where Scalekit replaces what a change leaves out, and the request that gives it back fails."""
    stack, program = sso
    emulator.switches = replace(emulator.switches, partial_config="replaced")
    changed = {**program, "oidc": {**OIDC, "scopes": ["email"]}}
    emulator.faults.add(Fault(method="PATCH", path=".*/connections/[^:]*$", nth=2, **fault))
    with pytest.raises(ScalekitError) as failed:
        stack.up(changed)
    emulator.faults.clear()
    assert "Scalekit dropped what the change left out (oidc, oidc.client_secret)" in str(failed.value)
    assert "Run `pulumi up --refresh`" in str(failed.value)

    stack.refresh()
    stack.up(changed)

    block = emulator.store.connections[stack.id]["oidc_config"]
    assert (block["issuer"], block["client_id"], block["scopes"]) == ("https://acme.okta.com", "1", ["email"])
    # The update after the refresh has other keys dropped too, which tells both providers that the secret goes with them.
    assert block["client_secret"] == "former-canary"
    assert "look in the dashboard" in str(failed.value)
    assert stack.refresh() == []
