"""EnvironmentUserManagement: who may become a user of an environment, and in how many organizations."""

from typing import Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalProp, Resource, prop
from pulumi_scalekit.resources.environment_session_settings import ENVIRONMENT_ID, ENVIRONMENT_ID_WORDS

OrgUserRelationship = (
    Literal["SINGLE_ORGANIZATION", "MULTIPLE_ORGANIZATIONS"] | enums.EnvironmentUserManagementOrgUserRelationship
)

_ITEM = "/environments/{id}/settings/user-management"
_OWNED = (
    "allow_duplicate_user_identities", "allow_multiple_memberships", "allow_organization_signup", "org_user_relationship",
    "enable_max_users_limit", "max_users_limit", "invitation_expiry", "block_disposable_email_domains",
    "block_public_email_domains", "sync_user_profile_on_signin", "enable_bot_detection", "enable_fail_open",
)  # fmt: skip


def _consequence(change: ResourceChange) -> str:
    if change.deleted:
        return "The settings stay as they are at Scalekit, and are no longer managed."
    return "Who may become a user of this environment changes, in all organizations."


class EnvironmentUserManagement(Resource, consequence=_consequence):
    """Who may become a user of the environment, and in how many organizations: what holds for all of them.

    It is not the `UserLimit`, which says how many users one organization may have; `max_users_limit` is the environment's, and
    Scalekit does not say which counts where both are set, so declare the limit at one of the two.

    The settings exist before and after this resource: a create takes them over and changes what is declared, or makes them
    where Scalekit has none yet, and destroying the resource leaves them as they are. There is one in an environment; its id is the
    environment's. Only what is declared is managed. Scalekit describes these settings by their names alone.

    Writing uses endpoints that Scalekit has not published
    (`PATCH` and `POST /api/v1/environments/{id}/settings/user-management`); reading uses the `GET` of the same path.
    """

    environment_id: OptionalProp[str] = prop(ENVIRONMENT_ID_WORDS, default=None, also=ENVIRONMENT_ID)
    allow_duplicate_user_identities: OptionalProp[bool] = prop(
        "Whether two users may have the same identity.", default=None
    )
    allow_multiple_memberships: OptionalProp[bool] = prop(
        "Whether a user may be a member of several organizations.", default=None
    )
    allow_organization_signup: OptionalProp[bool] = prop(
        "Whether who signs up may create an organization.", default=None
    )
    org_user_relationship: OptionalProp[OrgUserRelationship] = prop(
        "`SINGLE_ORGANIZATION`: a user is in one organization; `MULTIPLE_ORGANIZATIONS`: in any number.", default=None
    )
    enable_max_users_limit: OptionalProp[bool] = prop("Whether `max_users_limit` counts.", default=None)
    max_users_limit: OptionalProp[int] = prop("Number of users, 1 to 99999.", default=None, between=(1, 99999))
    invitation_expiry: OptionalProp[int] = prop(
        "For how long an invitation is good, 1 to 43200. Scalekit's descriptions name no unit: by its bounds, minutes.",
        default=None,
        between=(1, 43200),
    )
    block_disposable_email_domains: OptionalProp[bool] = prop(
        "Whether addresses of disposable mail services are refused.", default=None
    )
    block_public_email_domains: OptionalProp[bool] = prop(
        "Whether addresses of public mail services, such as gmail.com, are refused.", default=None
    )
    sync_user_profile_on_signin: OptionalProp[bool] = prop(
        "Whether a sign-in brings the profile up to date with the identity provider's.", default=None
    )
    enable_bot_detection: OptionalProp[bool] = prop("Whether sign-ups by programs are looked for.", default=None)
    enable_fail_open: OptionalProp[bool] = prop(
        "Whether a sign-up goes on where that detection does not answer.", default=None
    )

    api = Api(
        item=_ITEM,
        envelope="user_management",
        makes=Endpoint("POST", _ITEM, unpublished=True),
        update=(Endpoint("PATCH", _ITEM, owns=_OWNED, left_out="unknown", unpublished=True),),
        setting_of="environment_id",
    )
