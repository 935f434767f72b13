"""What a Python program registers: types, names, secrets, aliases, and a thousand resources in one program."""

import asyncio

import pulumi
import pytest

import pulumi_scalekit as scalekit
from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.provider.dynamic import pickled
from pulumi_scalekit.resources import RESOURCES

# Under mocks the SDK leaves the event loops of its threads open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


class Recorder(pulumi.runtime.Mocks):
    def __init__(self):
        self.seen = {}

    def new_resource(self, args):
        self.seen[args.name] = args
        return args.resource_id or f"{args.name}-id", {**args.inputs, "createTime": "2026-01-01T00:00:00Z"}

    def call(self, args):
        return {}


@pytest.fixture
def program():
    """Runs a program under mocks and returns what it registered, by name."""

    def run(body, **config):
        recorder = Recorder()
        pulumi.runtime.set_all_config({f"scalekit:{key}": value for key, value in config.items()}, [])
        pulumi.runtime.set_mocks(recorder, preview=False)
        results = []

        @pulumi.runtime.test
        def inside():
            found = body()
            return pulumi.Output.from_input(found).apply(results.append)

        inside()
        pulumi.runtime.set_all_config({})
        return recorder.seen, results[0]

    return run


@pytest.fixture(autouse=True)
def loop():
    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    made.close()


def acme():
    organization = scalekit.Organization("acme", display_name="Acme", metadata={"tier_name": "gold"})
    connection = scalekit.Connection(
        "sso",
        organization_id=organization.id,
        provider="OKTA",
        type="OIDC",
        oidc={"client_id": "1", "client_secret": "s3cret", "scopes": [pulumi.Output.from_input("openid")]},
    )
    return pulumi.Output.all(organization.metadata, connection.oidc, organization.create_time)


def test_names_are_camel_case_in_the_state_and_map_keys_are_left_alone(program):
    seen, (metadata, oidc, created) = program(acme)
    assert seen["acme"].typ == "pulumi-python:dynamic/scalekit:Organization"
    assert seen["acme"].inputs["metadata"] == {"tier_name": "gold"}
    assert seen["acme"].inputs["__provider"] == pickled("scalekit:index:Organization")
    # Mocks take no secrets apart: one inside makes the whole block one.
    assert set(seen["sso"].inputs["oidc"]["value"]) == {"clientId", "clientSecret", "scopes"}
    assert metadata == {"tier_name": "gold"}
    assert oidc == {"client_id": "1", "client_secret": "s3cret", "scopes": ["openid"]}
    assert created == "2026-01-01T00:00:00Z"


def test_with_the_plugin_the_same_program_registers_its_types(program):
    seen, _ = program(acme, plugin="true")
    assert seen["acme"].typ == "scalekit:index:Organization"
    assert "__provider" not in seen["acme"].inputs


def test_secrets_are_marked_although_the_user_did_not(program):
    _, secret = program(is_secret, plugin="true")
    assert secret == [True, False]


def is_secret():
    organization = scalekit.Organization("acme", display_name="Acme")
    connection = scalekit.Connection(
        "sso", organization_id=organization.id, provider="OKTA", type="OIDC", oidc={"client_secret": "s3cret"}
    )
    return pulumi.Output.all(connection.oidc.is_secret(), organization.display_name.is_secret())


def test_an_unknown_property_is_refused_where_it_is_written(program):
    with pytest.raises(TypeError, match='Organization "acme" has no property displayname'):
        program(lambda: scalekit.Organization("acme", displayname="Acme"))


def test_a_secret_in_clear_is_refused(program):
    with pytest.raises(ConfigurationError, match="pulumi config set --secret scalekit:clientSecret"):
        program(acme, clientSecret="in-clear")


@pytest.mark.parametrize("plugin", ["false", "true"])
def test_two_thousand_resources_in_one_program(program, plugin):
    """The SDK's own way of pickling providers breaks at a few hundred."""

    def many():
        for n in range(1000):
            organization = scalekit.Organization(f"org-{n}", display_name=f"No {n}", external_id=f"ext-{n}")
            scalekit.Connection(f"sso-{n}", organization_id=organization.id, provider="OKTA", type="SAML")
        return n

    seen, _ = program(many, plugin=plugin)
    assert len(seen) == 2000
    assert len({args.inputs.get("__provider") for args in seen.values()}) == (1 if plugin == "true" else 2)


def test_every_resource_has_a_provider_string_of_its_own():
    strings = [pickled(resource.kind.token) for resource in RESOURCES]
    assert len(set(strings)) == len(RESOURCES)
    assert max(map(len, strings)) < 140
