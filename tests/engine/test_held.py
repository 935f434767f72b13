"""One object under two names of a state: no delete removes what another resource of the program has."""

import pytest

from tests.support.workspace import printed

pytestmark = pytest.mark.engine

ORGANIZATION = """
import pulumi_scalekit as scalekit
scalekit.Organization({!r}, display_name="Acme", external_id="e-1")
"""
FAILING = """
scalekit.Organization("bad", display_name="Bad", slug="taken", external_id="bad")
"""

ELSEWHERE = """
import pulumi
import pulumi_scalekit as scalekit
own = scalekit.Provider("own", environment_url=pulumi.Config().require("url"), client_id="skc_12345678901234567",
    client_secret=pulumi.Output.secret("test_emulator"), adopt="identical")
scalekit.Organization("new", pulumi.ResourceOptions(provider=own), display_name="Acme", external_id="e-1")
"""


@pytest.fixture
def project(deployed):
    return deployed(ORGANIZATION.format("old"))


def test_a_renamed_organization_that_was_taken_over_survives_its_old_name(project, emulator):
    (organization,) = emulator.store.organizations
    project.write({"__main__.py": ORGANIZATION.format("new")})
    failed = printed(project.pulumi("up", "--yes", "--skip-preview", exits=None))
    assert f"external_id 'e-1' already belongs to {organization}" in failed
    assert "give it the old name: `aliases=[pulumi.Alias(name=…)]`" in failed

    project.config("scalekit:adopt", "identical")
    taken = printed(project.pulumi("up", "--yes", "--skip-preview", "--target", "**::new"))
    assert f'organization "Acme" ({organization}) existed already and equals its declaration' in taken
    assert "destroyed with this stack" in taken
    assert set(project.resources()) == {"old", "new"}

    project.pulumi("config", "rm", "scalekit:adopt")
    kept = printed(project.pulumi("up", "--yes", "--skip-preview"))
    assert f'organization "Acme" ({organization}) is not deleted: another resource of this stack has it too' in kept
    assert list(emulator.store.organizations) == [organization]
    assert emulator.ledger.count("DELETE") == 0
    assert {name: one["id"] for name, one in project.resources().items()} == {"new": organization}
    project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_a_failure_beside_the_taking_over_changes_nothing_of_that(project, api, emulator):
    (organization,) = emulator.store.organizations
    other = api.send("POST", "/organizations", {"display_name": "Other", "slug": "taken"})["organization"]["id"]
    project.config("scalekit:adopt", "identical")
    project.write({"__main__.py": ORGANIZATION.format("new") + FAILING})
    project.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", exits=None)
    project.write({"__main__.py": ORGANIZATION.format("new")})
    project.pulumi("up", "--yes", "--skip-preview")
    assert set(emulator.store.organizations) == {organization, other}
    assert set(project.resources()) == {"new"}


@pytest.mark.parametrize("stays", ["old", "copy"])
def test_the_removal_of_one_of_two_declarations_leaves_the_tenant(project, emulator, stays):
    (organization,) = emulator.store.organizations
    copy = 'scalekit.Organization("copy", display_name="Acme", external_id="e-1")\n'
    project.write({"__main__.py": ORGANIZATION.format("old") + copy})
    project.config("scalekit:adopt", "identical")
    project.pulumi("up", "--yes", "--skip-preview", "--target", "**::copy")
    assert {one["id"] for one in project.resources().values()} == {organization}
    project.pulumi("config", "rm", "scalekit:adopt")
    project.write({"__main__.py": ORGANIZATION.format(stays)})
    project.pulumi("up", "--yes", "--skip-preview")
    assert list(emulator.store.organizations) == [organization]
    assert set(project.resources()) == {stays}
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_a_tenant_that_the_program_declares_twice_is_refused(project, emulator):
    copy = 'scalekit.Organization("copy", display_name="Acme", external_id="e-1")\n'
    project.write({"__main__.py": ORGANIZATION.format("old") + copy})
    project.config("scalekit:adopt", "identical")
    assert "Another resource of this program has it: declare it once" in printed(
        project.pulumi("up", "--yes", exits=None)
    )
    assert set(project.resources()) == {"old"}
    assert len(emulator.store.organizations) == 1


def test_what_another_provider_of_the_program_has_is_not_deleted(project, emulator):
    """Each provider is a process of its own. What the one has, the other must learn before it deletes."""
    (organization,) = emulator.store.organizations
    project.write({"__main__.py": ELSEWHERE})
    project.config("url", emulator.url)
    kept = printed(project.pulumi("up", "--yes", "--skip-preview"))
    assert "is not deleted: another resource of this stack has it too" in kept
    assert list(emulator.store.organizations) == [organization]
    assert set(project.resources()) == {"new"}
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert not emulator.store.organizations


def test_what_the_other_kind_of_provider_has_is_not_deleted(project, emulator):
    """The switch between the two leaves what is not in the program to the one that made it."""
    (organization,) = emulator.store.organizations
    project.write({"__main__.py": ORGANIZATION.format("old") + ORGANIZATION.format("new")})
    project.config("scalekit:adopt", "identical")
    project.pulumi("up", "--yes", "--skip-preview", "--target", "**::new")
    project.pulumi("config", "rm", "scalekit:adopt")
    was = project.pulumi("config", "get", "scalekit:plugin").stdout.strip()
    project.config("scalekit:plugin", "false" if was == "true" else "true")
    project.write({"__main__.py": ORGANIZATION.format("new")})
    project.pulumi("up", "--yes", "--skip-preview")
    assert list(emulator.store.organizations) == [organization]
    assert set(project.resources()) == {"new"}


@pytest.mark.parametrize("how", ["--replace", "taint"])
def test_a_replacement_of_what_has_a_unique_value_deletes_first(project, emulator, how):
    (organization,) = emulator.store.organizations
    if how == "taint":
        urn = next(iter(one["urn"] for one in project.resources().values()))
        project.pulumi("state", "taint", urn, "--yes")
        project.pulumi("up", "--yes", "--skip-preview")
    else:
        project.pulumi("up", "--yes", "--skip-preview", "--replace", "**::old")
    (replaced,) = emulator.store.organizations
    assert replaced != organization
    project.pulumi("preview", "--expect-no-changes")


def test_where_a_replacement_meets_the_old_object_the_option_that_helps_is_named(project, emulator):
    """A role's name may change, and then the new one has to come first: only its user knows that it does not."""
    role = 'scalekit.Role("ops", pulumi.ResourceOptions(FIRST), name="ops", display_name="Ops")\n'
    head = "import pulumi\nimport pulumi_scalekit as scalekit\n"
    project.write({"__main__.py": head + role.replace("FIRST", "")})
    project.pulumi("up", "--yes", "--skip-preview", "--target", "**::ops")
    replace = ("up", "--yes", "--skip-preview", "--replace", "**::ops", "--target", "**::ops")
    assert "set `delete_before_replace=True` in its resource options" in printed(project.pulumi(*replace, exits=None))
    project.write({"__main__.py": head + role.replace("FIRST", "delete_before_replace=True")})
    project.pulumi(*replace)
    assert "ops" in emulator.store.roles
