"""`pulumi preview --save-plan`, then `pulumi up --plan`: what was previewed is what is done, with both providers."""

import pytest

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
import pulumi_scalekit as scalekit
acme = scalekit.Organization("acme", display_name="Acme")
domains = {{
    name: scalekit.Domain(name, organization_id=acme.id, domain=f"{{name}}.example").id for name in {names}
}}
scalekit.Connection("sso", organization_id=acme.id, provider="OKTA", type="OIDC",
    domain_ids=[domains[name] for name in {assigned}])
"""

# A new id is above all that are there, and stands before them in the program.
STEPS = [
    (["bbbb", "dddd"], ["dddd"]),
    (["bbbb", "dddd", "aaaa"], ["aaaa", "bbbb", "dddd"]),
    (["bbbb", "dddd", "aaaa", "cccc", "eeee"], ["eeee", "dddd", "cccc", "aaaa"]),
    (["ffff"], ["ffff"]),
]


@pytest.mark.parametrize("plugin", ["false", "true"], ids=["dynamic", "plugin"])
def test_a_saved_plan_with_a_set_that_gains_a_member_is_carried_out(workspace, emulator, plugin):
    """One that is not known at the preview may sort anywhere once it is."""
    project = workspace({"__main__.py": ""}, environment=emulator.environment)
    project.config("scalekit:plugin", plugin)
    for names, assigned in STEPS:
        project.write({"__main__.py": PROGRAM.format(names=names, assigned=assigned)})
        project.pulumi("preview", "--save-plan", "plan.json")
        project.pulumi("up", "--yes", "--skip-preview", "--plan", "plan.json")
        project.pulumi("preview", "--expect-no-changes")
        (connection,) = emulator.store.connections.values()
        there = {emulator.store.domains[id_]["domain"] for id_ in connection["_domain_ids"]}
        assert there == {f"{name}.example" for name in assigned}
