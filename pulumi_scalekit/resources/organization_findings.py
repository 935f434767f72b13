"""What a change of an organization leads to."""

from collections.abc import Iterator
from difflib import get_close_matches

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at, value_rule
from pulumi_scalekit.resources.protection_findings import unprotected

FEATURES = ("sso", "dir_sync", "domain_verification", "session_policy")
MISNAMED = "directory_sync"


@value_rule("unknown-feature", "warning")
def unknown_feature(values: Values) -> Iterator[Said]:
    """Scalekit's documents name no feature like this one. It is sent as it is, and may do nothing: check its spelling."""
    declared = values.get("features")
    for name in sorted(set(declared) - {*FEATURES, MISNAMED}) if isinstance(declared, dict) else ():
        near = get_close_matches(name, FEATURES, 1)
        yield (
            f"features.{name}",
            (
                f"Scalekit's documents name no feature {name}"
                + (f"; did you mean {near[0]}?" if near else ".")
                + f" Known are {', '.join(FEATURES)}. It is sent as it is."
            ),
        )


@change_rule("organization-deleted", "warning")
def deleted(change: ResourceChange) -> Iterator[Said]:
    """An organization is deleted or replaced.

    Its connections, directories, domains, roles and sessions go with it, and so do users who belong to no other
    organization. Nothing brings them back: a new organization has another id.
    """
    if change.deleted or change.replaced:
        yield (
            "",
            (
                "the organization is deleted with its users, connections, domains and directories: nobody of this customer can sign "
                "in any more, and nothing brings them back"
            ),
        )


@change_rule("sso-switched-off", "warning")
def sso_switched_off(change: ResourceChange) -> Iterator[Said]:
    """The feature `sso` of an organization is switched off: its connections sign nobody in any more."""
    before, after = change.becomes("features.sso")
    if before is True and after is False:
        yield (
            "features.sso",
            "single sign-on is switched off: nobody of the organization can sign in with a connection any more",
        )


@change_rule("protection-removed", "warning")
def protection_removed(change: ResourceChange) -> Iterator[Said]:
    """`deletion_protection` is taken away: from the next change on, the organization can be deleted with all that is in it."""
    before, after = known_at(change.before, "deletion_protection"), known_at(change.after, "deletion_protection")
    if change.updated and before is True and not after and "deletion_protection" not in _unknown(change.after):
        yield "deletion_protection", "a later change may delete the organization with its users and connections"


def _unknown(values: Values) -> set[str]:
    return {name for name, value in values.items() if known_at(values, name) is None and value is not None}


ORGANIZATION_FINDINGS = (unknown_feature, deleted, sso_switched_off, protection_removed, unprotected)


def consequence(change: ResourceChange) -> str:
    """What a change of an organization means for the customer."""
    before, after = change.becomes("features.sso")
    if change.deleted or change.replaced or (before is True and after is False):
        return ""
    if not change.before:
        return "A new tenant."
    if after is True and before is not True:
        return "Single sign-on is switched on for the tenant."
    return "Nobody's sign-in is affected."


LOST_FOR_GOOD = (
    "A repair creates a new organization with another id and what the program declares in it. Its users, its sessions and what "
    "was set up in the portal do not come back, and programs that keep the old id have to learn the new one."
)
