"""The examples of whole tenants with the real engine: up, nothing left to do, the change they are about, destroy."""

import random
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.support.workspace import printed

pytestmark = pytest.mark.engine

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PLUGIN = {"dynamic": {}, "plugin": {"scalekit:plugin": "true"}}
once = pytest.mark.parametrize("example", ["dynamic"], indirect=True)


@pytest.fixture(params=PLUGIN)
def example(request, workspace, emulator):
    """Makes a workspace of an example, with either provider."""

    def make(name, secrets=()):
        project = workspace(EXAMPLES / name, name=name, environment=emulator.environment)
        for key, value in PLUGIN[request.param].items():
            project.config(key, value)
        for key, value in dict(secrets).items():
            project.config(key, value, secret=True)
        return project

    return make


def leaves_nothing(project, emulator):
    project.pulumi("destroy", "--yes", "--skip-preview")
    store = emulator.store
    assert project.resources() == {}
    assert not any((store.organizations, store.connections, store.domains, store.directories, store.permissions))
    assert not any((store.organization_clients, store.organization_roles))


def test_a_tenant_with_everything_and_a_rotated_secret(example, emulator):
    project = example("tenant", {"tenant:umbrellaOktaSecret": "s3cret-canary"})
    project.pulumi("up", "--yes", "--skip-preview")
    organization = next(iter(emulator.store.organizations))
    connection = next(iter(emulator.store.connections.values()))
    assert connection["enabled"]
    assert sorted(connection["_domain_ids"]) == sorted(emulator.store.domains)
    assert sorted(emulator.store.organization_roles[organization, "signatory"]["permissions"]) == [
        "documents:read",
        "documents:sign",
    ]
    assert emulator.store.organization_default_roles[organization]["default_member_role"] == "auditor"
    assert emulator.store.session_policies[organization]["absolute_session_timeout"] == 480
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")

    client = next(iter(emulator.store.organization_clients.values()))
    first, used = (secret["id"] for secret in client["secrets"])
    before = project.outputs()["machineSecret"]
    project.config("tenant:machineRotation", "2026-02")
    shown = project.pulumi("up", "--yes", "--skip-preview").stdout
    after = project.outputs()["machineSecret"]
    assert after != before
    left = [secret["id"] for secret in client["secrets"]]
    assert left[0] == first
    assert used not in left
    everything = shown + str(project.state())
    assert not any(secret in everything for secret in (before, after, "s3cret-canary"))
    project.pulumi("preview", "--expect-no-changes")
    leaves_nothing(project, emulator)


@once
def test_what_is_renewed_by_a_setting(example, emulator):
    """By the commands on its page; no secret is shown, and what was in use before is no longer."""
    project = example("rotation")
    project.pulumi("up", "--yes", "--skip-preview")
    assert f"first `up` sends {len(emulator.ledger)} requests" in (EXAMPLES / "rotation" / "README.md").read_text()
    (client,), (directory,) = emulator.store.organization_clients.values(), emulator.store.directories.values()
    (connection,) = emulator.store.connections.values()
    before, machines = project.outputs(), [one["id"] for one in client["secrets"]]

    page = (EXAMPLES / "rotation" / "README.md").read_text().split("and to renew:")[1]
    settings = re.findall(r"^    pulumi config set (\w+) (\S+)$", page, re.MULTILINE)
    assert len(settings) == 3
    for key, value in settings:
        project.config(key, value)
    shown = project.pulumi("up", "--yes", "--skip-preview").stdout

    after = project.outputs()
    assert {key for key in after if after[key] != before[key]} == {"machineSecret", "scimToken"}
    assert not any(secret in shown + str(project.state()) for secret in (*before.values(), *after.values()))
    assert [one["id"] in machines for one in client["secrets"]] == [True, False]
    assert len(directory["secrets"]) == 2
    assert [one["issuer"] for one in connection["saml_config"]["idp_certificates"]] == [
        "CN=idp.weyland.example 2027,O=Weyland"
    ]
    project.pulumi("preview", "--expect-no-changes")


def test_an_identity_provider_that_needs_ours_while_we_need_its(example, emulator):
    project = example("identity-provider")
    project.pulumi("up", "--yes", "--skip-preview")
    connection = next(iter(emulator.store.connections.values()))
    assert connection["enabled"]
    assert connection["saml_config"]["idp_sso_url"].startswith("https://idp.cyberdyne.example/")
    assert project.outputs()["acsUrl"] == connection["saml_config"]["sp_assertion_url"]
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes")
    project.pulumi("preview", "--expect-no-changes")
    leaves_nothing(project, emulator)


@once
def test_an_identity_provider_that_gives_a_metadata_file(example, emulator):
    project = example("saml-metadata")
    shown = project.pulumi("preview", "--diff").stdout
    assert "https://idp.hooli.example/o/saml2/idp?idpid=hooli" in shown
    project.pulumi("up", "--yes", "--skip-preview")
    (connection,) = emulator.store.connections.values()
    assert connection["enabled"]
    assert connection["saml_config"]["idp_entity_id"] == "https://idp.hooli.example/o/saml2?idpid=hooli"
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")


def test_what_belongs_to_the_environment(example, emulator):
    project = example("environment")
    project.pulumi("up", "--yes", "--skip-preview")
    store = emulator.store
    assert sorted(store.roles["owner"]["permissions"]) == ["invoices:pay", "invoices:read"]
    assert store.roles["owner"]["default_creator"]
    assert store.roles["viewer"]["default_member"]
    assert "cost_center" in store.user_attributes
    assert "cost_center" in store.directory_user_attributes
    assert project.outputs()["portalClientId"] in store.applications
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")


def test_a_customer_of_another_program_is_looked_up_and_added_to(example, api, emulator):
    organization = api.organization(external_id="acme")
    connection, directory = api.connection(organization), api.directory(organization)
    api.domain(organization, "acme.example")
    project = example("lookup")
    project.config("lookup:customer", "acme")
    project.config("lookup:machine", api.client(organization))

    project.pulumi("up", "--yes", "--skip-preview")

    assert emulator.store.user_limits[organization]["max_allowed_users"] == 100
    assert len(emulator.store.directories[directory]["secrets"]) == 1
    outputs = project.outputs()
    assert list(outputs["signOn"]) == [connection]
    assert outputs["domains"] == ["acme.example"]
    assert outputs["customers"] == 1
    assert outputs["portal"] not in str(project.state())
    assert organization in emulator.store.organizations


@pytest.fixture
def fleet(example):
    """The fleet with tenants of our own."""

    def make(tenants):
        project = example("fleet", {})
        shutil.copytree(EXAMPLES / "tenant", project.folder.parent / "tenant")
        for key, tenant in tenants.items():
            if "sso" in tenant:
                project.pulumi("config", "set", "--secret", "--path", f"ssoSecrets.{key}", f"s3cret-{key}")
        write(project, tenants)
        return project

    return make


def write(project, tenants):
    project.write({"tenants.yaml": yaml.safe_dump(tenants, sort_keys=False)})


def tenants_of(count):
    """Tenants of which each tenth has everything."""
    everything = {
        "sso": {"provider": "OKTA", "issuer": "https://idp.example", "client_id": "0oa1"},
        "directory": "OKTA",
        "session_minutes": 480,
        "roles": {"auditor": ["invoices:read"]},
        "machine": "2026-01",
    }
    return {
        f"tenant-{number:03}": {
            "name": f"Tenant {number}",
            **({**everything, "domain": f"tenant-{number:03}.example"} if number % 10 == 0 else {}),
        }
        for number in range(count)
    }


def test_the_fleet_as_it_stands(fleet, emulator):
    tenants = yaml.safe_load((EXAMPLES / "fleet" / "tenants.yaml").read_text())
    project = fleet(tenants)
    shutil.copy(EXAMPLES / "fleet" / "tenants.yaml", project.folder)

    project.pulumi("up", "--yes", "--skip-preview")

    assert f"first `up` sends {len(emulator.ledger)} requests" in (EXAMPLES / "fleet" / "README.md").read_text()
    assert sorted(one["external_id"] for one in emulator.store.organizations.values()) == ["stark", "wayne", "wonka"]
    project.pulumi("preview", "--expect-no-changes")
    leaves_nothing(project, emulator)


def test_forty_tenants_of_which_one_fails_in_any_order(fleet, api, emulator):
    tenants = tenants_of(40)
    project = fleet(tenants)
    taken = api.organization(external_id="tenant-012")

    failed = project.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", exits=None)
    assert failed.returncode != 0
    assert "external_id 'tenant-012' already belongs to" in printed(failed)
    assert len(emulator.store.organizations) == 40
    assert len(emulator.store.connections) == 4

    del emulator.store.organizations[taken]
    project.pulumi("up", "--yes", "--skip-preview", "--continue-on-error")
    assert len(emulator.store.organizations) == 40

    shuffled = list(tenants.items())
    random.Random(1).shuffle(shuffled)
    write(project, dict(shuffled))
    quiet = emulator.ledger.mark()
    project.pulumi("preview", "--expect-no-changes")
    assert emulator.ledger.since(quiet) == []
    leaves_nothing(project, emulator)


WRONG = """\
acme:
  name: Acme Inc
  sso:
    provider: OKTTA
    issuer: https://acme.okta.com
globex:
  nam: Globex
  session_minutes: soon
globex:
  name: Globex again
initech: 7
"""


@once
def test_a_wrong_entry_is_told_with_file_and_line(fleet, emulator):
    project = fleet({})
    project.write({"tenants.yaml": WRONG})

    told = project.pulumi("preview", exits=None)

    text = printed(told)
    assert told.returncode != 0
    for line in (
        "tenants.yaml:4: acme.sso.provider must be one of OKTA, GOOGLE",
        "tenants.yaml:3: acme.sso has no client_id",
        "tenants.yaml:7: globex has a key nam; known are name, tier",
        "tenants.yaml:8: globex.session_minutes must be a number of minutes",
        "tenants.yaml:6: globex has no name",
        "tenants.yaml:9: globex stands there already, at tenants.yaml:6",
        "tenants.yaml:11: initech must have keys with values",
    ):
        assert line in text
    assert "Traceback" not in text
    assert len(emulator.ledger) == 0


@once
def test_a_secret_that_is_missing_is_told_with_file_and_line(fleet):
    project = fleet({})
    write(project, {"acme": tenants_of(1)["tenant-000"]})

    told = project.pulumi("preview", exits=None)

    assert re.search(r"tenants.yaml:1: acme has sso and no secret: pulumi config set", printed(told))
