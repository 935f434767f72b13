"""What a change of a membership leads to: who gets mail, who gains or loses access."""

from collections.abc import Iterator

from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule


@change_rule("invitation-not-sent", "warning")
def not_invited(change: ResourceChange) -> Iterator[Said]:
    """An invitation is declared for a member who exists already, and Scalekit sends it only when the membership is created.

    Nothing is sent. Have the mail sent from the dashboard, or declare the member anew.
    """
    before, after = (values.get("send_invitation_email") for values in (change.before, change.after))
    if change.updated and after is True and before is not True:
        yield "send_invitation_email", "sends nothing now: the mail is sent only when the membership is created"


@change_rule("member-deletes-user", "warning")
def deletes_user(change: ResourceChange) -> Iterator[Said]:
    """A member with `delete_user` is removed or replaced: a user who is in no other organization is deleted for good.

    A user who is created again with the same e-mail address has another id, and none of the ways to sign in of before.
    """
    if change.before.get("delete_user") is True and (change.deleted or change.replaced):
        yield "", "the user is deleted for good too, if this is the only membership"


MEMBER_FINDINGS = (not_invited, deletes_user)


def consequence(change: ResourceChange) -> str:
    """What a change of a membership means for the user."""
    if change.deleted:
        return "The user can no longer sign in to the organization."
    if not change.before:
        mail = " and Scalekit sends an invitation" if change.after.get("send_invitation_email") is True else ""
        return f"The user may sign in to the organization{mail}."
    before, after = change.becomes("roles")
    if change.replaced or before == after or not isinstance(after, list):
        return ""
    return f"The user has in the organization: {', '.join(map(str, after)) or 'no role'}."
