"""The settings of each protocol that a connection may speak: the blocks `oidc` and `saml`."""

from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums
from pulumi_scalekit.model import address, certificate, secret
from pulumi_scalekit.program.resource import prop

Scope = Literal["openid", "profile", "email", "address", "phone"] | enums.OidcScopes
TokenAuthType = Literal["URL_PARAMS", "BASIC_AUTH"] | enums.OidcTokenAuthType
NameIdFormat = Literal["UNSPECIFIED", "EMAIL", "TRANSIENT", "PERSISTENT"] | enums.SamlIdpNameIdFormat
RequestBinding = Literal["HTTP_POST", "HTTP_REDIRECT"] | enums.SamlIdpSsoRequestBinding
SigningOption = Literal[
    "NO_SIGNING", "SAML_ONLY_RESPONSE_SIGNING", "SAML_ONLY_ASSERTION_SIGNING", "SAML_RESPONSE_ASSERTION_SIGNING",
    "SAML_RESPONSE_OR_ASSERTION_SIGNING",
] | enums.SamlSamlSigningOption  # fmt: skip


_DISCOVERED: dict[str, Any] = {
    "server_default": ("issuer", "discovery_endpoint"),
    "given_with": ("configuration_type", "MANUAL"),
    "rule": address.web,
}
_FROM_METADATA: dict[str, Any] = {"server_default": ("idp_metadata_url",)}
_JIT_PROVISIONING: Any = prop("Create users at their first log-in.", server_default=True)


class Oidc(TypedDict, total=False):
    """Settings of an OIDC connection."""

    issuer: Annotated[
        Input[str],
        prop(
            "Issuer of the identity provider. With discovery the endpoints follow from it.",
            server_default=("discovery_endpoint",),
            rule=address.issuer,
        ),
    ]
    discovery_endpoint: Annotated[
        Input[str],
        prop(
            "Address of the discovery document, in place of the issuer.", server_default=("issuer",), rule=address.web
        ),
    ]
    authorize_uri: Annotated[Input[str], prop("Authorization endpoint. Needed without discovery.", also=_DISCOVERED)]
    token_uri: Annotated[Input[str], prop("Token endpoint. Needed without discovery.", also=_DISCOVERED)]
    user_info_uri: Annotated[Input[str], prop("User info endpoint.", also=_DISCOVERED)]
    jwks_uri: Annotated[Input[str], prop("Address of the provider's keys. Needed without discovery.", also=_DISCOVERED)]
    client_id: Annotated[
        Input[str], prop("Client id that the identity provider gave to Scalekit.", rule=secret.placeholder)
    ]
    client_secret: Annotated[
        Input[str],
        prop(
            "Secret of that client. The API does not return it: a change in the program is detected, a change made "
            "elsewhere is not.",
            secret=True,
            write_only=True,
        ),
    ]
    scopes: Annotated[Input[list[Input[Scope]]], prop("Scopes to ask for, a set.", unordered=True, server_default=True)]
    token_auth_type: Annotated[
        Input[TokenAuthType], prop("How the client authenticates at the token endpoint.", server_default=True)
    ]
    pkce_enabled: Annotated[Input[bool], prop("Use PKCE.")]
    idp_logout_required: Annotated[Input[bool], prop("Log out of the identity provider too.")]
    sync_user_profile_on_login: Annotated[Input[bool], prop("Copy the user's profile at each log-in.")]
    jit_provisioning_with_sso_enabled: Annotated[Input[bool], _JIT_PROVISIONING]


class Saml(TypedDict, total=False):
    """Settings of a SAML connection: a metadata URL, or entity id, SSO URL and certificate."""

    idp_metadata_url: Annotated[
        Input[str],
        prop(
            "Address of the identity provider's metadata. Scalekit reads the entity id, the URLs and the certificates from it, "
            "again and again.",
            rule=address.web,
        ),
    ]
    idp_entity_id: Annotated[
        Input[str], prop("Entity id of the identity provider.", rule=address.entity_id, also=_FROM_METADATA)
    ]
    idp_sso_url: Annotated[
        Input[str], prop("Where Scalekit sends the user to sign in.", rule=address.web, also=_FROM_METADATA)
    ]
    idp_slo_url: Annotated[
        Input[str], prop("Where Scalekit sends the user to sign out.", rule=address.web, also=_FROM_METADATA)
    ]
    idp_certificate: Annotated[
        Input[str],
        prop(
            "Signing certificate of the identity provider: one X.509 certificate, in PEM form, or as the base64 that "
            "metadata and dashboards show. Line breaks, and text before and after it, do not matter.",
            normal=certificate.normal,
            rule=certificate.refused,
            also=_FROM_METADATA,
        ),
    ]
    idp_name_id_format: Annotated[Input[NameIdFormat], prop("Format of the name id.", server_default=True)]
    idp_sso_request_binding: Annotated[
        Input[RequestBinding], prop("Binding of the sign-in request.", server_default=True)
    ]
    idp_slo_request_binding: Annotated[
        Input[RequestBinding], prop("Binding of the sign-out request.", server_default=True)
    ]
    saml_signing_option: Annotated[Input[SigningOption], prop("What the identity provider signs.", server_default=True)]
    force_authn: Annotated[Input[bool], prop("Make the user sign in again each time.")]
    want_request_signed: Annotated[
        Input[bool], prop("Sign the requests to the identity provider.", server_default=True)
    ]
    assertion_encrypted: Annotated[Input[bool], prop("Expect encrypted assertions.")]
    idp_slo_required: Annotated[Input[bool], prop("Sign out of the identity provider too.")]
    default_redirect_uri: Annotated[
        Input[str], prop("Where a user lands after a sign-in that the provider started.", rule=address.target)
    ]
    certificate_id: Annotated[
        Input[str], prop("Scalekit's certificate that signs requests, `cer_…`.", server_default=True)
    ]
    ui_button_title: Annotated[Input[str], prop("Title of the button on the sign-in page.")]
    sync_user_profile_on_login: Annotated[Input[bool], prop("Copy the user's profile at each log-in.")]
    jit_provisioning_with_sso_enabled: Annotated[Input[bool], _JIT_PROVISIONING]
    sp_entity_id: Annotated[
        Input[str],
        prop(
            "The service provider's entity id, if it has to stay that of a former one.",
            server_default=True,
            rule=address.entity_id,
        ),
    ]
    sp_assertion_url: Annotated[
        Input[str],
        prop(
            "The service provider's ACS URL, if it has to stay that of a former one.",
            server_default=True,
            rule=address.web,
        ),
    ]
    sp_slo_url: Annotated[
        Input[str],
        prop(
            "The service provider's sign-out URL, if it has to stay that of a former one.",
            server_default=True,
            rule=address.web,
        ),
    ]


class IdpCertificate(TypedDict, total=False):
    """A certificate of the identity provider, as Scalekit holds it."""

    id: Annotated[str, prop("Its id.")]
    certificate: Annotated[str, prop("PEM.")]
    issuer: Annotated[str, prop("Who issued it.")]
    create_time: Annotated[str, prop("When Scalekit got it, RFC 3339.")]
    expiry_time: Annotated[str, prop("When it expires, RFC 3339.")]
