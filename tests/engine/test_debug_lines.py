"""`pulumi up --debug`, with the real engine: each line that Pulumi's SDK says of a registration is shown, and by its own name."""

import re

import pytest

pytestmark = pytest.mark.engine

PROGRAM = """\
import pulumi_scalekit as scalekit

for n in range(3):
    organization = scalekit.Organization(f"org-{n}", display_name=f"Organization {n}")
    scalekit.Domain(f"domain-{n}", organization_id=organization.id, domain=f"t{n}.example")
"""
STEPS = ("registering resource", "resource registration prepared", "resource registration successful")


@pytest.mark.parametrize("ending", ["", "raise ValueError('the end')\n"])
def test_all_that_the_sdk_says_of_a_registration_is_shown(workspace, emulator, ending):
    project = workspace({"__main__.py": PROGRAM + ending}, environment=emulator.environment)

    ended = project.pulumi("up", "--yes", "--skip-preview", "--debug", exits=None)

    shown = ended.stdout.partition("Diagnostics:")[2]
    lines = re.findall(r"debug: (.*)", shown)
    for step in STEPS:
        assert sum(line.startswith(step) and "scalekit:" in line for line in lines) == 6, shown
    assert sum(line == "beginning rpc register resource" for line in lines) == 7
    assert ("the end" in shown) == bool(ending)
