"""What may be declared where there is a choice. Generated from the resources by `make generated`. Do not edit.

A member is its text: `provider=scalekit.ConnectionProvider.OKTA` and `provider="OKTA"` are the same.
"""

from enum import Enum


class _Text(str, Enum):
    __str__ = str.__str__  # in an f-string too, on every version of Python


class ApplicationClientType(_Text):
    """Values of `Application.client_type`."""

    WEB_APP = "WEB_APP"
    SPA = "SPA"
    NTV = "NTV"


class CimdAllowlistEntryType(_Text):
    """Values of `CimdAllowlistEntry.type`."""

    PREDEFINED = "PREDEFINED"
    URL = "URL"


class ConnectionConfigurationType(_Text):
    """Values of `Connection.configuration_type`, `ConnectionSettings.configuration_type`."""

    DISCOVERY = "DISCOVERY"
    MANUAL = "MANUAL"


class ConnectionProvider(_Text):
    """Values of `Connection.provider`, `ConnectionSettings.provider`."""

    OKTA = "OKTA"
    GOOGLE = "GOOGLE"
    MICROSOFT_AD = "MICROSOFT_AD"
    AUTH0 = "AUTH0"
    ONELOGIN = "ONELOGIN"
    PING_IDENTITY = "PING_IDENTITY"
    JUMPCLOUD = "JUMPCLOUD"
    CUSTOM = "CUSTOM"
    GITHUB = "GITHUB"
    GITLAB = "GITLAB"
    LINKEDIN = "LINKEDIN"
    SALESFORCE = "SALESFORCE"
    MICROSOFT = "MICROSOFT"
    IDP_SIMULATOR = "IDP_SIMULATOR"
    SCALEKIT = "SCALEKIT"
    ADFS = "ADFS"


class ConnectionType(_Text):
    """Values of `Connection.type`, `ConnectionSettings.type`."""

    OIDC = "OIDC"
    SAML = "SAML"


class CreatePortalLinkFeatures(_Text):
    """Values of `createPortalLink.features`."""

    SSO = "sso"
    DIR_SYNC = "dir_sync"


class DirectoryDirectoryProvider(_Text):
    """Values of `Directory.directory_provider`."""

    OKTA = "OKTA"
    GOOGLE = "GOOGLE"
    MICROSOFT_AD = "MICROSOFT_AD"
    AUTH0 = "AUTH0"
    ONELOGIN = "ONELOGIN"
    JUMPCLOUD = "JUMPCLOUD"
    PING_IDENTITY = "PING_IDENTITY"


class DirectoryDirectoryType(_Text):
    """Values of `Directory.directory_type`."""

    SCIM = "SCIM"
    LDAP = "LDAP"
    POLL = "POLL"


class DomainDomainType(_Text):
    """Values of `Domain.domain_type`."""

    ALLOWED_EMAIL_DOMAIN = "ALLOWED_EMAIL_DOMAIN"
    ORGANIZATION_DOMAIN = "ORGANIZATION_DOMAIN"


class EmailServerProvider(_Text):
    """Values of `EmailServer.provider`."""

    SENDGRID = "SENDGRID"
    POSTMARK = "POSTMARK"
    OTHER = "OTHER"


class EmailTemplateUseCase(_Text):
    """Values of `EmailTemplate.use_case`, `getEmailTemplatePlaceholders.use_case`."""

    LOGIN = "LOGIN"
    OTP_LOGIN = "OTP_LOGIN"
    MEMBER_INVITE = "MEMBER_INVITE"
    USER_INVITE = "USER_INVITE"
    USER_LOGIN = "USER_LOGIN"
    SIGNUP = "SIGNUP"
    USER_LOGIN_OTP = "USER_LOGIN_OTP"
    USER_LOGIN_LINK = "USER_LOGIN_LINK"
    USER_LOGIN_LINK_OTP = "USER_LOGIN_LINK_OTP"
    USER_SIGNUP_OTP = "USER_SIGNUP_OTP"
    USER_SIGNUP_LINK = "USER_SIGNUP_LINK"
    USER_SIGNUP_LINK_OTP = "USER_SIGNUP_LINK_OTP"


class EnvironmentConnectionAuthMode(_Text):
    """Values of `EnvironmentConnection.auth_mode`."""

    USER = "USER"
    ORG_WIDE = "ORG_WIDE"


class EnvironmentConnectionProvider(_Text):
    """Values of `EnvironmentConnection.provider`."""

    GOOGLE = "GOOGLE"
    MICROSOFT = "MICROSOFT"
    GITHUB = "GITHUB"
    GITLAB = "GITLAB"
    LINKEDIN = "LINKEDIN"
    SALESFORCE = "SALESFORCE"
    SCALEKIT = "SCALEKIT"


class EnvironmentConnectionType(_Text):
    """Values of `EnvironmentConnection.type`."""

    OAUTH = "OAUTH"
    PASSWORDLESS = "PASSWORDLESS"
    WEBAUTHN = "WEBAUTHN"
    GOOGLE_DWD = "GOOGLE_DWD"
    BASIC = "BASIC"
    BEARER = "BEARER"
    API_KEY = "API_KEY"
    NO_AUTH = "NO_AUTH"


class EnvironmentSessionSettingsCookiePersistenceType(_Text):
    """Values of `EnvironmentSessionSettings.cookie_persistence_type`."""

    PERSISTENT = "PERSISTENT"
    SESSION = "SESSION"


class EnvironmentSessionSettingsCookieSameSiteSetting(_Text):
    """Values of `EnvironmentSessionSettings.cookie_same_site_setting`."""

    LAX_MODE = "LAX_MODE"
    NONE_MODE = "NONE_MODE"


class EnvironmentUserManagementOrgUserRelationship(_Text):
    """Values of `EnvironmentUserManagement.org_user_relationship`."""

    SINGLE_ORGANIZATION = "SINGLE_ORGANIZATION"
    MULTIPLE_ORGANIZATIONS = "MULTIPLE_ORGANIZATIONS"


class InterceptorFailurePolicy(_Text):
    """Values of `Interceptor.failure_policy`."""

    FAIL_OPEN = "FAIL_OPEN"
    FAIL_CLOSED = "FAIL_CLOSED"


class InterceptorInterceptorType(_Text):
    """Values of `Interceptor.interceptor_type`."""

    AUTH = "AUTH"


class InterceptorTriggerPoint(_Text):
    """Values of `Interceptor.trigger_point`."""

    POST_USER_AUTHENTICATION = "POST_USER_AUTHENTICATION"
    PRE_SIGNUP = "PRE_SIGNUP"
    PRE_SESSION_CREATION = "PRE_SESSION_CREATION"
    PRE_USER_INVITATION = "PRE_USER_INVITATION"
    PRE_M2_M_TOKEN_CREATION = "PRE_M2M_TOKEN_CREATION"


class LogStreamProvider(_Text):
    """Values of `LogStream.provider`."""

    DATADOG = "DATADOG"
    CROWDSTRIKE = "CROWDSTRIKE"
    GOOGLE_SECOPS = "GOOGLE_SECOPS"


class OAuthTokenEndpointAuthMethod(_Text):
    """Values of `OAuth.token_endpoint_auth_method`."""

    CLIENT_SECRET_BASIC = "client_secret_basic"
    CLIENT_SECRET_POST = "client_secret_post"
    NONE = "none"


class OidcScopes(_Text):
    """Values of `Oidc.scopes`."""

    OPENID = "openid"
    PROFILE = "profile"
    EMAIL = "email"
    ADDRESS = "address"
    PHONE = "phone"


class OidcTokenAuthType(_Text):
    """Values of `Oidc.token_auth_type`."""

    URL_PARAMS = "URL_PARAMS"
    BASIC_AUTH = "BASIC_AUTH"


class OrganizationBrandingSource(_Text):
    """Values of `OrganizationBranding.source`."""

    ENVIRONMENT = "ENVIRONMENT"
    CUSTOM = "CUSTOM"


class PasswordlessCodeChallengeType(_Text):
    """Values of `Passwordless.code_challenge_type`."""

    NUMERIC = "NUMERIC"
    ALPHANUMERIC = "ALPHANUMERIC"


class PasswordlessType(_Text):
    """Values of `Passwordless.type`."""

    LINK = "LINK"
    OTP = "OTP"
    LINK_OTP = "LINK_OTP"


class SamlIdpNameIdFormat(_Text):
    """Values of `Saml.idp_name_id_format`."""

    UNSPECIFIED = "UNSPECIFIED"
    EMAIL = "EMAIL"
    TRANSIENT = "TRANSIENT"
    PERSISTENT = "PERSISTENT"


class SamlIdpSsoRequestBinding(_Text):
    """Values of `Saml.idp_sso_request_binding`, `Saml.idp_slo_request_binding`."""

    HTTP_POST = "HTTP_POST"
    HTTP_REDIRECT = "HTTP_REDIRECT"


class SamlSamlSigningOption(_Text):
    """Values of `Saml.saml_signing_option`."""

    NO_SIGNING = "NO_SIGNING"
    SAML_ONLY_RESPONSE_SIGNING = "SAML_ONLY_RESPONSE_SIGNING"
    SAML_ONLY_ASSERTION_SIGNING = "SAML_ONLY_ASSERTION_SIGNING"
    SAML_RESPONSE_ASSERTION_SIGNING = "SAML_RESPONSE_ASSERTION_SIGNING"
    SAML_RESPONSE_OR_ASSERTION_SIGNING = "SAML_RESPONSE_OR_ASSERTION_SIGNING"


class SessionPolicyPolicySource(_Text):
    """Values of `SessionPolicy.policy_source`."""

    APPLICATION = "APPLICATION"
    CUSTOM = "CUSTOM"


class UserAttributeDatatype(_Text):
    """Values of `UserAttribute.datatype`, `DirectoryUserAttribute.datatype`."""

    STRING = "STRING"
    NUMBER = "NUMBER"
    BOOL = "BOOL"
    ARRAY = "ARRAY"
    OBJECT = "OBJECT"


class WebAuthnAuthenticatorAttachment(_Text):
    """Values of `WebAuthn.authenticator_attachment`."""

    PLATFORM = "platform"
    CROSS_PLATFORM = "cross-platform"


class WebAuthnConveyancePreference(_Text):
    """Values of `WebAuthn.conveyance_preference`."""

    NONE = "none"
    INDIRECT = "indirect"
    DIRECT = "direct"


class WebAuthnDesiredAuthenticatorStatus(_Text):
    """Values of `WebAuthn.desired_authenticator_status`, `WebAuthn.undesired_authenticator_status`."""

    NOT_FIDO_CERTIFIED = "NOT_FIDO_CERTIFIED"
    FIDO_CERTIFIED = "FIDO_CERTIFIED"
    USER_VERIFICATION_BYPASS = "USER_VERIFICATION_BYPASS"
    ATTESTATION_KEY_COMPROMISE = "ATTESTATION_KEY_COMPROMISE"
    USER_KEY_REMOTE_COMPROMISE = "USER_KEY_REMOTE_COMPROMISE"
    USER_KEY_PHYSICAL_COMPROMISE = "USER_KEY_PHYSICAL_COMPROMISE"
    UPDATE_AVAILABLE = "UPDATE_AVAILABLE"
    REVOKED = "REVOKED"
    SELF_ASSERTION_SUBMITTED = "SELF_ASSERTION_SUBMITTED"
    FIDO_CERTIFIED_L1 = "FIDO_CERTIFIED_L1"
    FIDO_CERTIFIED_L1_PLUS = "FIDO_CERTIFIED_L1plus"
    FIDO_CERTIFIED_L2 = "FIDO_CERTIFIED_L2"
    FIDO_CERTIFIED_L2_PLUS = "FIDO_CERTIFIED_L2plus"
    FIDO_CERTIFIED_L3 = "FIDO_CERTIFIED_L3"
    FIDO_CERTIFIED_L3_PLUS = "FIDO_CERTIFIED_L3plus"


class WebAuthnUserVerification(_Text):
    """Values of `WebAuthn.user_verification`."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DISCOURAGED = "discouraged"
