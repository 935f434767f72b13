"""What a state says of the place where a program declares a resource, with the real engine: its line, no path of the machine."""

import json

import pytest

pytestmark = pytest.mark.engine

PROGRAM = """\
import pulumi
import pulumi_scalekit as scalekit

class Tenant(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Tenant", name)
        self.acme = scalekit.Organization("acme", pulumi.ResourceOptions(parent=self), display_name="Acme")

acme = Tenant("tenant").acme
eu = scalekit.Provider("eu")
scalekit.Domain("domain", pulumi.ResourceOptions(provider=eu), organization_id=acme.id, domain="acme.example")
scalekit.Organization.get("same", acme.id)
"""


def test_a_state_holds_the_line_of_the_program_and_no_path_of_the_machine(deployed):
    project = deployed(PROGRAM)

    exported = json.loads(project.pulumi("stack", "export").stdout)["deployment"]["resources"]

    of_pulumi = ("pulumi:pulumi:Stack", "test:index:Tenant")
    ours = {one["urn"].rpartition("::")[2]: one for one in exported if one["type"] not in of_pulumi}
    assert ours.keys() == {"acme", "domain", "same", "eu", "default"}
    for one in ours.values():
        line = one.get("sourcePosition")
        assert [frame["sourcePosition"] for frame in one.get("stackTrace", [])] == ([line] if line else [])
        assert "site-packages" not in json.dumps(one)
        assert "pulumi_scalekit/" not in json.dumps(one)
    assert ours["acme"]["sourcePosition"] == "project:///__main__.py#7"
    assert ours["domain"]["sourcePosition"] == "project:///__main__.py#11"
