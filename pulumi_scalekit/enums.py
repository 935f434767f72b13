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
    """Values of `UserAttribute.datatype`."""

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
    FIDO_CERTIFIED_L1PLUS = "FIDO_CERTIFIED_L1plus"
    FIDO_CERTIFIED_L2 = "FIDO_CERTIFIED_L2"
    FIDO_CERTIFIED_L2PLUS = "FIDO_CERTIFIED_L2plus"
    FIDO_CERTIFIED_L3 = "FIDO_CERTIFIED_L3"
    FIDO_CERTIFIED_L3PLUS = "FIDO_CERTIFIED_L3plus"


class WebAuthnUserVerification(_Text):
    """Values of `WebAuthn.user_verification`."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DISCOURAGED = "discouraged"
