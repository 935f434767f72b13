"""A tenant with deletion protection keeps everything in it: the engine refuses before anything below it is deleted."""

import pytest

from pulumi_scalekit.review.preview import parse
from pulumi_scalekit.review.review import review
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

PROTECTED = """
import pulumi
import pulumi_scalekit as scalekit
scalekit.Organization("acme", display_name="Acme", opts=pulumi.ResourceOptions(protect={protect}))
"""
TENANT = """
import pulumi
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme", display_name="Acme", external_id="acme", features={{"session_policy": True}},
    deletion_protection={protection})
scalekit.Domain("domain", organization_id=acme.id, domain="acme.example")
scalekit.OrganizationClient("ci", organization_id=acme.id, name="ci")
"""
# A setting of the organization has the organization's id.
POLICY = """
scalekit.SessionPolicy("policy", organization_id=acme.id, policy_source="CUSTOM", absolute_session_timeout=600)
"""


@pytest.fixture
def project(deployed):
    return deployed(TENANT.format(protection=True))


def test_a_protected_tenant_that_leaves_the_program_keeps_its_children(project, emulator):
    project.write({"__main__.py": ""})
    for command in (["preview"], ["up", "--yes"]):
        refused = project.pulumi(*command, exits=None)
        assert refused.returncode != 0
        assert "protected" in printed(refused)
    assert emulator.ledger.count("DELETE") == 0

    project.write({"__main__.py": TENANT.format(protection=False)})
    project.pulumi("up", "--yes", "--skip-preview")
    project.write({"__main__.py": ""})
    project.pulumi("up", "--yes")
    assert not emulator.store.organizations


@pytest.mark.parametrize("refreshed", [False, True], ids=["", "refreshed"])
def test_a_run_without_a_preview_keeps_the_children_too(project, emulator, refreshed):
    """The engine's own protection comes after what depends on the resource, and no option can hold an output."""
    later = TENANT.format(protection="pulumi.Output.from_input(True)")
    project.write({"__main__.py": later + POLICY})
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("preview", "--expect-no-changes")
    if refreshed:
        project.pulumi("refresh", "--yes", "--skip-preview")
    mark = emulator.ledger.mark()
    project.write({"__main__.py": ""})
    refused = project.pulumi("up", "--yes", "--skip-preview", exits=None)
    assert "has deletion protection, and this run does not keep it" in printed(refused)
    assert [one for one in emulator.ledger.since(mark) if one.method == "DELETE"] == []
    assert len(emulator.store.domains) == 1

    project.write({"__main__.py": later.replace("(True)", "(False)") + POLICY})
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("preview", "--expect-no-changes")
    project.write({"__main__.py": ""})
    project.pulumi("up", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_a_replacement_of_a_protected_tenant_is_refused(project, emulator):
    refused = project.pulumi("up", "--yes", "--replace", "**::acme", exits=None)
    told = printed(refused)
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
        assert "has deletion protection, and this run does not keep it" in printed(refused)
    assert len(emulator.store.domains) == 1

    project.write({"Pulumi.yaml": protected})
    project.pulumi("up", "--yes", "--skip-preview")
    assert not emulator.store.domains
    project.write({"Pulumi.yaml": YAML.replace("PROTECTION", "false") + DOMAIN})
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_a_review_warns_where_the_program_no_longer_protects_a_tenant(deployed):
    project = deployed(PROTECTED.format(protect=True))
    project.write({"__main__.py": PROTECTED.format(protect=False)})

    previewed = project.pulumi("preview", "--json", "--show-sames")

    ((found,),) = (tenant.resources for tenant in review(parse(previewed.stdout)).tenants)
    assert (found.operation, [finding.rule for finding in found.findings]) == ("same", ["protect-removed"])
