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


YAML = """
name: stock
runtime: yaml
resources:
  acme:
    type: scalekit:Organization
    properties: {displayName: Acme, externalId: acme, deletionProtection: PROTECTION}
"""
DOMAIN = """
  domain:
    type: scalekit:Domain
    properties: {organizationId: "${acme.id}", domain: acme.example}
"""


def test_in_other_languages_the_children_of_a_protected_tenant_stay_too(workspace, emulator):
    """There no option of the engine stands beside it, and the engine deletes what depends on a resource before it."""
    protected = YAML.replace("PROTECTION", "true")
    project = workspace({"Pulumi.yaml": protected + DOMAIN}, environment=emulator.environment)
    project.pulumi("up", "--yes", "--skip-preview")
    project.write({"Pulumi.yaml": "name: stock\nruntime: yaml\n"})
    for command in (["up"], ["destroy"]):
        refused = project.pulumi(*command, "--yes", "--skip-preview", exits=None)
        assert "has deletion protection, and this run does not keep it" in refused.stdout + refused.stderr
    assert len(emulator.store.domains) == 1

    project.write({"Pulumi.yaml": protected})
    project.pulumi("up", "--yes", "--skip-preview")
    assert not emulator.store.domains
    project.write({"Pulumi.yaml": YAML.replace("PROTECTION", "false") + DOMAIN})
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations
