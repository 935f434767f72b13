"""What `pulumi-scalekit review` says where a program no longer protects a resource."""

from collections.abc import Iterator

from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule


@change_rule("protect-removed", "warning")
def unprotected(change: ResourceChange) -> Iterator[Said]:
    """Pulumi's `protect` is taken away: from the next change on, the resource can be deleted.

    It is said by `pulumi-scalekit review` alone, since the engine tells no provider of it.
    """
    # `deletion_protection` sets Pulumi's, and what it means that it goes is said by a rule of its own.
    if change.unprotected and not change.before.get("deletion_protection"):
        yield "", "Pulumi's `protect` is taken away: a later change may delete it"
