"""The blocks of resources as they are read. Generated from the resources by `make generated`. Do not edit.

Each key is an attribute too: `connection.oidc.apply(lambda oidc: oidc and oidc.client_id)`.
"""

from typing import Any, Literal, overload

from pulumi_scalekit.program.block import Block

# fmt: off


class CimdAllowlistEntry(Block):
    """A client, or some clients, that may register by a Client ID Metadata Document."""

    type: str
    """`URL`, or `PREDEFINED` for a client that Scalekit knows by a name."""
    value: str
    """The URL of the document, or the name."""

    @overload
    def __getitem__(self, key: Literal["type", "value"]) -> str: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class GoogleDwd(Block):
    """Settings of Google's domain-wide delegation, by which agents act for the users of a Google Workspace."""

    service_account_json: str | None
    """Key of the service account, the JSON that Google Cloud gave. The API shows a mask of it: a change in the program is detected, a change made elsewhere is not."""
    scopes: list[str] | None
    """Scopes to ask for, a set."""
    token_uri: str | None
    """Google's token endpoint, `https://oauth2.googleapis.com/token` by default."""

    @overload
    def __getitem__(self, key: Literal["service_account_json", "token_uri"]) -> str | None: ...

    @overload
    def __getitem__(self, key: Literal["scopes"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class IdpCertificate(Block):
    """A certificate of the identity provider, as Scalekit holds it."""

    id: str | None
    """Its id."""
    certificate: str | None
    """PEM."""
    issuer: str | None
    """Who issued it."""
    create_time: str | None
    """When Scalekit got it, RFC 3339."""
    expiry_time: str | None
    """When it expires, RFC 3339."""

    @overload
    def __getitem__(self, key: Literal["id", "certificate", "issuer", "create_time", "expiry_time"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class InterceptorApiKey(Block):
    """A key that Scalekit sends in a header."""

    api_key: str | None
    """The key, at most 2048 characters. No answer shows it: a change in the program is detected, a change made elsewhere is not."""
    header_name: str | None
    """Name of the header, such as `x-api-key`."""

    @overload
    def __getitem__(self, key: Literal["api_key", "header_name"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class InterceptorOauth2(Block):
    """A client with which Scalekit gets itself a token."""

    token_url: str | None
    """Where it gets the token, `https://…`."""
    client_id: str | None
    """The client's id."""
    client_secret: str | None
    """The client's secret, at most 2048 characters. No answer shows it: a change in the program is detected, a change made elsewhere is not."""
    scope: str | None
    """Scopes to ask for, with blanks between them."""

    @overload
    def __getitem__(self, key: Literal["token_url", "client_id", "client_secret", "scope"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class IpAllowlist(Block):
    """From which addresses the application may be used."""

    opted_in: bool | None
    """Whether the list is in force."""
    cidrs: list[str] | None
    """Address ranges, `203.0.113.0/24`, a set. Not all addresses, `0.0.0.0/0`."""

    @overload
    def __getitem__(self, key: Literal["opted_in"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: Literal["cidrs"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class LogStreamCrowdstrike(Block):
    """Where CrowdStrike takes the log, and with which token."""

    ingest_url: str
    """Address that takes the log, `https://…`."""
    ingest_token: str | None
    """The token for it. A new stream needs it; Scalekit tries it before it saves anything. No answer shows it: a change in the program is detected, a change made elsewhere is not, but for its `credential_hint`."""

    @overload
    def __getitem__(self, key: Literal["ingest_url"]) -> str: ...

    @overload
    def __getitem__(self, key: Literal["ingest_token"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class LogStreamDatadog(Block):
    """Where Datadog takes the log, and with which key."""

    site: str
    """Datadog's site, such as `datadoghq.eu`."""
    api_key: str | None
    """An API key of Datadog. A new stream needs it; Scalekit tries it before it saves anything. No answer shows it: a change in the program is detected, a change made elsewhere is not, but for its `credential_hint`."""

    @overload
    def __getitem__(self, key: Literal["site"]) -> str: ...

    @overload
    def __getitem__(self, key: Literal["api_key"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class LogStreamGoogleSecops(Block):
    """Where Google SecOps takes the log. It needs no credential, but a grant in Google Cloud."""

    gcp_project_id: str
    """Project of Google Cloud."""
    location: str
    """Location of the instance, such as `us`."""
    instance_id: str
    """The instance of Google SecOps."""
    log_type: str
    """The log type as which it takes the log."""

    @overload
    def __getitem__(self, key: Literal["gcp_project_id", "location", "instance_id", "log_type"]) -> str: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class McpConfigConnectionToolMapping(Block):
    """A connection, and which of its tools the agent gets."""

    connection_name: str
    """Name of the connection, its key id: `key_id` of an `EnvironmentConnection` that declares one."""
    tools: list[str] | None
    """Names of its tools, a set. Left out, the agent gets all of them; an empty set would mean the same, and is refused."""

    @overload
    def __getitem__(self, key: Literal["connection_name"]) -> str: ...

    @overload
    def __getitem__(self, key: Literal["tools"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class OAuth(Block):
    """Settings of an OAuth connection: a social sign-in, or a connector of agents."""

    authorize_uri: str | None
    """Authorization endpoint. Scalekit knows those of its providers."""
    token_uri: str | None
    """Token endpoint."""
    user_info_uri: str | None
    """User info endpoint."""
    client_id: str | None
    """Client id that the provider gave you."""
    client_secret: str | None
    """Secret of that client. The API may not return it: a change in the program is detected, a change made elsewhere is not."""
    use_platform_creds: bool | None
    """Use Scalekit's own client at the provider. For development only."""
    scopes: list[str] | None
    """Scopes to ask for, a set."""
    optional_scopes: list[str] | None
    """Scopes that the provider takes in a field of their own, a set."""
    optional_scopes_field_name: str | None
    """The field that they are sent in, such as `optional_scope` or `bot_scope`."""
    custom_scope_name: str | None
    """What the provider calls the parameter `scope`."""
    pkce_enabled: bool | None
    """Use PKCE."""
    prompt: str | None
    """The parameter `prompt` of the authorization request."""
    access_type: str | None
    """The parameter `access_type`, such as `offline`."""
    token_access_type: str | None
    """The parameter `token_access_type`, such as `offline`."""
    token_endpoint_auth_method: str | None
    """How the client's credentials are sent to the token endpoint. Left out, in the body."""
    tenant_id: str | None
    """Tenant of Microsoft Entra for an app of one or several tenants. Left out, any."""
    app_name: str | None
    """Name of the app, where a provider asks for it in the request, as Trello does."""
    smart_aud: str | None
    """SMART on FHIR: base URL of the FHIR server."""
    smart_domain: str | None
    """SMART on FHIR: domain of the FHIR server."""
    extra_authorize_params: dict[str, str] | None
    """Further parameters of the authorization request. Managed as a whole."""
    googleads_developer_token: str | None
    """Developer token of Google Ads, for provider key `GOOGLEADS`. The API shows its last four characters: a change in the program is detected, a change made elsewhere is not."""
    sync_user_profile_on_login: bool | None
    """Copy the user's profile at each log-in."""

    @overload
    def __getitem__(self, key: Literal["authorize_uri", "token_uri", "user_info_uri", "client_id", "client_secret", "optional_scopes_field_name", "custom_scope_name", "prompt", "access_type", "token_access_type", "token_endpoint_auth_method", "tenant_id", "app_name", "smart_aud", "smart_domain", "googleads_developer_token"]) -> str | None: ...

    @overload
    def __getitem__(self, key: Literal["use_platform_creds", "pkce_enabled", "sync_user_profile_on_login"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: Literal["scopes", "optional_scopes"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: Literal["extra_authorize_params"]) -> dict[str, str] | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class Oidc(Block):
    """Settings of an OIDC connection."""

    issuer: str | None
    """Issuer of the identity provider. With discovery the endpoints follow from it."""
    discovery_endpoint: str | None
    """Address of the discovery document, in place of the issuer."""
    authorize_uri: str | None
    """Authorization endpoint. Needed without discovery."""
    token_uri: str | None
    """Token endpoint. Needed without discovery."""
    user_info_uri: str | None
    """User info endpoint."""
    jwks_uri: str | None
    """Address of the provider's keys. Needed without discovery."""
    client_id: str | None
    """Client id that the identity provider gave to Scalekit."""
    client_secret: str | None
    """Secret of that client. The API does not return it: a change in the program is detected, a change made elsewhere is not."""
    scopes: list[str] | None
    """Scopes to ask for, a set."""
    token_auth_type: str | None
    """How the client authenticates at the token endpoint."""
    pkce_enabled: bool | None
    """Use PKCE."""
    idp_logout_required: bool | None
    """Log out of the identity provider too."""
    sync_user_profile_on_login: bool | None
    """Copy the user's profile at each log-in."""
    jit_provisioning_with_sso_enabled: bool | None
    """Create users at their first log-in."""

    @overload
    def __getitem__(self, key: Literal["issuer", "discovery_endpoint", "authorize_uri", "token_uri", "user_info_uri", "jwks_uri", "client_id", "client_secret", "token_auth_type"]) -> str | None: ...

    @overload
    def __getitem__(self, key: Literal["scopes"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: Literal["pkce_enabled", "idp_logout_required", "sync_user_profile_on_login", "jit_provisioning_with_sso_enabled"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class Passwordless(Block):
    """Settings of the sign-in by e-mail."""

    type: str | None
    """What is sent: a link, a code (`OTP`), or both."""
    validity: int | None
    """Life of a link or code in seconds, 60 to 3600."""
    enforce_same_browser_origin: bool | None
    """Whether a link counts only in the browser in which the sign-in began."""
    regenerate_passwordless_credentials_on_resend: bool | None
    """Whether a new link or code ends the one before."""
    code_challenge_length: int | None
    """Length of a code."""
    code_challenge_type: str | None
    """What a code is made of."""
    frequency: int | None
    """The API's `frequency` of links, which its documents do not explain."""

    @overload
    def __getitem__(self, key: Literal["type", "code_challenge_type"]) -> str | None: ...

    @overload
    def __getitem__(self, key: Literal["validity", "code_challenge_length", "frequency"]) -> int | None: ...

    @overload
    def __getitem__(self, key: Literal["enforce_same_browser_origin", "regenerate_passwordless_credentials_on_resend"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class Saml(Block):
    """Settings of a SAML connection: a metadata URL, or entity id, SSO URL and certificate."""

    idp_metadata_url: str | None
    """Address of the identity provider's metadata. Scalekit reads the entity id, the URLs and the certificates from it, again and again."""
    idp_entity_id: str | None
    """Entity id of the identity provider."""
    idp_sso_url: str | None
    """Where Scalekit sends the user to sign in."""
    idp_slo_url: str | None
    """Where Scalekit sends the user to sign out."""
    idp_certificate: str | None
    """Signing certificate of the identity provider: one X.509 certificate, in PEM form, or as the base64 that metadata and dashboards show. Line breaks, and text before and after it, do not matter."""
    idp_name_id_format: str | None
    """Format of the name id."""
    idp_sso_request_binding: str | None
    """Binding of the sign-in request."""
    idp_slo_request_binding: str | None
    """Binding of the sign-out request."""
    saml_signing_option: str | None
    """What the identity provider signs."""
    force_authn: bool | None
    """Make the user sign in again each time."""
    want_request_signed: bool | None
    """Sign the requests to the identity provider."""
    assertion_encrypted: bool | None
    """Expect encrypted assertions."""
    idp_slo_required: bool | None
    """Sign out of the identity provider too."""
    default_redirect_uri: str | None
    """Where a user lands after a sign-in that the provider started."""
    certificate_id: str | None
    """Scalekit's certificate that signs requests, `cer_…`."""
    ui_button_title: str | None
    """Title of the button on the sign-in page."""
    sync_user_profile_on_login: bool | None
    """Copy the user's profile at each log-in."""
    jit_provisioning_with_sso_enabled: bool | None
    """Create users at their first log-in."""
    sp_entity_id: str | None
    """The service provider's entity id, if it has to stay that of a former one."""
    sp_assertion_url: str | None
    """The service provider's ACS URL, if it has to stay that of a former one."""
    sp_slo_url: str | None
    """The service provider's sign-out URL, if it has to stay that of a former one."""

    @overload
    def __getitem__(self, key: Literal["idp_metadata_url", "idp_entity_id", "idp_sso_url", "idp_slo_url", "idp_certificate", "idp_name_id_format", "idp_sso_request_binding", "idp_slo_request_binding", "saml_signing_option", "default_redirect_uri", "certificate_id", "ui_button_title", "sp_entity_id", "sp_assertion_url", "sp_slo_url"]) -> str | None: ...

    @overload
    def __getitem__(self, key: Literal["force_authn", "want_request_signed", "assertion_encrypted", "idp_slo_required", "sync_user_profile_on_login", "jit_provisioning_with_sso_enabled"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class ScopeSelection(Block):
    """Which scopes people may choose from when they connect an account."""

    scope_selection_allowed: bool | None
    """Whether people choose among the scopes of `oauth` or `google_dwd` at all."""
    required_scopes: list[str] | None
    """Scopes that nobody can deselect, a set out of `scopes`."""
    required_optional_scopes: list[str] | None
    """Of an OAuth connection: the same out of `optional_scopes`, a set."""

    @overload
    def __getitem__(self, key: Literal["scope_selection_allowed"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: Literal["required_scopes", "required_optional_scopes"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class SmtpSettings(Block):
    """How to send mail with the server, and as whom."""

    host: str
    """Name of the server, `smtp.sendgrid.net`."""
    port: int
    """Its port: 587 as a rule, or 465."""
    username: str
    """Name to sign in with, 1 to 255 characters."""
    password: str | None
    """Password to sign in with, 1 to 255 characters; a new server needs it. The API does not return it: a change in the program is detected, a change made elsewhere is not, and the declared one is sent with every change of the settings."""
    from_email: str
    """Address that the mail comes from, at most 255 characters."""
    from_name: str
    """Name that the mail comes from, 1 to 255 characters."""

    @overload
    def __getitem__(self, key: Literal["host", "username", "from_email", "from_name"]) -> str: ...

    @overload
    def __getitem__(self, key: Literal["port"]) -> int: ...

    @overload
    def __getitem__(self, key: Literal["password"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class SsoAdditionInfo(Block):
    """What the attribute is called at identity providers that map nothing else to it. Scalekit wants both names."""

    default_saml_mapping: str
    """Its name in SAML assertions, at most 25 characters."""
    default_oidc_mapping: str
    """Its name in OIDC claims, at most 25 characters."""

    @overload
    def __getitem__(self, key: Literal["default_saml_mapping", "default_oidc_mapping"]) -> str: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class UserProfile(Block):
    """What is known of the user. It is the same in all organizations of the user."""

    given_name: str | None
    """Given name, at most 255 characters."""
    family_name: str | None
    """Family name, at most 255 characters."""
    name: str | None
    """Full name as people see it."""
    locale: str | None
    """Language and region, BCP 47: `en-US`."""
    phone_number: str | None
    """Telephone number, E.164: `+14155552671`."""
    preferred_username: str | None
    """User name, at most 512 characters."""
    picture: str | None
    """Address of a picture, at most 2048 characters."""
    gender: str | None
    """Gender, in the user's words."""

    @overload
    def __getitem__(self, key: Literal["given_name", "family_name", "name", "locale", "phone_number", "preferred_username", "picture", "gender"]) -> str | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)


class WebAuthn(Block):
    """Settings of passkeys."""

    rp_ids: list[str] | None
    """Domains that passkeys are for (relying party ids), 1 to 10, a set. With `rp_origins`."""
    rp_origins: list[str] | None
    """Origins that passkeys are used at, `https://app.example.com`, 1 to 10, a set."""
    show_passkey_button: bool | None
    """Whether the sign-in page has a button for passkeys."""
    enable_conditional_login: bool | None
    """Whether the browser may offer passkeys in the sign-in form."""
    enable_auto_registration: bool | None
    """Whether people are asked to register a passkey."""
    user_verification: str | None
    """Whether the authenticator has to verify the user, by a fingerprint or a PIN."""
    authenticator_attachment: str | None
    """Only authenticators built into the device (`platform`), or only others, such as a security key."""
    conveyance_preference: str | None
    """Whether authenticators are to attest what they are."""
    enterprise_approved_ids: list[str] | None
    """Relying parties that may ask for enterprise attestation, at most 50, a set."""
    validate_entry: bool | None
    """Whether an authenticator must be in the FIDO metadata."""
    validate_entry_permit_zero_aaguid: bool | None
    """With that: whether one without an identity (AAGUID of zeros) passes."""
    validate_anchors: bool | None
    """Whether the attestation must lead to an anchor of the metadata."""
    validate_status: bool | None
    """Whether the status in the metadata counts, by the two lists of statuses."""
    validate_attestation_type: bool | None
    """Whether the attestation must be of a type that the authenticator can make."""
    desired_authenticator_status: list[str] | None
    """Statuses that an authenticator must have, at most 10, a set."""
    undesired_authenticator_status: list[str] | None
    """Statuses that it must not have, at most 10, a set."""
    registration_timeout: int | None
    """Time to register a passkey in seconds, 120 to 1800; 300 by default."""
    registration_timeout_uvd: int | None
    """The same where user verification is discouraged."""
    login_timeout: int | None
    """Time to sign in with a passkey in seconds, 120 to 1800; 300 by default."""
    login_timeout_uvd: int | None
    """The same where user verification is discouraged."""

    @overload
    def __getitem__(self, key: Literal["rp_ids", "rp_origins", "enterprise_approved_ids", "desired_authenticator_status", "undesired_authenticator_status"]) -> list[str] | None: ...

    @overload
    def __getitem__(self, key: Literal["show_passkey_button", "enable_conditional_login", "enable_auto_registration", "validate_entry", "validate_entry_permit_zero_aaguid", "validate_anchors", "validate_status", "validate_attestation_type"]) -> bool | None: ...

    @overload
    def __getitem__(self, key: Literal["user_verification", "authenticator_attachment", "conveyance_preference"]) -> str | None: ...

    @overload
    def __getitem__(self, key: Literal["registration_timeout", "registration_timeout_uvd", "login_timeout", "login_timeout_uvd"]) -> int | None: ...

    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)
