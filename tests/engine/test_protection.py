"""A tenant with deletion protection keeps everything in it: the engine refuses before anything below it is deleted."""

import pytest

pytestmark = pytest.mark.engine

TENANT = """
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme", display_name="Acme", external_id="acme", deletion_protection={protection})
scalekit.Domain("domain", organization_id=acme.id, domain="acme.example")
scalekit.OrganizationClient("ci", organization_id=acme.id, name="ci")
"""


@pytest.fixture(params=["false", "true"], ids=["dynamic", "plugin"])
def project(request, workspace, emulator):
    made = workspace({"__main__.py": TENANT.format(protection=True)}, environment=emulator.environment)
    made.config("scalekit:plugin", request.param)
    made.pulumi("up", "--yes", "--skip-preview")
    return made


def test_a_protected_tenant_that_leaves_the_program_keeps_its_children(project, emulator):
    project.write({"__main__.py": ""})
    for command in (["preview"], ["up", "--yes"]):
        refused = project.pulumi(*command, exits=None)
        assert refused.returncode != 0
        assert "protected" in refused.stdout + refused.stderr
    assert emulator.ledger.count("DELETE") == 0

    project.write({"__main__.py": TENANT.format(protection=False)})
    project.pulumi("up", "--yes", "--skip-preview")
    project.write({"__main__.py": ""})
    project.pulumi("up", "--yes")
    assert not emulator.store.organizations


def test_a_replacement_of_a_protected_tenant_is_refused(project, emulator):
    refused = project.pulumi("up", "--yes", "--replace", "**::acme", exits=None)
    told = refused.stdout + refused.stderr
    assert "protect" in told
    assert emulator.ledger.count("DELETE") == 0
