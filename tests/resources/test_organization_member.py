"""Members: who is a user already, who stays, who gets mail, and what no message shows."""

import pytest

from pulumi_scalekit import OrganizationMember
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.emulator import Fault
from pulumi_scalekit.model.finding import ResourceChange
from tests.support.stack import CheckFailed

EMAIL = "ada@acme.example"
PATH = "/organizations/{organization_id}/users"


@pytest.fixture
def program(organization):
    return {"organizationId": organization, "email": EMAIL, "roles": ["admin"]}


@pytest.fixture
def elsewhere(api):
    """The id of an organization of which the user is a member already."""
    other = api.organization(external_id="elsewhere")
    user = {"email": "Ada@Acme.example", "user_profile": {"given_name": "Ada"}}
    api.send("POST", f"/organizations/{other}/users", user, send_invitation_email=False)
    return other


def user_of(emulator):
    (user,) = emulator.store.users.values()
    return user


def organizations_of(user):
    return {one["organization_id"] for one in user["memberships"]}


@pytest.mark.parametrize("asked_for", [None, False, True])
def test_a_mail_is_sent_only_where_it_is_asked_for(stack, program, emulator, asked_for):
    given = {} if asked_for is None else {"sendInvitationEmail": asked_for}
    member = stack(OrganizationMember)
    member.up({**program, **given})

    assert user_of(emulator).get("_invitations", []) == ([program["organizationId"]] if asked_for else [])
    assert member.outputs["membershipStatus"] == ("PENDING_INVITE" if asked_for else "ACTIVE")


def test_who_is_a_user_already_gets_a_membership_and_no_mail(stack, program, emulator, elsewhere):
    stack(OrganizationMember).up({**program, "userProfile": {"givenName": "Ada"}})

    user = user_of(emulator)
    assert organizations_of(user) == {program["organizationId"], elsewhere}
    assert (user["user_profile"]["given_name"], user.get("_invitations", [])) == ("Ada", [])


def test_the_profile_that_others_rely_on_is_never_overwritten_by_a_create(stack, program, emulator, elsewhere):
    with pytest.raises(
        ScalekitError, match=r"with another user_profile\.given_name\. Others rely on that too"
    ) as refused:
        stack(OrganizationMember).up({**program, "userProfile": {"givenName": "Eve"}})

    assert organizations_of(user_of(emulator)) == {elsewhere}
    assert user_of(emulator)["user_profile"]["given_name"] == "Ada"
    assert not any(text in str(refused.value) for text in ("Ada", "Eve"))


@pytest.mark.parametrize("delete_user", [None, True])
def test_who_is_a_member_elsewhere_is_never_deleted(stack, program, emulator, elsewhere, delete_user):
    member = stack(OrganizationMember)
    member.up({**program, "deleteUser": delete_user} if delete_user else program)
    member.up(None)
    assert organizations_of(user_of(emulator)) == {elsewhere}


def test_whose_only_membership_ends_stays_and_is_found_again(stack, program, emulator):
    member = stack(OrganizationMember)
    member.up({**program, "userProfile": {"givenName": "Ada"}})
    first = member.id
    member.up(None)
    assert user_of(emulator)["memberships"] == []

    member.up(program)

    assert member.id == first
    assert organizations_of(user_of(emulator)) == {program["organizationId"]}


def test_whose_only_membership_ends_is_deleted_where_that_is_declared(stack, program, emulator):
    member = stack(OrganizationMember)
    member.up(program)
    member.up({**program, "deleteUser": True})
    member.up(None)
    assert emulator.store.users == {}


def test_a_member_who_is_there_is_taken_over_only_on_request(stack, program, emulator):
    stack(OrganizationMember).up(program)

    with pytest.raises(ScalekitError, match=r"this email already belongs to usr_") as refused:
        stack(OrganizationMember).up(program)
    assert "@" not in str(refused.value)
    with pytest.raises(ScalekitError, match=r"has roles \['admin'\] instead of \['member'\]"):
        stack(OrganizationMember, adopt="identical").up({**program, "roles": ["member"]})
    taken = stack(OrganizationMember, adopt="identical")
    taken.up(program)

    assert taken.id == user_of(emulator)["id"]
    assert len(user_of(emulator)["memberships"]) == 1


@pytest.mark.parametrize("path", [".*/organizations/.*/users", ".*/memberships/.*"])
def test_a_create_whose_answer_is_lost_makes_one_membership(stack, program, emulator, request, path):
    """Of a new user, and of one who is there already."""
    if "memberships" in path:
        request.getfixturevalue("elsewhere")
    emulator.faults.add(Fault("drop_after", method="POST", path=path))

    member = stack(OrganizationMember)
    member.up(program)

    user = user_of(emulator)
    assert member.id == user["id"]
    assert sum(one["organization_id"] == program["organizationId"] for one in user["memberships"]) == 1


def test_no_message_repeats_the_address(stack, program, emulator, api):
    """What the API says of it is masked too."""
    member = stack(OrganizationMember)
    emulator.faults.add(Fault("status", status=403, method="POST", path=".*/users", message=f"no access for {EMAIL}"))
    with pytest.raises(ScalekitError) as refused:
        member.up(program)
    assert "no access for" in str(refused.value)
    assert EMAIL not in str(refused.value)


@pytest.mark.parametrize("email", ["ada", "ada@", "Ada Byron <ada@acme.example>", "ada@acme example"])
def test_what_is_no_address_is_refused_at_its_property(stack, program, emulator, email):
    with pytest.raises(CheckFailed) as refused:
        stack(OrganizationMember).preview({**program, "email": email})
    assert "must be an e-mail address alone" in refused.value.failures["email"]


def test_what_a_change_means_is_said():
    said = OrganizationMember.kind.consequence
    base = {"organization_id": "org_1", "email": EMAIL, "roles": ["member"]}
    assert said(ResourceChange({}, base)) == "The user may sign in to the organization."
    invited = {**base, "send_invitation_email": True}
    assert said(ResourceChange({}, invited)).endswith(" and Scalekit sends an invitation.")
    assert said(ResourceChange(base, {**base, "roles": ["admin"]})) == "The user has in the organization: admin."
    assert said(ResourceChange(base, {})) == "The user can no longer sign in to the organization."


def test_what_comes_too_late_or_cannot_be_undone_is_warned_of():
    not_invited, deletes = OrganizationMember.kind.findings
    base = {"organization_id": "org_1", "email": EMAIL}
    invited, doomed = {**base, "send_invitation_email": True}, {**base, "delete_user": True}
    assert [path for path, _ in not_invited.judge(ResourceChange(base, invited))] == ["send_invitation_email"]
    assert list(not_invited.judge(ResourceChange({}, invited))) == []
    assert len(list(deletes.judge(ResourceChange(doomed, {})))) == 1
    assert list(deletes.judge(ResourceChange(base, {}))) == []
