"""What a Python program registers: types, names, secrets, aliases, and two thousand resources in one program."""

import pytest

from pulumi_scalekit.model.provider_string import provider_string
from pulumi_scalekit.program import aliases
from pulumi_scalekit.resources import RESOURCES
from tests.support.mocked_programs import registered


def test_names_are_camel_case_in_the_state_and_map_keys_are_left_alone():
    seen, (metadata, oidc, created), error = registered("acme")
    assert error == ""
    assert seen["acme"]["type"] == "pulumi-python:dynamic/scalekit:Organization"
    assert seen["acme"]["inputs"]["metadata"] == {"tier_name": "gold"}
    assert "__provider" not in seen["acme"]["inputs"], "what a user's mocks see is what the program gives"
    # Mocks take no secrets apart: one inside makes the whole block one.
    assert set(seen["sso"]["inputs"]["oidc"]["value"]) == {"clientId", "clientSecret", "scopes"}
    assert metadata == {"tier_name": "gold"}
    assert oidc == {"client_id": "1", "client_secret": "s3cret", "scopes": ["openid"]}
    assert created == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("plugin", ["false", "true"])
def test_a_block_that_is_read_has_its_keys_as_attributes_and_is_an_input_again(plugin):
    seen, (attributes, lifted, misspelt, absent), error = registered("blocks", plugin=plugin)
    assert error == ""
    assert attributes == ["1", "1", None, None, {"client_id": "1", "client_secret": "s3cret", "scopes": ["openid"]}]
    assert lifted == ["1", "openid"]
    assert misspelt == [False, False, None]
    assert absent == [None, None, None]
    assert seen["again"]["inputs"]["oidc"] == seen["sso"]["inputs"]["oidc"]


def test_with_the_plugin_the_same_program_registers_its_types():
    seen, _, _ = registered("acme", plugin="true")
    assert seen["acme"]["type"] == "scalekit:index:Organization"
    assert "__provider" not in seen["acme"]["inputs"]


@pytest.mark.parametrize("plugin", ["false", "true"])
@pytest.mark.parametrize("when", ["late", "at once"])
def test_a_resource_has_the_name_of_the_other_provider_once(plugin, when):
    _, (sent, _), error = registered(f"aliased:{when}", plugin=plugin)
    assert error == ""
    other = "pulumi-python:dynamic/scalekit:Organization" if plugin == "true" else "scalekit:index:Organization"
    assert [alias.partition("::")[2].partition("::")[2] for alias in sent] == [f"{other}::acme"]


def test_aliases_are_added_late_to_this_sdk():
    assert aliases.are_added_late()


def test_secrets_are_marked_although_the_user_did_not():
    _, secret, _ = registered("secrets", plugin="true")
    assert secret == [True, False]


def test_an_unknown_property_is_refused_where_it_is_written():
    assert 'TypeError: Organization "acme" has no property displayname' in registered("typo")[2]


def test_what_stands_second_must_be_options():
    assert 'TypeError: Organization "acme": opts must be pulumi.ResourceOptions' in registered("positional")[2]


@pytest.mark.parametrize("plugin", ["false", "true"])
@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("foreign", 'provider is a provider of package "pulumi-python", which cannot serve it. Give it'),
        ("foreign-by-our-name", 'providers["scalekit"] is a provider of package "pulumi-python"'),
        ("another-package-by-our-name-above", 'providers["scalekit"] is a provider of package "aws"'),
        ("two", "two different scalekit.Provider"),
        ("two-in-a-mapping", "two different scalekit.Provider"),
        ("two-from-above", "two different scalekit.Provider"),
        ("text", "provider must be a scalekit.Provider"),
        ("texts", "provider must be a scalekit.Provider"),
    ],
)
def test_a_provider_that_cannot_be_meant_is_refused(form, told, plugin):
    seen, _, error = registered(f"placed:{form}", plugin=plugin)
    assert error.startswith('TypeError: Organization "acme": ')
    assert told in error
    assert "acme" not in seen


def test_a_provider_of_anothers_dynamic_resources_is_not_taken_for_ours():
    _, _, error = registered("placed:foreign-above")
    assert 'providers["pulumi-python"] is a provider of package "pulumi-python", which cannot serve it' in error
    seen, _, error = registered("placed:foreign-above", plugin="true")
    assert (error, seen["acme"]["provider"]) == ("", "")


def test_a_provider_of_another_package_says_nothing_of_ours():
    """As with every resource in Pulumi: it is for what stands below."""
    seen, _, error = registered("placed:aws")
    assert (error, seen["acme"]["provider"]) == ("", "")


def test_an_import_option_needs_the_plugin():
    assert "pulumi config set scalekit:plugin true" in registered("imported")[2]
    assert not registered("imported", plugin="true")[2]


@pytest.mark.parametrize(
    ("program", "config", "told"),
    [
        ("asked_with_an_output", {}, "ScalekitError: getOrganization needs its arguments at once, and id is an output"),
        (
            "misspelt_provider",
            {},
            'TypeError: Provider "eu" has no property enviroment_url; did you mean environment_url?',
        ),
        (
            "no_such_path",
            {},
            "ignore_changes: displayname: there is no property displayname; did you mean display_name?",
        ),
        (
            "acme",
            {"enviromentUrl": "https://acme.scalekit.com"},
            "in the stack's configuration: there is no setting enviromentUrl; did you mean environmentUrl?",
        ),
        ("acme", {"region": "eu"}, "there is no setting region; known are environmentUrl, clientId"),
    ],
)
@pytest.mark.parametrize("plugin", ["false", "true"])
def test_a_mistake_ends_the_program_with_its_message_alone(monkeypatch, program, config, told, plugin):
    """A `RunError`: `registered` says "traceback" where Pulumi would show one."""
    for name in ("SCALEKIT_ENVIRONMENT_URL", "SCALEKIT_CLIENT_ID", "SCALEKIT_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    _, _, error = registered(program, plugin=plugin, **config)
    assert told in error
    assert not error.startswith("traceback")


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("asked_without_credentials", "ConfigurationError: Scalekit settings are missing"),
        ("asked_of_a_late_provider", "environmentUrl is an output"),
    ],
)
def test_a_function_needs_its_environment_at_once(monkeypatch, program, told):
    """With the plugin the engine knows it, and waits for it."""
    for name in ("SCALEKIT_ENVIRONMENT_URL", "SCALEKIT_CLIENT_ID", "SCALEKIT_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    _, _, error = registered(program)
    assert told in error
    assert not error.startswith("traceback")


@pytest.fixture
def variables(monkeypatch):
    monkeypatch.setenv("SCALEKIT_ENVIRONMENT_URL", "https://variable.example")
    monkeypatch.delenv("SCALEKIT_CLIENT_ID", raising=False)
    monkeypatch.setenv("SCALEKIT_CLIENT_SECRET", "from-the-variable")


@pytest.mark.parametrize("plugin", ["false", "true"])
def test_a_provider_shows_its_settings_but_the_secret(variables, plugin):
    seen, (full, later, none, secrets), error = registered("settings_of_a_provider", plugin=plugin)
    assert error == ""
    assert full == ["https://eu.example", "skc_1", "no", "https://old.example"]
    assert later == ["https://late.example", "skc_2", None, None]
    assert none == ["https://variable.example", None, None, None]
    assert secrets == [True, False, False]
    assert seen["none"]["inputs"] == {}, "what comes from variables is not in the state"


def test_the_stacks_settings_are_typed(variables):
    configured = {
        "environmentUrl": "https://acme.example",
        "clientId": "skc_1",
        "clientSecret": "s3cret",
        "plugin": "true",
    }
    _, (settings, secret), _ = registered("settings_of_the_stack", **configured)
    assert settings == ["https://acme.example", "skc_1", None, None, True]
    assert secret == ["s3cret", True]
    _, (settings, secret), _ = registered(
        "settings_of_the_stack", adopt="identical", previousEnvironmentUrl="https://o"
    )
    assert settings == ["https://variable.example", None, "identical", "https://o", False]
    assert secret == ["from-the-variable", True]


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
def test_six_hundred_resources_in_one_program(plugin):
    """The SDK's own way of pickling providers breaks at a few hundred."""
    seen, _, error = registered("many", plugin=plugin)
    assert error == ""
    assert len(seen) == 600


def test_every_resource_has_a_provider_string_of_its_own():
    strings = [provider_string(resource.kind.token) for resource in RESOURCES]
    assert len(set(strings)) == len(RESOURCES)
    assert max(map(len, strings)) < 140
