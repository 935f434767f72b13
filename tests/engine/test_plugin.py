"""What only the plugin can do, with the real engine: YAML, import, functions, half-done work."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.support.provider_switch import PROGRAM
from tests.support.saml_metadata import NOW, Key, Provider, certificate
from tests.support.workspace import printed

pytestmark = [pytest.mark.engine, pytest.mark.fresh]

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PAGE = (ROOT / "docs" / "plugin.md").read_text()


def test_the_plugin_is_found_without_an_activated_environment(workspace, emulator):
    """By the block that its page has for Pulumi.yaml: the engine does not look into the virtual environment itself."""
    project = workspace({"__main__.py": PROGRAM}, environment=emulator.environment)
    activated = f"{sys.prefix}/bin"
    folders = project.environment["PATH"].split(os.pathsep)
    project.environment["PATH"] = os.pathsep.join(folder for folder in folders if folder != activated)
    project.config("url", emulator.url)
    project.config("scalekit:plugin", "true")
    told = project.pulumi("preview", exits=None)
    assert "pulumi-resource-scalekit" in printed(told)

    (line,) = re.findall(r"`(plugins: .*?)` to `Pulumi.yaml`", PAGE)
    head = (project.folder / "Pulumi.yaml").read_text()
    project.write({"Pulumi.yaml": f"{head}{line.replace('.venv', '../../.venv')}\n"})
    project.pulumi("up", "--yes", "--skip-preview")
    assert {resource["type"] for resource in project.resources().values()} == {
        "scalekit:index:Organization",
        "scalekit:index:Connection",
    }


def test_a_yaml_program(workspace, emulator):
    project = workspace(EXAMPLES / "yaml", name="yaml", environment=emulator.environment)
    project.config("yaml:oktaSecret", "s3cret-canary", secret=True)
    shown = project.pulumi("up", "--yes", "--skip-preview").stdout
    assert f"first `up` sends {len(emulator.ledger)} requests" in (EXAMPLES / "yaml" / "README.md").read_text()
    outputs = project.outputs()
    connection, by_metadata = sorted(emulator.store.connections.values(), key=lambda one: one["type"])
    assert by_metadata["enabled"]
    assert by_metadata["saml_config"]["idp_sso_url"] == "https://idp.piper.example/o/saml2/idp?idpid=piper"
    assert outputs["redirectUri"] == f"{emulator.url}/sso/v1/oidc/{connection['id']}/callback"
    assert f"connection_id={connection['id']}" in outputs["signIn"]
    assert connection["oidc_config"]["client_secret"] == "s3cret-canary"
    assert "s3cret-canary" not in json.dumps(project.state()) + shown
    project.pulumi("preview", "--expect-no-changes")
    quiet = emulator.ledger.mark()
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    reads = len(emulator.ledger.since(quiet))
    assert f"a `refresh` one for each of {reads} resources" in (EXAMPLES / "yaml" / "README.md").read_text()
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_a_yaml_program_reads_saml_metadata_and_is_warned(workspace, emulator):
    """As its guide says it, with the file of an identity provider that changes its certificate."""
    (program,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "saml-metadata.md").read_text(), re.DOTALL)
    now = datetime.now(timezone.utc) - NOW
    both = [certificate(name, now.days - 1, now.days + 30) for name in ("old.example", "new.example")]
    head = f"name: metadata\nruntime: yaml\nplugins:\n  providers:\n    - {{name: scalekit, path: {sys.prefix}/bin}}\n"
    metadata = Provider(keys=[Key((one,)) for one in both]).text()
    project = workspace({"Pulumi.yaml": head + program, "hooli-idp.xml": metadata}, environment=emulator.environment)

    shown = printed(project.pulumi("preview"))

    assert len(emulator.ledger) == 0
    assert "parseSamlMetadata: xml has 2 signing certificates, and Scalekit takes one. Taken: CN=old.example" in shown
    assert f'fingerprint="{both[0].fingerprint}"' in shown
    project.pulumi("up", "--yes", "--skip-preview")
    (connection,) = emulator.store.connections.values()
    assert connection["enabled"]
    assert connection["saml_config"]["idp_sso_url"] == "https://idp.acme.example/sso"
    project.write({"hooli-idp.xml": "<html>"})
    refused = printed(project.pulumi("preview", exits=None))
    assert "parseSamlMetadata: xml is a web page (HTML), not metadata" in refused


def test_import_by_id_and_by_external_id(workspace, api, emulator):
    organization = api.organization(external_id="acme", metadata={"tier": "gold"})
    connection = api.connection(organization)
    project = workspace(
        {
            "Pulumi.yaml": f"name: stock\nruntime: yaml\nplugins:\n  providers:\n    - {{name: scalekit, path: {sys.prefix}/bin}}\n"
        },
        environment=emulator.environment,
    )
    for token, name, import_id in (
        ("scalekit:index:Organization", "acme", "external:acme"),
        ("scalekit:index:Connection", "sso", f"{organization}/{connection}"),
    ):
        project.pulumi(
            "import", token, name, import_id, "--yes", "--protect=false", "--skip-preview", "--generate-code=false"
        )
    assert project.resources()["acme"]["id"] == organization
    assert project.resources()["sso"]["id"] == connection
    program = {
        "acme": {"type": "scalekit:Organization", "properties": project.resources()["acme"]["inputs"]},
        "sso": {"type": "scalekit:Connection", "properties": project.resources()["sso"]["inputs"]},
    }
    head = (project.folder / "Pulumi.yaml").read_text()
    project.write({"Pulumi.yaml": head + "resources: " + json.dumps(program)})
    project.pulumi("preview", "--expect-no-changes", "--diff")

    missing = project.pulumi(
        "import",
        "scalekit:index:Organization",
        "nobody",
        "org_404",
        "--yes",
        "--skip-preview",
        "--generate-code=false",
        exits=None,
    )
    assert missing.returncode != 0
    assert "'org_404' does not exist" in printed(missing)


def test_a_half_created_connection_is_finished_by_the_next_up(workspace, emulator):
    """The id is kept although a later step failed: one update finishes it, and nothing is created twice."""
    from pulumi_scalekit.emulator import Fault

    project = workspace({"__main__.py": PROGRAM}, environment=emulator.environment)
    project.config("url", emulator.url)
    project.config("scalekit:plugin", "true")
    emulator.faults.add(Fault("status", status=400, method="PATCH", path="/api/v1/organizations/[^/]+/connections/"))
    failed = project.pulumi("up", "--yes", "--skip-preview", exits=None)
    assert failed.returncode != 0
    (connection,) = emulator.store.connections
    assert project.resources()["sso"]["id"] == connection
    assert "s3cret-canary" not in printed(failed)

    finished = project.pulumi("up", "--yes", "--skip-preview").stdout
    assert "1 updated" in finished
    (again,) = emulator.store.connections.values()
    assert again["id"] == connection
    assert again["oidc_config"]["client_secret"] == "s3cret-canary"
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")


def test_a_half_done_update_is_finished_or_taken_back_by_the_next_up(workspace, emulator):
    """What was written is in the state, so that going back to the old program undoes it."""
    from pulumi_scalekit.emulator import Fault

    text = (
        'import pulumi_scalekit as scalekit\nscalekit.Organization("acme", display_name={!r}, features={{"sso": {}}})\n'
    )
    project = workspace({"__main__.py": text.format("Acme", False)}, environment=emulator.environment)
    project.config("scalekit:plugin", "true")
    project.pulumi("up", "--yes", "--skip-preview")
    emulator.faults.add(Fault("status", status=403, method="PATCH", path=".*/settings"))
    project.write({"__main__.py": text.format("Renamed", True)})
    assert project.pulumi("up", "--yes", "--skip-preview", exits=None).returncode != 0
    (record,) = emulator.store.organizations.values()
    assert record["display_name"] == "Renamed"
    assert project.resources()["acme"]["outputs"]["displayName"] == "Renamed"

    project.write({"__main__.py": text.format("Acme", False)})
    assert "1 updated" in project.pulumi("up", "--yes", "--skip-preview").stdout
    assert record["display_name"] == "Acme"
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")


def test_missing_settings_are_named(workspace):
    project = workspace(EXAMPLES / "yaml", name="yaml")
    project.config("yaml:oktaSecret", "x", secret=True)
    told = project.pulumi("preview", exits=None)
    told = printed(told)
    assert "missing required configuration key" in told
    assert "scalekit:clientSecret" in told


@pytest.mark.parametrize("plugin", ["true", "false"])
def test_a_secret_in_clear_is_refused(workspace, emulator, plugin):
    project = workspace({"__main__.py": PROGRAM}, environment=emulator.environment)
    project.config("url", emulator.url)
    project.config("scalekit:plugin", plugin)
    project.config("scalekit:clientSecret", "test_emulator")
    told = project.pulumi("preview", exits=None)
    assert told.returncode != 0
    assert "pulumi config set --secret scalekit:clientSecret" in printed(told)


REFUSED = """
import pulumi
import pulumi_scalekit as scalekit
oidc = {"issuer": "https://acme.okta.com", "client_secret": pulumi.Output.secret("s3cret-canary")}
scalekit.Connection("sso", organization_id="org_1", provider="OKTA", type="SAML", oidc=oidc)
"""


@pytest.mark.parametrize("plugin", ["true", "false"])
def test_a_refused_block_is_named_and_not_shown(workspace, emulator, plugin):
    """The engine prints the value of a property that a broken rule names, with the secrets in it."""
    project = workspace({"__main__.py": REFUSED}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    told = project.pulumi("up", "--yes", "--skip-preview", exits=None)
    assert told.returncode != 0
    assert 'oidc does not go with type="SAML"' in printed(told)
    assert "s3cret-canary" not in printed(told)


def test_get_schema_of_the_executable(workspace):
    project = workspace({"__main__.py": ""})
    shown = project.pulumi("package", "get-schema", f"{sys.prefix}/bin/pulumi-resource-scalekit").stdout
    served = json.loads(shown)
    assert "scalekit:index:Organization" in served["resources"]
    assert served["resources"]["scalekit:index:Organization"]["aliases"] == [
        {"type": "pulumi-python:dynamic/scalekit:Organization"}
    ]


def test_the_plugin_ends_with_its_engine():
    """Without an engine at the address that it was given, the process goes."""
    process = subprocess.Popen(
        [f"{sys.prefix}/bin/pulumi-resource-scalekit", "127.0.0.1:1"], stdout=subprocess.PIPE, text=True
    )
    assert int(process.stdout.readline()) > 0
    assert process.wait(timeout=30) == 0
    process.stdout.close()


def test_the_plugin_ends_at_once():
    """The engine ends its plugins after each other, 5 s for all: the interpreter's own ending would take too much of them."""
    code = "import atexit\natexit.register(print, 'late')\nfrom pulumi_scalekit.provider.serve import main\nmain()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert int(process.stdout.readline()) > 0
        process.terminate()
        assert process.communicate(timeout=60)[0] == ""
    assert process.returncode == 0
