"""Texts that come out of a file, a variable or another provider: one rule for every property of every resource."""

from __future__ import annotations

import pulumi
import pytest

from pulumi_scalekit.lifecycle import check
from pulumi_scalekit.model.names import from_state
from pulumi_scalekit.model.registry import KINDS
from tests.support.cases import CASES, OIDC_CONNECTION
from tests.support.stack import PROVIDERS, CheckFailed, Stack, plain

AROUND = ["\n", "\r\n", " ", "\ufeff", "\t"]
MASKS = [
    "", " ", "\n", "****", "************", "••••••••", "●●●●", "xxxxxxxx", "...", "[secret]", "<redacted>", "(sensitive value)",
    "[REDACTED]", "{{ okta_secret }}", "${OKTA_SECRET}", "$(OKTA_SECRET)", "$OKTA_SECRET", "%OKTA_SECRET%", "<your client secret>", "None", "null", "undefined",
    "****wxyz", "0oa1****", "REDACTED", "[unknown]", "<computed>",
]  # fmt: skip
SECRETS = ["s3cret", "0oA-_~.x", "a*b*c", "secret", "test_x", "p@ss[word]", "xXx1", "no blanks", "$ecret"]


def padded(value, kind_shape, ending):
    """The same program, with something behind and before every text that a user gives."""
    if kind_shape.name == "block" and isinstance(value, dict):
        return {
            name: padded(item, kind_shape.by_name[name].shape, ending) if name in kind_shape.by_name else item
            for name, item in value.items()
        }
    if kind_shape.name == "map" and isinstance(value, dict):
        return {key: padded(item, kind_shape.item, ending) for key, item in value.items()}
    if kind_shape.name == "list" and isinstance(value, list):
        return [padded(item, kind_shape.item, ending) for item in value]
    return ending + value + ending if kind_shape.name in ("text", "enum") and isinstance(value, str) else value


def in_state(kind, values):
    from pulumi_scalekit.model.names import to_state

    return to_state(kind, values, lambda value: value)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_stands_around_a_text_is_taken_off(case, provider, api, emulator, config):
    """Nothing of it is sent, and it is neither a change nor drift. Of code it is a part."""
    kind = KINDS[case.token]
    program = {name: value for name, value in case.program(api).items() if not kind.shape.by_state[name].verbatim}
    stack, values = Stack(PROVIDERS[provider](kind, config)), from_state(kind, program)
    variants = [in_state(kind, padded(values, kind.shape, ending)) for ending in AROUND]

    stack.up(variants[0])

    written = [entry.body for entry in emulator.ledger.since(0) if entry.body]
    # Blanks that stand inside of what the program says are a part of it: in a value of a JSON text.
    assert not any(text != text.strip() and text not in str(program) for body in written for text in texts(body))
    assert stack.refresh() == []
    assert {stack.preview(variant) for variant in (*variants, program)} == {"same"}


def texts(body):
    if isinstance(body, str):
        yield body.removesuffix("\n") if body.startswith("-----BEGIN") else body
    for item in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from texts(item)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_state_with_blanks_around_its_texts_plans_no_change(case, provider, api, config):
    """An earlier version took them as they were."""
    kind, program = KINDS[case.token], case.program(api)
    stack = Stack(PROVIDERS[provider](kind, config))
    stack.up(program)
    free = {field.name for field in kind.inputs if _was_free(field)}
    values = {name: value for name, value in from_state(kind, program).items() if name in free}
    kept = in_state(kind, padded(values, kind.shape, " "))
    as_sets = {name: sorted(value) if isinstance(value, list) else value for name, value in kept.items()}
    stack.inputs, stack.outputs = {**plain(stack.inputs), **as_sets}, {**stack.outputs, **as_sets}

    assert stack.preview({**program, **kept}) == "same"


def _was_free(field):
    """Whether any text was taken for it. Lists that are no sets would not be sorted."""
    item = field.shape.item or field.shape
    free = item.name == "text" and not field.pattern and (field.unordered or field.shape.name != "list")
    return free and not (field.output or field.provider_only)


@pytest.mark.parametrize("mask", MASKS, ids=repr)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_secret_that_nobody_set_is_refused(mask, provider, api, emulator, config):
    """Of every secret of every resource; also where one is there already, which it would wipe."""
    program = OIDC_CONNECTION.program(api)
    stack = Stack(PROVIDERS[provider](KINDS[OIDC_CONNECTION.token], config))
    stack.up(program)
    mark = emulator.ledger.mark()
    unset = {**program, "oidc": {**program["oidc"], "clientSecret": mask}}

    for one in (stack, Stack(stack.provider)):
        with pytest.raises(CheckFailed) as refused:
            one.up(unset)
        (reason,) = refused.value.failures.values()
        assert "client_secret" in reason
        assert "nothing but blanks" in reason or "is probably not set" in reason
        assert len(mask.strip()) < 4 or mask not in reason
    assert emulator.ledger.since(mark) == []
    assert emulator.store.connections[stack.id]["oidc_config"]["client_secret"] == "s3cret-canary"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_may_look_odd(secret):
    declared = {"organization_id": "org_1", "provider": "OKTA", "type": "OIDC", "oidc": {"client_secret": secret}}
    judged, failures = check(KINDS[OIDC_CONNECTION.token], {}, declared)
    assert (judged["oidc"]["client_secret"], failures) == (secret, [])


def test_every_secret_and_every_write_only_input_is_judged():
    """A further one needs no line anywhere."""

    def paths(shape, above=""):
        for field in shape.fields:
            if not field.output and (field.secret or field.write_only):
                yield f"{above}{field.state}"
            yield from paths(field.shape, f"{above}{field.state}.") if not field.output else ()

    found = {kind.name: set(paths(kind.shape)) for kind in KINDS.values()}
    assert {name: paths for name, paths in found.items() if paths} == {
        "Connection": {"oidc.clientSecret"},
        "ConnectionSettings": {"oidc.clientSecret"},
        "Interceptor": {"apiKey.apiKey", "oauth2.clientSecret"},
        "LogStream": {"datadog.apiKey", "crowdstrike.ingestToken"},
        "DirectoryMapping": {"trackedGroups"},
        "EmailServer": {"smtpSettings.password"},
        "EnvironmentConnection": {
            "googleDwd.serviceAccountJson",
            "oauth.clientSecret",
            "oauth.googleadsDeveloperToken",
        },
    }


def test_a_secret_that_lost_its_line_break_is_sent(api, emulator, config):
    """Nothing shows which of the two Scalekit has, so they are two."""
    program = OIDC_CONNECTION.program(api)
    stack = Stack(PROVIDERS["dynamic"](KINDS[OIDC_CONNECTION.token], config))
    stack.up(program)
    for kept in (stack.inputs, stack.outputs):
        kept["oidc"]["clientSecret"] = "s3cret\n"

    assert stack.up({**program, "oidc": {**program["oidc"], "clientSecret": "s3cret"}}) == "update"
    assert emulator.store.connections[stack.id]["oidc_config"]["client_secret"] == "s3cret"


@pytest.mark.parametrize("case", [case for case in CASES if "displayName" in case.edits], ids=str)
def test_nothing_but_blanks_is_no_text(case, api, config):
    program = {**case.program(api), "displayName": "  \n"}
    with pytest.raises(CheckFailed, match="display_name holds nothing but blanks"):
        Stack(PROVIDERS["plugin"](KINDS[case.token], config)).preview(program)


def test_the_text_of_an_output_is_named():
    """It says what went wrong, and no API would."""
    text = f"https://{pulumi.Output.from_input('acme')}.okta.com"
    declared = {"display_name": text, "metadata": {"issuer": text}}
    _, failures = check(KINDS["scalekit:index:Organization"], {}, declared)
    assert {one.path for one in failures} == {"displayName", "metadata.issuer"}
    assert all("use the output itself" in one.reason for one in failures)
