"""What a user reads when something is wrong, with the real engine."""

import pytest

from pulumi_scalekit.emulator import Fault
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

PLUGIN = pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])

FAMILY = """
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme", display_name="Acme")
scalekit.Domain("child", organization_id=acme.id, domain="acme.example", domain_type="ORGANIZATION_DOMAIN")
scalekit.Organization("other", display_name="Other")
"""
HEAD = "import pulumi\nimport pulumi_scalekit as scalekit\n"
# The engine may end a preview at the first resource that is refused.
WRONG = {
    "scalekit.Organization('acme', display_name=pulumi.Output.secret('s3cret-canary' * 30), metadata={'tier': ['gold']})": (
        "display_name may have at most 200 characters",
        "metadata.tier must be text",
    ),
    "scalekit.Connection('sso', organization_id='org_1', provider='OKTA', type='OIDC', "
    "oidc={'client_id': ['s3cret-canary']}, domain_ids=['dom_1', {'s3cret-canary': 'x'}])": (
        "oidc.client_id must be text",
        "domain_ids[1]: each of domain_ids must be text",
    ),
}
YAML = """
name: stock
runtime: yaml
resources:
  acme: {type: scalekit:Organization, properties: {displayName: ""}}
"""


def failed(project, *command):
    ended = project.pulumi(*command, exits=None)
    assert ended.returncode != 0
    assert "Traceback" not in printed(ended)
    return printed(ended)


@PLUGIN
def test_a_child_of_what_was_not_made_says_so_and_the_rest_goes_on(workspace, emulator, plugin):
    project = workspace({"__main__.py": FAMILY}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    told = "organization_id is missing: either the program does not give it, or what it comes from does not exist yet"
    assert told in failed(project, "up", "--yes", "--skip-preview", "--target", "**::child")
    # Whichever of the two organizations comes first is refused.
    emulator.faults.add(
        Fault("status", status=403, method="POST", permissions=["organizations:write"], path="/api/v1/organizations$")
    )
    shown = failed(project, "up", "--yes", "--skip-preview", "--continue-on-error")
    assert "It needs the permission organizations:write" in shown
    emulator.faults.clear()
    project.pulumi("up", "--yes", "--skip-preview")
    assert sorted(one["display_name"] for one in emulator.store.organizations.values()) == ["Acme", "Other"]
    assert len(emulator.store.domains) == 1


@PLUGIN
@pytest.mark.parametrize("program", WRONG, ids=["organization", "connection"])
def test_a_refused_property_is_named_without_its_value(workspace, emulator, plugin, program):
    project = workspace({"__main__.py": HEAD + program}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    shown = failed(project, "preview")
    for told in WRONG[program]:
        assert f"has a problem: {told}" in shown
    for dump in ("s3cret-canary", "map[", "<nil>", "{&"):
        assert dump not in shown


def test_a_yaml_program_reads_the_names_that_it_writes(workspace, emulator):
    project = workspace({"Pulumi.yaml": YAML}, environment=emulator.environment)
    shown = failed(project, "preview")
    assert "has a problem: displayName must not be empty" in shown
    assert "display_name" not in shown


@pytest.mark.parametrize("key", ["enviromentUrl", "clientSecrt"])
@PLUGIN
def test_a_misspelt_setting_is_named_without_its_value(workspace, emulator, plugin, key):
    project = workspace({"__main__.py": FAMILY}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    project.config(f"scalekit:{key}", "s3cret-canary")
    shown = failed(project, "preview")
    assert f"scalekit:{key} in the stack's configuration: there is no setting {key}; did you mean" in shown
    assert "s3cret-canary" not in shown
