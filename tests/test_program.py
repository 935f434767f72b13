"""What a Python program registers: types, names, secrets, aliases, and two thousand resources in one program."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_scalekit.provider.dynamic import pickled
from pulumi_scalekit.resources import RESOURCES


def registered(name, **config):
    """Run a program of registered.py: (what it registered by name, its result, its error)."""
    script = Path(__file__).with_name("registered.py")
    ended = subprocess.run(
        [sys.executable, script, name, json.dumps(config)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    return told["seen"], (told["result"] or [None])[0], told["error"]


def test_names_are_camel_case_in_the_state_and_map_keys_are_left_alone():
    seen, (metadata, oidc, created), error = registered("acme")
    assert error == ""
    assert seen["acme"]["type"] == "pulumi-python:dynamic/scalekit:Organization"
    assert seen["acme"]["inputs"]["metadata"] == {"tier_name": "gold"}
    assert seen["acme"]["inputs"]["__provider"] == pickled("scalekit:index:Organization")
    # Mocks take no secrets apart: one inside makes the whole block one.
    assert set(seen["sso"]["inputs"]["oidc"]["value"]) == {"clientId", "clientSecret", "scopes"}
    assert metadata == {"tier_name": "gold"}
    assert oidc == {"client_id": "1", "client_secret": "s3cret", "scopes": ["openid"]}
    assert created == "2026-01-01T00:00:00Z"


def test_with_the_plugin_the_same_program_registers_its_types():
    seen, _, _ = registered("acme", plugin="true")
    assert seen["acme"]["type"] == "scalekit:index:Organization"
    assert "__provider" not in seen["acme"]["inputs"]


def test_secrets_are_marked_although_the_user_did_not():
    _, secret, _ = registered("secrets", plugin="true")
    assert secret == [True, False]


def test_an_unknown_property_is_refused_where_it_is_written():
    assert 'TypeError: Organization "acme" has no property displayname' in registered("typo")[2]


def test_what_stands_second_must_be_options():
    assert 'TypeError: Organization "acme": opts must be pulumi.ResourceOptions' in registered("positional")[2]


def test_an_import_option_needs_the_plugin():
    assert "pulumi config set scalekit:plugin true" in registered("imported")[2]
    assert not registered("imported", plugin="true")[2]


def test_a_text_in_place_of_a_list_is_left_for_check_to_refuse():
    assert registered("text_for_a_list")[0]["sso"]["inputs"]["domainIds"] == "dom_1"


def test_a_member_of_an_enum_is_its_text_wherever_it_stands():
    seen = registered("members")[0]
    for name in ("domain", "sso", "saml"):
        assert seen[f"{name}-member"]["inputs"] == seen[f"{name}-text"]["inputs"]
    assert seen["domain-member"]["inputs"]["domainType"] == "ORGANIZATION_DOMAIN"
    assert seen["sso-member"]["inputs"]["oidc"] == {"scopes": ["openid", "email"], "tokenAuthType": "BASIC_AUTH"}


def test_a_secret_in_clear_is_refused():
    assert "pulumi config set --secret scalekit:clientSecret" in registered("acme", clientSecret="in-clear")[2]


@pytest.mark.parametrize("plugin", ["false", "true"])
def test_two_thousand_resources_in_one_program(plugin):
    """The SDK's own way of pickling providers breaks at a few hundred."""
    seen, _, error = registered("many", plugin=plugin)
    assert error == ""
    assert len(seen) == 2000
    strings = {one["inputs"].get("__provider") for one in seen.values()}
    assert len(strings) == (1 if plugin == "true" else 2)


def test_every_resource_has_a_provider_string_of_its_own():
    strings = [pickled(resource.kind.token) for resource in RESOURCES]
    assert len(set(strings)) == len(RESOURCES)
    assert max(map(len, strings)) < 140
