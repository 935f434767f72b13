"""A portal link is made by an update, and by no preview: it would be one more way into a customer's settings each time."""

import pytest

pytestmark = pytest.mark.engine

PYTHON = """
import pulumi
import pulumi_scalekit as scalekit
link = scalekit.create_portal_link(organization_id="ID", features=["sso"])
pulumi.export("link", link.location)
"""
YAML = """
name: stock
runtime: yaml
variables:
  link:
    fn::invoke: {function: scalekit:createPortalLink, arguments: {organizationId: ID, features: [sso]}}
outputs: {link: "${link.location}"}
"""


@pytest.mark.parametrize("file", ["__main__.py", "Pulumi.yaml"])
def test_only_an_update_makes_a_link(workspace, emulator, api, file):
    organization = api.organization()
    text = {"__main__.py": PYTHON, "Pulumi.yaml": YAML}[file].replace("ID", organization)
    project = workspace({file: text}, environment=emulator.environment)

    def links():
        return emulator.ledger.count("PUT")

    project.pulumi("preview")
    assert links() == 0
    shown = project.pulumi("up", "--yes", "--skip-preview").stdout
    assert links() == 1
    location = project.outputs()["link"]
    assert location.startswith("http")
    assert location not in shown
    project.pulumi("preview")
    assert links() == 1
