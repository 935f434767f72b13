"""Settings of the environment: one case is told its id, the other learns it."""

from __future__ import annotations

from tests.support.api import Api
from tests.support.cases.case import ABSENT, Case, Edit, Place, Program, at, collection, put


def _setting(name: str) -> Place:
    return Place(
        lambda store, id_, _: store.environment_settings.get(name) if id_ == store.environment_id else None,
        lambda store, id_, _: store.environment_settings.pop(name),
    )


def _user_management(api: Api) -> Program:
    api.organization()  # whose event carries the environment's id
    return {
        "allowDuplicateUserIdentities": True,
        "allowMultipleMemberships": True,
        "allowOrganizationSignup": True,
        "orgUserRelationship": "MULTIPLE_ORGANIZATIONS",
        "enableMaxUsersLimit": True,
        "maxUsersLimit": 500,
        "invitationExpiry": 1440,
        "blockDisposableEmailDomains": True,
        "blockPublicEmailDomains": True,
        "syncUserProfileOnSignin": True,
        "enableBotDetection": True,
        "enableFailOpen": True,
    }


ENVIRONMENT_SESSION_SETTINGS = Case(
    "environment session settings",
    "scalekit:index:EnvironmentSessionSettings",
    lambda api: {
        "environmentId": api.store.environment_id,
        "accessTokenExpiry": 5,
        "clientAccessTokenExpiry": 60,
        "absoluteSessionTimeout": 480,
        "sessionManagementEnabled": True,
        "idleSessionTimeout": 60,
        "idleSessionEnabled": True,
        "cookiePersistenceType": "PERSISTENT",
        "cookieSameSiteSetting": "LAX_MODE",
        "cookieCustomDomain": "acme.com",
    },
    _setting("session_settings"),
    one_of_these=("environmentId",),
    edits={
        "accessTokenExpiry": Edit(10, at("access_token_expiry"), 10),
        "clientAccessTokenExpiry": Edit(30, at("client_access_token_expiry"), 30),
        "absoluteSessionTimeout": Edit(1440, at("absolute_session_timeout"), 1440),
        "sessionManagementEnabled": Edit(False, at("session_management_enabled"), False),
        "idleSessionTimeout": Edit(30, at("idle_session_timeout"), 30),
        "idleSessionEnabled": Edit(False, at("idle_session_enabled"), False),
        "cookiePersistenceType": Edit("SESSION", at("cookie_persistence_type"), "SESSION"),
        "cookieSameSiteSetting": Edit("NONE_MODE", at("cookie_same_site_setting"), "NONE_MODE"),
        "cookieCustomDomain": Edit("acme.org", at("cookie_custom_domain"), "acme.org"),
    },
    removals={"cookieCustomDomain": Edit(ABSENT, at("cookie_custom_domain"), "")},
    drift={
        "accessTokenExpiry": put(7, "access_token_expiry"),
        "clientAccessTokenExpiry": put(7, "client_access_token_expiry"),
        "absoluteSessionTimeout": put(500, "absolute_session_timeout"),
        "sessionManagementEnabled": put(False, "session_management_enabled"),
        "idleSessionTimeout": put(15, "idle_session_timeout"),
        "idleSessionEnabled": put(False, "idle_session_enabled"),
        "cookiePersistenceType": put("SESSION", "cookie_persistence_type"),
        "cookieSameSiteSetting": put("NONE_MODE", "cookie_same_site_setting"),
        "cookieCustomDomain": put("other.example", "cookie_custom_domain"),
    },
    unread=frozenset({"environmentId"}),
    setting=True,
    stays=True,
)

CUSTOM_DOMAIN = Case(
    "custom domain",
    "scalekit:index:CustomDomain",
    lambda api: {"environmentId": api.store.environment_id, "customDomain": "auth.acme.com"},
    collection("custom_domains"),
    one_of_these=("environmentId",),
    respelled={"customDomain": "Auth.ACME.com"},
    drift={"customDomain": lambda record: record.clear()},
    unread=frozenset({"environmentId"}),
    setting=True,
    stays=True,
)

ENVIRONMENT_USER_MANAGEMENT = Case(
    "environment user management",
    "scalekit:index:EnvironmentUserManagement",
    _user_management,
    _setting("user_management"),
    edits={
        "allowDuplicateUserIdentities": Edit(False, at("allow_duplicate_user_identities"), False),
        "allowMultipleMemberships": Edit(False, at("allow_multiple_memberships"), False),
        "allowOrganizationSignup": Edit(False, at("allow_organization_signup"), False),
        "orgUserRelationship": Edit("SINGLE_ORGANIZATION", at("org_user_relationship"), "SINGLE_ORGANIZATION"),
        "enableMaxUsersLimit": Edit(False, at("enable_max_users_limit"), False),
        "maxUsersLimit": Edit(50, at("max_users_limit"), 50),
        "invitationExpiry": Edit(60, at("invitation_expiry"), 60),
        "blockDisposableEmailDomains": Edit(False, at("block_disposable_email_domains"), False),
        "blockPublicEmailDomains": Edit(False, at("block_public_email_domains"), False),
        "syncUserProfileOnSignin": Edit(False, at("sync_user_profile_on_signin"), False),
        "enableBotDetection": Edit(False, at("enable_bot_detection"), False),
        "enableFailOpen": Edit(False, at("enable_fail_open"), False),
    },
    drift={
        "allowOrganizationSignup": put(False, "allow_organization_signup"),
        "orgUserRelationship": put("SINGLE_ORGANIZATION", "org_user_relationship"),
        "maxUsersLimit": put(1, "max_users_limit"),
        "invitationExpiry": put(1, "invitation_expiry"),
    },
    pins={"events": "available"},
    setting=True,
    stays=True,
)
