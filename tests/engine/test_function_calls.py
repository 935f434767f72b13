"""Functions in a program that the engine runs: asked in the program's process, or with the plugin through the engine."""

import json

import pytest

from pulumi_scalekit.emulator import Emulator
from tests.support.api import Api
from tests.support.workspace import printed

pytestmark = pytest.mark.engine

PROGRAM = """
import os
import pulumi
import pulumi_scalekit as scalekit
acme = scalekit.get_organization(external_id="acme")
made = scalekit.Organization("made", display_name="Made")
other = scalekit.Provider("other", environment_url=made.id.apply(lambda _: os.environ["OTHER_URL"]),
    client_id=os.environ["OTHER_ID"], client_secret=pulumi.Output.secret(os.environ["OTHER_SECRET"]))
there = pulumi.InvokeOptions(provider=other)
pulumi.export("id", acme.id)
pulumi.export("features", acme.features)
pulumi.export("slug", acme.slug)
client = scalekit.get_organization_client(organization_id=acme.id, client_id=os.environ["MACHINE_CLIENT"])
pulumi.export("expiry", f"{client.expiry} s")
pulumi.export("domains", [domain.domain for domain in scalekit.get_domains(organization_id=acme.id)])
pulumi.export("made", scalekit.get_organization_output(id=made.id).display_name)
pulumi.export("elsewhere", scalekit.get_organization_output(external_id="acme", opts=there).apply(
    lambda found: found.display_name.upper()))
pulumi.export("hidden", scalekit.get_organization_output(external_id=pulumi.Output.secret("acme")).slug)
"""


@pytest.fixture
def another():
    """A second environment: (its emulator, its API)."""
    with Emulator() as running:
        there = Api(running)
        yield running, there
        there.close()


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_functions_of_a_program(workspace, emulator, api, another, plugin):
    organization = api.organization(external_id="acme")
    api.domain(organization, "acme.example")
    body = {"name": "ci", "expiry": 600}
    client = api.send("POST", f"/organizations/{organization}/clients", body)["client"]["client_id"]
    elsewhere, there = another
    there.organization(external_id="acme", display_name="Elsewhere")
    environment = {
        **emulator.environment,
        "OTHER_URL": elsewhere.url,
        "OTHER_ID": elsewhere.client_id,
        "OTHER_SECRET": elsewhere.client_secret,
        "MACHINE_CLIENT": client,
    }
    project = workspace({"__main__.py": PROGRAM}, environment=environment)
    project.config("scalekit:plugin", plugin)
    project.pulumi("preview")  # the settings of the other provider are not known yet
    project.pulumi("up", "--yes", "--skip-preview")
    outputs = json.loads(project.pulumi("stack", "output", "--json").stdout)
    assert outputs["id"] == organization
    assert outputs["features"] == {"sso": True, "dir_sync": True, "session_policy": True}
    assert outputs["expiry"] == "600 s"
    assert (outputs.get("slug"), outputs["domains"]) == (None, ["acme.example"])
    assert (outputs["made"], outputs["elsewhere"], outputs["hidden"]) == ("Made", "ELSEWHERE", "[secret]")
    project.pulumi("preview", "--expect-no-changes")


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
@pytest.mark.parametrize("form", ["", "_output"])
def test_what_a_function_cannot_answer_ends_the_program_with_one_sentence(workspace, emulator, form, plugin):
    program = f"import pulumi_scalekit as scalekit\nscalekit.get_organization{form}({{}})\n"
    project = workspace({"__main__.py": program.format("id='org_404'")}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    missing = _said(project, "error: reading organization org_404: not found in http")
    assert "Traceback" not in missing
    project.write({"__main__.py": program.format("")})
    assert "Traceback" not in _said(project, "provide exactly one of id and external_id")

    project.write({"__main__.py": program.format("id='org_404'")})
    del project.environment["SCALEKIT_CLIENT_ID"]
    assert "Traceback" not in _said(project, "SCALEKIT_CLIENT_ID")


def _said(project, sentence):
    done = project.pulumi("preview", exits=None)
    text = printed(done)
    assert done.returncode != 0
    assert sentence in text, text
    return text
