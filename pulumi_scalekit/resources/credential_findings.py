"""What a change of a machine client or of a secret leads to."""

from collections.abc import Iterator

from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule


@change_rule("credential-deleted", "warning")
def deleted(change: ResourceChange) -> Iterator[Said]:
    """A machine client or a secret is deleted or replaced: programs that use it are refused from then on.

    To change it without an interruption, declare a second secret, give it to the programs, and delete the first one then.
    """
    if change.deleted or change.replaced:
        yield "", "programs that use it are refused from then on: give them another one first"


CREDENTIAL_FINDINGS = (deleted,)
