"""Every rule of the API is told at preview, at the property, in words, before anything is sent."""

import pytest

from pulumi_scalekit.lifecycle import check
from pulumi_scalekit.model.field import UNKNOWN
from pulumi_scalekit.resources import RESOURCES

KINDS = {resource.__name__: resource.kind for resource in RESOURCES}
LONG = "x" * 3000
ROLE = {"name": "clerk", "display_name": "Clerk"}
APPLICATION = {"name": "Portal", "client_type": "SPA"}
ATTRIBUTE = {"key": "cost_center", "label": "Cost center", "datatype": "STRING"}
BELOW = {"organization_id": "org_1"}
SMTP = {"host": "smtp.acme.com", "port": 587, "username": "acme", "from_email": "a@acme.com", "from_name": "Acme"}


TEXT = {"use_case": "USER_LOGIN_OTP", "subject": "Code", "html_content": "{{otp}}", "plain_content": "{{otp}}"}


def mail(**changed):
    return {"provider": "OTHER", "smtp_settings": {**SMTP, "password": "hunter2", **changed}}


BROKEN = [
    ("Organization", {}, "displayName", "display_name is required"),
    ("Organization", {"display_name": ""}, "displayName", "must not be empty"),
    ("Organization", {"display_name": LONG}, "displayName", "at most 200 characters, and this one has 3000"),
    ("Organization", {"display_name": "A", "slug": "Not A Slug"}, "slug", "lower-case letters"),
    ("Organization", {"display_name": "A", "logo_url": "http://a.example"}, "logoUrl", "https:// address"),
    ("Organization", {"display_name": "A", "metadata": {"ab": "x"}}, "metadata.ab", "at least 3 characters"),
    ("Organization", {"display_name": "A", "metadata": {"abc": "x" * 257}}, "metadata.abc", "at most 256 characters"),
    ("Organization", {"display_name": "A", "features": {"directory_sync": True}}, "features", "dir_sync"),
    ("Organization", {"display_nam": "A", "display_name": "A"}, "display_nam", "did you mean display_name?"),
    ("Connection", {**BELOW, "provider": "OKTTA", "type": "OIDC"}, "provider", "must be one of OKTA, GOOGLE"),
    ("Domain", {**BELOW, "domain": "a.b"}, "domain", "at least 4 characters, and this one has 3"),
    (
        "Domain",
        {**BELOW, "domain": "acme.com", "domain_type": "OTHER"},
        "domainType",
        "ALLOWED_EMAIL_DOMAIN, ORGANIZATION_DOMAIN",
    ),
    (
        "Connection",
        {**BELOW, "provider": "OKTA", "type": "OIDC", "attribute_mapping": {"": "email"}},
        'attributeMapping[""]',
        "must not be empty",
    ),
    ("Domain", {**BELOW, "domain": "acme.com", "domain_type": ""}, "domainType", "must be one of"),
    ("Permission", {"name": "invoices read"}, "name", "letters, digits, underscores and colons only"),
    ("Permission", {"name": "x" * 65}, "name", "at most 64 characters"),
    ("Permission", {"name": "a", "description": LONG}, "description", "at most 2000 characters"),
    ("Role", {**ROLE, "name": "billing:admin"}, "name", "letters, digits and underscores only"),
    ("Role", {**ROLE, "description": 5}, "description", "must be text"),
    ("Role", {**ROLE, "display_name": "x" * 101}, "displayName", "at most 100 characters"),
    ("Role", {**ROLE, "extends": "no way"}, "extends", "letters, digits and underscores only"),
    ("Role", {**ROLE, "permissions": ["a b"]}, "permissions[0]", "letters, digits, underscores and colons only"),
    (
        "Role",
        {**ROLE, "permissions": [f"p{n}" for n in range(101)]},
        "permissions",
        "at most 100 items, and this one has 101",
    ),
    ("OrganizationRole", {**BELOW, **ROLE, "description": LONG}, "description", "at most 2000 characters"),
    ("DefaultRoles", {}, "defaultCreatorRole", "each may stand alone"),
    ("CustomDomain", {"custom_domain": "https://auth.acme.com"}, "customDomain", "is an address"),
    ("EnvironmentUserManagement", {"max_users_limit": 0}, "maxUsersLimit", "must be at least 1"),
    ("OrganizationBranding", {**BELOW, "source": "BRANDING_SOURCE_CUSTOM"}, "source", "must be one of"),
    ("OrganizationClient", {**BELOW, "name": "x" * 129}, "name", "at most 128 characters"),
    ("OrganizationClient", {**BELOW, "description": "x" * 513}, "description", "at most 512 characters"),
    (
        "OrganizationClient",
        {**BELOW, "custom_claims": {"x" * 129: "v"}},
        f"customClaims.{'x' * 129}",
        "at most 128 characters",
    ),
    ("OrganizationClient", {**BELOW, "expiry": 0}, "expiry", "must be at least 1"),
    ("OrganizationClient", {**BELOW, "expiry": 1.5}, "expiry", "must be a whole number"),
    ("OrganizationClient", {**BELOW, "expiry": True}, "expiry", "must be a whole number"),
    # Without it, it would be the template of all organizations.
    (
        "EmailTemplate",
        {
            "use_case": "USER_LOGIN_OTP",
            "organization_id": "",
            "subject": "A",
            "html_content": "A",
            "plain_content": "A",
        },
        "organizationId",
        "must not be empty",
    ),
    ("Domain", {**BELOW, "domain": "acme.com", "connection_id": ""}, "connectionId", "is empty: give an id"),
    ("OrganizationClient", {**BELOW, "scopes": ["a", ""]}, "scopes[1]", "has an empty item"),
    ("Directory", {**BELOW, "directory_type": "FTP"}, "directoryType", "must be one of SCIM, LDAP, POLL"),
    (
        "Directory",
        {**BELOW, "directory_type": "SCIM", "directory_provider": "X"},
        "directoryProvider",
        "must be one of OKTA",
    ),
    ("SessionPolicy", {**BELOW, "policy_source": "ENVIRONMENT"}, "policySource", "must be one of APPLICATION, CUSTOM"),
    ("UserLimit", {**BELOW, "max_allowed_users": -1}, "maxAllowedUsers", "must be at least 0"),
    ("UserAttribute", {**ATTRIBUTE, "key": "1st"}, "key", "must begin with a letter"),
    ("UserAttribute", {**ATTRIBUTE, "key": "x" * 26}, "key", "at most 25 characters"),
    ("UserAttribute", {**ATTRIBUTE, "label": "ab"}, "label", "at least 3 characters"),
    (
        "UserAttribute",
        {**ATTRIBUTE, "datatype": "TEXT"},
        "datatype",
        "must be one of STRING, NUMBER, BOOL, ARRAY, OBJECT",
    ),
    (
        "UserAttribute",
        {**ATTRIBUTE, "sso_addition_info": {"default_saml_mapping": "cc"}},
        "ssoAdditionInfo.defaultOidcMapping",
        "is required",
    ),
    ("DirectoryUserAttribute", {**ATTRIBUTE, "key": "ab"}, "key", "at least 3 characters"),
    ("DirectoryUserAttribute", {**ATTRIBUTE, "key": "cost center"}, "key", "must begin with a letter"),
    ("DirectoryUserAttribute", {**ATTRIBUTE, "label": "x" * 251}, "label", "at most 250 characters"),
    ("DirectoryUserAttribute", {**ATTRIBUTE, "datatype": "TEXT"}, "datatype", "must be one of STRING, NUMBER"),
    ("DirectoryUserAttribute", {**ATTRIBUTE, "sso_addition_info": {}}, "sso_addition_info", "no property"),
    ("Application", {**APPLICATION, "client_type": "ENV"}, "clientType", "must be one of WEB_APP, SPA, NTV"),
    (
        "Application",
        {**APPLICATION, "back_channel_logout_uris": ["nowhere"]},
        "backChannelLogoutUris[0]",
        "has no scheme",
    ),
    ("EmailServer", mail(host="smtp.acme.com:587"), "smtpSettings.host", "has a port"),
    ("EmailServer", mail(host="smtp://acme.com"), "smtpSettings.host", "is an address"),
    ("EmailServer", mail(port=0), "smtpSettings.port", "at least 1"),
    ("EmailServer", mail(from_email="Acme <no-reply@acme.com>"), "smtpSettings.fromEmail", "more than an address"),
    ("EmailServer", mail(from_email="acme.com"), "smtpSettings.fromEmail", "is no e-mail address"),
    ("EmailServer", mail(from_email="a@acme"), "smtpSettings.fromEmail", "ends in 'acme', which has no dot"),
    ("EmailServer", mail(password="[secret]"), "smtpSettings.password", "a mask or a placeholder"),
    ("EmailServer", {**mail(), "provider": "SES"}, "provider", "must be one of SENDGRID, POSTMARK, OTHER"),
    ("EmailTemplate", {**TEXT, "subject": "x" * 256}, "subject", "at most 255 characters"),
    (
        "EmailTemplate",
        {**TEXT, "html_content": "ä" * 2**20},
        "htmlContent",
        "at most 1048576 bytes, and this one has 2097152",
    ),
    ("EmailTemplate", {**TEXT, "plain_content": ""}, "plainContent", "must not be empty"),
    ("EmailTemplate", {**TEXT, "use_case": "PASSWORD_RESET"}, "useCase", "must be one of LOGIN"),
    ("EmailTemplate", {**TEXT, "organization_id": ""}, "organizationId", "must not be empty"),
    ("TokenTemplate", {"template": ""}, "template", "is no JSON"),
    ("RedirectUri", {"redirect_uri": LONG}, "redirectUri", "at most 256 characters"),
]


@pytest.mark.parametrize(
    ("kind", "declared", "path", "words"), BROKEN, ids=[f"{one[0]}-{one[2]}"[:60] for one in BROKEN]
)
def test_a_broken_rule_is_told_at_its_property(kind, declared, path, words):
    _, failures = check(KINDS[kind], {}, declared)

    assert [failure.path for failure in failures] == [path]
    assert words in failures[0].reason


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_empty_part_of_an_address_is_told(kind):
    """It is a variable that nobody set, and its object would be looked for one level higher."""
    _, failures = check(kind, {}, dict.fromkeys(kind.by_name, ""))

    told = {failure.path: failure.reason for failure in failures}
    for name in {*kind.api.parameters, kind.api.setting_of} & set(kind.by_name):
        assert told[kind.by_name[name].state] == f"{name} must not be empty"


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Acme.com", "acme.com", "Acme.com"),
        ("Acme.com", "acme2.com", "acme2.com"),
        ("Acme.com", UNKNOWN, UNKNOWN),
        (None, "acme.com", "acme.com"),
    ],
    ids=["the same", "another", "unknown", "new"],
)
def test_what_means_the_same_keeps_the_spelling_in_the_state(old, new, kept):
    state = {**BELOW, "domain": old} if old else {}
    judged, failures = check(KINDS["Domain"], state, {**BELOW, "domain": new})

    assert (judged["domain"], failures) == (kept, [])


def test_a_secret_has_one_spelling():
    oidc = {"client_secret": "old", "issuer": "https://acme.okta.com"}
    declared = {**BELOW, "provider": "OKTA", "type": "OIDC", "oidc": oidc}
    changed = {**declared, "oidc": {**oidc, "client_secret": "OLD"}}

    assert check(KINDS["Connection"], declared, changed) == (changed, [])


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        ("Organization", {"display_name": "A", "slug": "", "logo_url": ""}),
        ("Application", {**APPLICATION, "initiate_login_uri": ""}),
        ("Role", {**ROLE, "extends": ""}),
    ],
    ids=["texts with a form", "an address", "a name"],
)
def test_empty_is_how_a_program_says_cleared(kind, declared):
    assert check(KINDS[kind], {}, declared) == (declared, [])
