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


class McpConfigConnectionToolMapping(Block):
    """A connection, and which of its tools the agent gets."""

    connection_name: str
    """Name of the connection, its key id."""
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
