"""Pulumi's own options with the real engine, written as a Python or a YAML program writes them."""

import pytest

pytestmark = pytest.mark.engine

PLUGIN = pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])

PROGRAM = """
import pulumi
import pulumi_scalekit as scalekit
from pulumi import ResourceOptions as Options

def ignoring(path):
    def transformation(args):
        return pulumi.ResourceTransformationResult(args.props, Options.merge(args.opts, Options(ignore_changes=[path])))
    return transformation

acme = scalekit.Organization("acme", Options(ignore_changes=['["metadata"]["plan.tier"]'], additional_secret_outputs=["external_id"]),
    display_name="Acme", external_id="acme", metadata={{"plan.tier": {tier!r}}})
def connection(name, opts):
    scalekit.Connection(name, opts, organization_id=acme.id, provider="OKTA", type="OIDC", attribute_mapping={{"email": {email!r}}},
        oidc={{"issuer": "https://acme.okta.com", "client_id": {client!r}, "client_secret": "s3cret-canary"}})
connection("double", Options(ignore_changes=['oidc["client_id"]', 'attribute_mapping["email"]']))
connection("single", Options(ignore_changes=["['oidc']['client_id']", "attribute_mapping['email']"]))
connection("merged", Options.merge(Options(ignore_changes=["oidc.client_id"]), Options(ignore_changes=["attribute_mapping.*"])))
connection("transformed", Options(transformations=[ignoring('oidc["client_id"]'), ignoring("attribute_mapping")]))
connection("everything", Options(ignore_changes=["*"]))
"""
REPLACING = """
import pulumi
import pulumi_scalekit as scalekit
scalekit.Organization("acme", pulumi.ResourceOptions(replace_on_changes=['["metadata"]["tier"]'], delete_before_replace=True),
    display_name="Acme", external_id="acme", metadata={{"tier": {tier!r}}})
"""


@PLUGIN
def test_what_is_ignored_is_ignored_in_every_spelling(workspace, emulator, plugin):
    project = workspace(
        {"__main__.py": PROGRAM.format(tier="gold", email="mail", client="1")}, environment=emulator.environment
    )
    project.config("scalekit:plugin", plugin)
    project.pulumi("up", "--yes", "--skip-preview")
    assert "ciphertext" in project.resources()["acme"]["outputs"]["externalId"]
    project.write({"__main__.py": PROGRAM.format(tier="silver", email="upn", client="2")})
    project.pulumi("preview", "--expect-no-changes")


@PLUGIN
def test_what_replaces_on_changes_replaces_in_brackets_too(workspace, emulator, plugin):
    project = workspace({"__main__.py": REPLACING.format(tier="gold")}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    project.pulumi("up", "--yes", "--skip-preview")
    first = project.resources()["acme"]["id"]
    project.write({"__main__.py": REPLACING.format(tier="silver")})
    project.pulumi("up", "--yes", "--skip-preview")
    (record,) = emulator.store.organizations.values()
    assert record["id"] == project.resources()["acme"]["id"] != first


YAML = """
name: stock
runtime: yaml
resources:
  acme:
    type: scalekit:Organization
    properties: {{displayName: Acme, metadata: {{tier: {tier}, plan.tier: {tier}}}}}
    options: {{ignoreChanges: ['metadata["tier"]', '["metadata"]["plan.tier"]']}}
"""


def test_the_plugin_understands_the_brackets_of_a_yaml_program(workspace, emulator):
    project = workspace({"Pulumi.yaml": YAML.format(tier="gold")}, environment=emulator.environment)
    project.pulumi("up", "--yes", "--skip-preview")
    project.write({"Pulumi.yaml": YAML.format(tier="silver")})
    project.pulumi("preview", "--expect-no-changes")


ASTRAY = """
name: stock
runtime: yaml
resources:
  acme:
    type: scalekit:Organization
    properties: {displayName: Acme, metadata: {tier: gold}}
    options: {ignoreChanges: [display_name, dispalyName, displayName.x, metadata.other, externalId]}
"""


def test_a_path_of_a_yaml_program_that_has_no_effect_is_named(workspace, emulator):
    project = workspace({"Pulumi.yaml": ASTRAY}, environment=emulator.environment)
    project.pulumi("up", "--yes", "--skip-preview")
    shown = project.pulumi("preview", "--expect-no-changes").stdout
    assert "ignoreChanges: display_name names no property and has no effect; write displayName." in shown
    assert "ignoreChanges: dispalyName names no property and has no effect; did you mean displayName?" in shown
    assert "ignoreChanges: displayName.x names no property and has no effect." in shown
    assert "ignoreChanges: metadata" not in shown
    assert "ignoreChanges: externalId" not in shown


TIMEOUTS = """
import pulumi
import pulumi_scalekit as scalekit
scalekit.Organization("acme", pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="5m")), display_name="Acme")
scalekit.Organization("other", display_name="Other")
"""


def test_timeouts_that_have_no_effect_are_said_to_have_none(workspace, emulator):
    project = workspace({"__main__.py": TIMEOUTS}, environment=emulator.environment)
    shown = project.pulumi("preview").stdout
    assert "Organization (acme):\n    warning: custom_timeouts has no effect with the dynamic provider" in shown
    assert shown.count("custom_timeouts has no effect") == 2, "at the resource, and once more in the summary"
    project.config("scalekit:plugin", "true")
    assert "custom_timeouts" not in project.pulumi("preview").stdout
