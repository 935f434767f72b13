from dataclasses import replace

import pytest

from pulumi_scalekit import DefaultRoles, OrganizationRole, Permission, Role, RolePermissions
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from tests.support.stack import PROVIDERS, CheckFailed, Stack

FLAGS = ("default_creator", "default_member")


def test_a_colon_is_escaped_in_paths(stack, asked):
    permission = stack(Permission)
    permission.up({"name": "invoices:read"})
    permission.up({"name": "invoices:read", "description": "See invoices"})

    assert asked() == ["POST /permissions", "PUT /permissions/invoices%3Aread"]


def test_what_put_cannot_clear_has_its_own_endpoints(stack, api, asked):
    role = stack(Role)
    base = {"name": "clerk", "displayName": "Clerk"}
    read, write = api.permission("a:read"), api.permission("a:write")
    role.up({**base, "extends": api.role("base"), "permissions": [read, write]})
    asked()

    role.up(base)

    assert asked() == [
        "DELETE /roles/clerk/base",
        "DELETE /roles/clerk/permissions/a%3Aread",
        "DELETE /roles/clerk/permissions/a%3Awrite",
        "GET /roles/clerk",
    ]


def test_fewer_permissions_are_one_put(stack, api, asked, emulator):
    role = stack(Role)
    base = {"name": "clerk", "displayName": "Clerk"}
    read, write = api.permission("a:read"), api.permission("a:write")
    role.up({**base, "permissions": [read, write]})
    asked()

    role.up({**base, "permissions": [write]})

    assert asked() == ["PUT /roles/clerk", "GET /roles/clerk"]
    assert emulator.store.roles["clerk"]["permissions"] == [write]


def test_permissions_are_a_set(stack, api):
    role = stack(Role)
    read, write = api.permission("a:read"), api.permission("a:write")
    role.up({"name": "clerk", "displayName": "Clerk", "permissions": [write, read]})

    assert role.preview({"name": "clerk", "displayName": "Clerk", "permissions": [read, write, read]}) == "same"


@pytest.mark.parametrize("emptied", [{"permissions": []}, {}], ids=["empty", "removed"])
def test_an_organization_roles_last_permission_cannot_go(stack, api, emptied):
    role = stack(OrganizationRole)
    base = {"organizationId": api.organization(), "name": "clerk", "displayName": "Clerk"}
    role.up({**base, "permissions": [api.permission("a:read")]})

    with pytest.raises(CheckFailed) as refused:
        role.preview({**base, **emptied})

    assert "Keep one permission" in refused.value.failures["permissions"]


@pytest.mark.parametrize("kind", [Role, OrganizationRole])
def test_users_are_handed_to_another_role_at_the_end(stack, api, emulator, kind):
    role = stack(kind)
    program = {"name": "clerk", "displayName": "Clerk"}
    key = "clerk"
    if kind is OrganizationRole:
        program["organizationId"] = api.organization()
        key = (program["organizationId"], "clerk")
    role.up(program)
    emulator.store.role_users[key] = 3

    with pytest.raises(ScalekitError, match=r"assigned to users.*Declare reassign_role_name, run `pulumi up`"):
        role.up(None)
    mark = emulator.ledger.mark()
    role.up({**program, "reassignRoleName": "member"})
    assert emulator.ledger.since(mark) == []
    role.up(None)

    assert emulator.store.role_users == {"member": 3}


def test_a_role_that_exists_is_told_with_the_ways_to_take_it_over(stack, api):
    api.role("clerk")
    program = {"name": "clerk", "displayName": "Clerk"}

    with pytest.raises(
        ScalekitError, match=r"name 'clerk' already belongs to clerk.*pulumi import scalekit:index:Role NAME clerk"
    ):
        stack(Role).up(program)
    adopted = stack(Role, adopt="identical")
    adopted.up(program)

    assert adopted.id == "clerk"


def test_an_organizations_role_that_exists_is_imported_by_its_whole_id(stack, api):
    organization = api.organization()
    program = {"organizationId": organization, "name": "clerk", "displayName": "Clerk"}
    stack(OrganizationRole).up(program)

    with pytest.raises(ScalekitError, match=f"NAME {organization}/clerk"):
        stack(OrganizationRole).up(program)


def test_default_roles_that_are_set_already_cost_no_write(stack, asked):
    roles = stack(DefaultRoles)
    roles.up({"defaultCreatorRole": "admin", "defaultMemberRole": "member"})

    assert roles.id == "default"
    assert asked() == ["GET /roles"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("name", "flag"), [("defaultCreatorRole", "default_creator"), ("defaultMemberRole", "default_member")]
)
def test_each_default_role_stands_alone(provider, name, flag, config, api, emulator):
    """The other one is neither written nor looked at, and stays with what the dashboard says."""
    defaults = Stack(PROVIDERS[provider](DefaultRoles.kind, config))
    api.role("owner")

    def chosen():
        return {one: next(key for key, role in emulator.store.roles.items() if role[one]) for one in FLAGS}

    before = chosen()
    assert defaults.up({name: "owner"}) == "create"
    assert chosen() == {**before, flag: "owner"}
    assert defaults.refresh() == []

    (other,) = set(FLAGS) - {flag}
    for key, role in emulator.store.roles.items():
        role[other] = key == "owner"
    assert defaults.refresh() == []
    assert defaults.up({name: "member"}) == "update"
    assert chosen() == {flag: "member", other: "owner"}


def test_a_default_role_that_is_no_longer_declared_stays(stack, api, emulator, asked):
    defaults = stack(DefaultRoles)
    api.role("owner")
    defaults.up({"defaultCreatorRole": "owner", "defaultMemberRole": "owner"})
    asked()

    assert defaults.up({"defaultMemberRole": "owner"}) == "update"

    assert asked() == []
    assert emulator.store.roles["owner"]["default_creator"]
    with pytest.raises(CheckFailed, match="each may stand alone"):
        defaults.preview({})


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_permission_that_a_role_still_has_says_what_to_do(provider, config, api, emulator):
    permission = Stack(PROVIDERS[provider](Permission.kind, config))
    permission.up({"name": "invoices:read"})
    api.send("POST", "/roles", {"name": "clerk", "display_name": "Clerk", "permissions": ["invoices:read"]})

    with pytest.raises(ScalekitError, match="Take it out of the roles that have it first"):
        permission.up(None)
    assert "invoices:read" in emulator.store.permissions

    emulator.switches = replace(emulator.switches, permission_in_use="taken out")
    permission.up(None)
    assert emulator.store.roles["clerk"]["permissions"] == []


@pytest.fixture
def shared(stack, api, emulator):
    """A role that another stack keeps, with a permission of its own; ours; and what the role has."""
    theirs, read, write = api.permission("theirs:read"), api.permission("a:read"), api.permission("a:write")
    api.post("/roles", {"name": "shared", "display_name": "Shared", "permissions": [theirs]})
    ours = stack(RolePermissions)
    ours.up({"roleName": "shared", "permissions": [read, write]})
    return ours, lambda: emulator.store.roles["shared"]["permissions"]


def test_permissions_are_added_to_a_role_and_taken_from_it(shared, api, asked):
    ours, there = shared
    assert there() == ["theirs:read", "a:read", "a:write"]
    api.permission("a:list")
    asked()

    ours.up({"roleName": "shared", "permissions": ["a:list", "a:read"]})

    assert asked() == [
        "POST /roles/shared/permissions",
        "DELETE /roles/shared/permissions/a%3Awrite",
        "GET /roles/shared",
    ]
    assert there() == ["theirs:read", "a:read", "a:list"]
    ours.up(None)
    assert there() == ["theirs:read"]


def test_only_permissions_of_its_own_are_compared(shared, api):
    ours, there = shared
    api.permission("theirs:write")
    there().append("theirs:write")
    assert ours.refresh() == []

    there().remove("a:write")
    assert ours.refresh() == ["permissions"]

    there().remove("a:read")
    assert ours.refresh() == ["deleted"]


def test_a_role_that_was_deleted_takes_what_was_added_along(shared, api):
    ours, _ = shared
    api.delete("/roles/shared")
    assert ours.drift() == ["deleted"]
    assert ours.up(None) == "delete"


def test_scalekits_own_role_is_extended(stack, api, emulator):
    permissions = stack(RolePermissions, adopt="identical")
    permissions.up({"roleName": "member", "permissions": [api.permission("a:read")]})
    assert emulator.store.roles["member"]["permissions"] == ["a:read"]


def test_adding_whose_answer_is_lost_is_done_again(stack, api, emulator):
    api.permission("a:read")
    emulator.faults.add(Fault("drop_after", method="POST", path=".*/roles/member/permissions"))
    permissions = stack(RolePermissions)
    mark = emulator.ledger.mark()
    permissions.up({"roleName": "member", "permissions": ["a:read"]})
    assert emulator.store.roles["member"]["permissions"] == ["a:read"]
    assert [entry.method for entry in emulator.ledger.since(mark)].count("POST") == 2


def test_adding_of_which_every_answer_is_lost_is_said_to_be_in_doubt(stack, api, emulator):
    api.permission("a:read")
    emulator.faults.add(Fault("drop_after", method="POST", path=".*/roles/member/permissions", times=None))

    with pytest.raises(ScalekitError, match="may have taken effect"):
        stack(RolePermissions).up({"roleName": "member", "permissions": ["a:read"]})

    assert emulator.store.roles["member"]["permissions"] == ["a:read"]


def test_permissions_of_a_role_that_is_not_there_say_what_to_check(stack, api):
    """A refresh would change nothing: no state has it yet."""
    api.send("POST", "/permissions", {"name": "invoices:read", "description": "Read"})
    with pytest.raises(ScalekitError, match=r"Check role_name: there is nothing by that name in http"):
        stack(RolePermissions).up({"roleName": "ghost", "permissions": ["invoices:read"]})
