"""What a change of a directory leads to."""

from collections.abc import Iterator

from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, text_at
from pulumi_scalekit.resources.protection_findings import unprotected

_STAYS = "who leaves the customer's company keeps the account, and nobody new gets one"


@change_rule("directory-deleted", "warning")
def deleted(change: ResourceChange) -> Iterator[Said]:
    """A directory is deleted or replaced: the customer's identity provider no longer creates, changes or removes users.

    A new directory has another endpoint and other secrets, which have to be registered at the identity provider anew.
    """
    if change.deleted or change.replaced:
        yield "", f"the customer's identity provider no longer manages the users: {_STAYS}"


@change_rule("directory-disabled", "warning")
def disabled(change: ResourceChange) -> Iterator[Said]:
    """A directory is switched off: users stay as they are, also those who leave the customer's company."""
    before, after = change.becomes("enabled")
    if before is True and after is False:
        yield "enabled", f"the directory is switched off: {_STAYS}"


def consequence(change: ResourceChange) -> str:
    """What a change of a directory means for the organization's users."""
    before, after = change.becomes("enabled")
    if change.deleted or change.replaced or (before is True and after is False):
        return ""
    if after is True and before is not True:
        provider = text_at(change.after, "directory_provider") or "the customer's identity provider"
        return f"Users are created, changed and removed by {provider} from now on."
    return "A directory is prepared." if not change.before else "Users go on being managed by the directory."


DIRECTORY_FINDINGS = (deleted, disabled, unprotected)
