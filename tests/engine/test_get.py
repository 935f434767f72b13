"""What a program reads by `get`: it is never deleted, and its id is the object's own."""

import pytest

from tests.support.workspace import printed

pytestmark = pytest.mark.engine

TENANT = """
import pulumi
import pulumi_scalekit as scalekit
acme = {acme}
sso = {sso}
domain = {domain}
scalekit.OrganizationClient("ci", organization_id=acme.id, name="ci")
scalekit.ConnectionSettings(
    "settings", organization_id=acme.id, connection_id=sso.id, provider="OKTA", type="OIDC", ui_button_title="Sign in"
)
pulumi.export("ids", [acme.id, sso.id, domain.id])
"""
MANAGED = {
    "acme": 'scalekit.Organization("acme", display_name="Acme", external_id="acme")',
    "sso": 'scalekit.Connection("sso", organization_id=acme.id, provider="OKTA", type="OIDC")',
    "domain": 'scalekit.Domain("domain", organization_id=acme.id, domain="acme.example")',
}


@pytest.fixture
def project(deployed):
    return deployed(TENANT.format(**MANAGED))


@pytest.fixture
def ids(emulator):
    return lambda: [*emulator.store.organizations, *emulator.store.connections, *emulator.store.domains]


def test_a_managed_object_that_is_read_from_now_on_stays(project, emulator, ids):
    organization, connection, domain = ids()
    read = {
        "acme": MANAGED["acme"],
        "sso": f'scalekit.Connection.get("sso", "{organization}/{connection}")',
        "domain": f'scalekit.Domain.get("domain", pulumi.Output.concat(acme.id, "/{domain}"))',
    }
    project.write({"__main__.py": TENANT.format(**read)})
    shown = project.pulumi("preview", "--diff").stdout
    assert "replace" not in shown
    assert "delete" not in shown
    project.pulumi("up", "--yes", "--skip-preview")
    assert ids() == [organization, connection, domain]
    assert project.outputs()["ids"] == [organization, connection, domain]
    project.pulumi("preview", "--expect-no-changes")


@pytest.mark.parametrize("key", ["external:acme", "org"])
def test_an_organization_that_is_read_by_another_key_stays_and_its_children_too(project, emulator, ids, key):
    organization, connection, domain = ids()
    given = organization if key == "org" else key
    project.write(
        {"__main__.py": TENANT.format(**{**MANAGED, "acme": f'scalekit.Organization.get("acme", "{given}")'})}
    )
    assert "to replace" not in project.pulumi("preview").stdout.replace("1 to replace", "", key != "org")
    before = emulator.ledger.mark()
    project.pulumi("up", "--yes", "--skip-preview")
    assert ids() == [organization, connection, domain]
    assert {entry.method for entry in emulator.ledger.since(before) if "oauth" not in entry.path} == {"GET"}
    assert project.outputs()["ids"] == [organization, connection, domain]
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert list(emulator.store.organizations) == [organization]


def test_what_is_read_under_another_name_is_not_deleted_by_the_old_one(project, emulator, ids):
    organization, connection, _ = ids()
    read = f'scalekit.Connection.get("found", "{organization}/{connection}")'
    project.write({"__main__.py": TENANT.format(**{**MANAGED, "sso": read})})
    kept = project.pulumi("up", "--yes", "--skip-preview")
    assert "is not deleted: another resource of this stack has it too" in printed(kept)
    assert list(emulator.store.connections) == [connection]
