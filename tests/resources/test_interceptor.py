from dataclasses import replace

import pytest

from pulumi_scalekit import Interceptor
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import CheckFailed

PROGRAM = {
    "displayName": "Compliance",
    "triggerPoint": "PRE_SESSION_CREATION",
    "apiUrl": "https://hooks.acme.example",
    "failurePolicy": "FAIL_OPEN",
}
KEY = {"apiKey": "k3y-of-acme", "headerName": "x-api-key"}
OAUTH2 = {"tokenUrl": "https://auth.acme.example", "clientId": "scalekit", "clientSecret": "s3cret-of-acme"}


@pytest.fixture
def interceptor(stack):
    return stack(Interceptor)


def held(emulator, interceptor):
    return emulator.store.interceptors[interceptor.id]


def test_the_create_sends_all_but_the_switch(interceptor, emulator, asked):
    interceptor.up({**PROGRAM, "apiKey": KEY, "enabled": True})

    item = f"/interceptors/{interceptor.id}"
    assert asked() == ["POST /interceptors", f"PATCH {item}:enable", f"GET {item}"]
    assert held(emulator, interceptor)["config"]["auth_config"]["api_key"]["api_key"] == "k3y-of-acme"
    assert interceptor.outputs["secretId"].startswith("sec_")


@pytest.mark.parametrize("made", ["disabled", "enabled"])
def test_off_is_said_where_a_new_one_is_on(interceptor, emulator, made):
    emulator.switches = replace(emulator.switches, new_interceptor=made)
    interceptor.up({**PROGRAM, "enabled": False})

    assert held(emulator, interceptor)["enabled"] is False


def test_a_changed_part_of_the_credentials_goes_with_the_rest_as_it_is(interceptor, emulator):
    """What somebody changed in the dashboard since is not undone by a change beside it."""
    interceptor.up({**PROGRAM, "oauth2": OAUTH2})
    auth = held(emulator, interceptor)["config"]["auth_config"]
    auth["oauth2"].update(scope="decide", client_id="renamed")

    interceptor.up({**PROGRAM, "oauth2": {**OAUTH2, "tokenUrl": "https://next.acme.example"}})

    assert held(emulator, interceptor)["config"]["auth_config"]["oauth2"] == {
        "token_url": "https://next.acme.example",
        "client_id": "renamed",
        "client_secret": "s3cret-of-acme",
        "scope": "decide",
    }


@pytest.mark.parametrize("echo", ["none", "masked", "clear"])
def test_other_credentials_take_the_place_of_the_first(interceptor, emulator, echo):
    emulator.switches = replace(emulator.switches, client_secret_echo=echo)
    interceptor.up({**PROGRAM, "apiKey": KEY})
    interceptor.up({**PROGRAM, "oauth2": OAUTH2})

    assert "api_key" not in held(emulator, interceptor)["config"]["auth_config"]
    assert held(emulator, interceptor)["config"]["auth_config"]["oauth2"]["client_secret"] == "s3cret-of-acme"
    assert interceptor.refresh() == []
    interceptor.up({**PROGRAM, "oauth2": {**OAUTH2, "scope": "decide"}})
    assert held(emulator, interceptor)["config"]["auth_config"]["oauth2"]["client_secret"] == "s3cret-of-acme"
    assert interceptor.refresh() == []


def test_after_an_import_a_change_of_the_credentials_needs_the_secret(interceptor, stack, emulator):
    interceptor.up({**PROGRAM, "apiKey": KEY})
    taken = stack(Interceptor)
    taken.id, taken.inputs, taken.outputs = taken.provider.read(interceptor.id, {}, {})
    assert taken.inputs["apiKey"] == {"headerName": "x-api-key"}

    with pytest.raises(CheckFailed) as refused:
        taken.up({**PROGRAM, "apiKey": {"headerName": "x-other"}})
    assert "as a whole" in refused.value.failures["apiKey.apiKey"]
    taken.up({**PROGRAM, "apiKey": {**KEY, "headerName": "x-other"}})
    assert held(emulator, taken)["config"]["auth_config"]["api_key"]["header_name"] == "x-other"


REFUSED = [
    ({"apiUrl": "http://hooks.acme.example"}, "apiUrl", "must begin with https://"),
    ({"oauth2": {**OAUTH2, "tokenUrl": "http://a.example"}}, "oauth2.tokenUrl", "must begin with https://"),
    ({"apiKey": KEY, "oauth2": OAUTH2}, "oauth2", "declare api_key or oauth2, not both"),
    ({"apiKey": {"headerName": "x-api-key"}}, "apiKey.apiKey", "declare api_key too"),
    ({"apiKey": {**KEY, "headerName": "x api key"}}, "apiKey.headerName", "must be the name of a header"),
    ({"apiKey": {**KEY, "apiKey": "****"}}, "apiKey.apiKey", "a mask or a placeholder"),
    ({"triggerPoint": "ACCESS_TOKEN_CREATION"}, "triggerPoint", "PRE_SIGNUP"),
    ({"timeoutMs": 60000}, "timeoutMs", "30000"),
]


@pytest.mark.parametrize(("change", "path", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_what_cannot_work_is_refused_at_preview(interceptor, emulator, change, path, words):
    with pytest.raises(CheckFailed) as refused:
        interceptor.up({**PROGRAM, **change})

    assert words in refused.value.failures[path]
    assert emulator.store.interceptors == {}


def test_code_is_sent_as_it_stands(interceptor, emulator):
    """Other texts lose the line break at the end of a file."""
    interceptor.up({**PROGRAM, "description": "Asks\n", "requestTemplate": "\n{ a: 1 }\n"})

    assert held(emulator, interceptor)["description"] == "Asks"
    assert held(emulator, interceptor)["request_template"] == "\n{ a: 1 }\n"


def test_an_enabled_one_that_cannot_be_deleted_is_disabled_first(interceptor, emulator, asked):
    emulator.switches = replace(emulator.switches, delete_enabled_interceptor="refused")
    interceptor.up({**PROGRAM, "enabled": True})
    item = f"/interceptors/{interceptor.id}"
    asked()

    interceptor.up(None)

    assert asked() == [f"DELETE {item}", f"PATCH {item}:disable", f"DELETE {item}"]
    assert emulator.store.interceptors == {}


def test_where_the_endpoint_is_missing_nothing_counts_as_deleted(interceptor, emulator):
    interceptor.up(PROGRAM)
    emulator.switches = replace(emulator.switches, unpublished_endpoints="missing")

    with pytest.raises(ScalekitError, match="does not mean that the interceptor is gone"):
        interceptor.refresh()
    with pytest.raises(ScalekitError, match="does not mean that the interceptor is gone"):
        interceptor.up(None)
