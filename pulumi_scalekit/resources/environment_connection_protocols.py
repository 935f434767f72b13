"""The settings of each way that a connection of the environment may sign people in, and how the API nests them."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums
from pulumi_scalekit.model import address, secret
from pulumi_scalekit.model.field import REFUSE, Body
from pulumi_scalekit.program.resource import prop

TokenEndpointAuthMethod = (
    Literal["client_secret_basic", "client_secret_post", "none"] | enums.OAuthTokenEndpointAuthMethod
)
Delivery = Literal["LINK", "OTP", "LINK_OTP"] | enums.PasswordlessType
CodeType = Literal["NUMERIC", "ALPHANUMERIC"] | enums.PasswordlessCodeChallengeType
Conveyance = Literal["none", "indirect", "direct"] | enums.WebAuthnConveyancePreference
UserVerification = Literal["required", "preferred", "discouraged"] | enums.WebAuthnUserVerification
Attachment = Literal["platform", "cross-platform"] | enums.WebAuthnAuthenticatorAttachment
AuthenticatorStatus = Literal[
    "NOT_FIDO_CERTIFIED", "FIDO_CERTIFIED", "USER_VERIFICATION_BYPASS", "ATTESTATION_KEY_COMPROMISE",
    "USER_KEY_REMOTE_COMPROMISE", "USER_KEY_PHYSICAL_COMPROMISE", "UPDATE_AVAILABLE", "REVOKED", "SELF_ASSERTION_SUBMITTED",
    "FIDO_CERTIFIED_L1", "FIDO_CERTIFIED_L1plus", "FIDO_CERTIFIED_L2", "FIDO_CERTIFIED_L2plus", "FIDO_CERTIFIED_L3",
    "FIDO_CERTIFIED_L3plus",
] | enums.WebAuthnDesiredAuthenticatorStatus  # fmt: skip

_ENDPOINT: dict[str, Any] = {"rule": address.web, "server_default": True}
_TOGETHER: dict[str, Any] = {"items": (1, 10), "clear": REFUSE, "clear_advice": "Declare the ones that are valid now."}
_TIME: dict[str, Any] = {"between": (120, 1800)}


class OAuth(TypedDict, total=False):
    """Settings of an OAuth connection: a social sign-in, or a connector of agents."""

    authorize_uri: Annotated[
        Input[str], prop("Authorization endpoint. Scalekit knows those of its providers.", also=_ENDPOINT)
    ]
    token_uri: Annotated[Input[str], prop("Token endpoint.", also=_ENDPOINT)]
    user_info_uri: Annotated[Input[str], prop("User info endpoint.", also=_ENDPOINT)]
    client_id: Annotated[Input[str], prop("Client id that the provider gave you.", rule=secret.placeholder)]
    client_secret: Annotated[
        Input[str],
        prop(
            "Secret of that client. The API may not return it: a change in the program is detected, a change made "
            "elsewhere is not.",
            secret=True,
            write_only=True,
        ),
    ]
    use_platform_creds: Annotated[Input[bool], prop("Use Scalekit's own client at the provider. For development only.")]
    scopes: Annotated[Input[list[Input[str]]], prop("Scopes to ask for, a set.", unordered=True)]
    optional_scopes: Annotated[
        Input[list[Input[str]]],
        prop("Scopes that the provider takes in a field of their own, a set.", unordered=True),
    ]
    optional_scopes_field_name: Annotated[
        Input[str], prop("The field that they are sent in, such as `optional_scope` or `bot_scope`.")
    ]
    custom_scope_name: Annotated[Input[str], prop("What the provider calls the parameter `scope`.")]
    pkce_enabled: Annotated[Input[bool], prop("Use PKCE.")]
    prompt: Annotated[Input[str], prop("The parameter `prompt` of the authorization request.")]
    access_type: Annotated[Input[str], prop("The parameter `access_type`, such as `offline`.")]
    token_access_type: Annotated[Input[str], prop("The parameter `token_access_type`, such as `offline`.")]
    token_endpoint_auth_method: Annotated[
        Input[TokenEndpointAuthMethod],
        prop("How the client's credentials are sent to the token endpoint. Left out, in the body."),
    ]
    tenant_id: Annotated[
        Input[str],
        prop("Tenant of Microsoft Entra for an app of one or several tenants. Left out, any.", rule=secret.placeholder),
    ]
    app_name: Annotated[
        Input[str], prop("Name of the app, where a provider asks for it in the request, as Trello does.")
    ]
    smart_aud: Annotated[Input[str], prop("SMART on FHIR: base URL of the FHIR server.", rule=address.web)]
    smart_domain: Annotated[Input[str], prop("SMART on FHIR: domain of the FHIR server.")]
    extra_authorize_params: Annotated[
        Input[dict[str, Input[str]]],
        prop("Further parameters of the authorization request. Managed as a whole."),
    ]
    googleads_developer_token: Annotated[
        Input[str],
        prop(
            "Developer token of Google Ads, for provider key `GOOGLEADS`. The API shows its last four characters: a change in "
            "the program is detected, a change made elsewhere is not.",
            secret=True,
            masked=True,
            write_only=True,
        ),
    ]
    sync_user_profile_on_login: Annotated[Input[bool], prop("Copy the user's profile at each log-in.")]


class ScopeSelection(TypedDict, total=False):
    """Which scopes people may choose from when they connect an account."""

    scope_selection_allowed: Annotated[
        Input[bool], prop("Whether people choose among the scopes of `oauth` or `google_dwd` at all.")
    ]
    required_scopes: Annotated[
        Input[list[Input[str]]], prop("Scopes that nobody can deselect, a set out of `scopes`.", unordered=True)
    ]
    required_optional_scopes: Annotated[
        Input[list[Input[str]]],
        prop("Of an OAuth connection: the same out of `optional_scopes`, a set.", unordered=True),
    ]


class Passwordless(TypedDict, total=False):
    """Settings of the sign-in by e-mail."""

    type: Annotated[Input[Delivery], prop("What is sent: a link, a code (`OTP`), or both.")]
    validity: Annotated[Input[int], prop("Life of a link or code in seconds, 60 to 3600.", between=(60, 3600))]
    enforce_same_browser_origin: Annotated[
        Input[bool], prop("Whether a link counts only in the browser in which the sign-in began.")
    ]
    regenerate_passwordless_credentials_on_resend: Annotated[
        Input[bool], prop("Whether a new link or code ends the one before.")
    ]
    code_challenge_length: Annotated[Input[int], prop("Length of a code.", between=(1, 2**32 - 1))]
    code_challenge_type: Annotated[Input[CodeType], prop("What a code is made of.")]
    frequency: Annotated[
        Input[int],
        prop("The API's `frequency` of links, which its documents do not explain.", between=(0, 2**32 - 1)),
    ]


class WebAuthn(TypedDict, total=False):
    """Settings of passkeys."""

    rp_ids: Annotated[
        Input[list[Input[str]]],
        prop(
            "Domains that passkeys are for (relying party ids), 1 to 10, a set. With `rp_origins`.",
            unordered=True,
            **_TOGETHER,
        ),
    ]
    rp_origins: Annotated[
        Input[list[Input[str]]],
        prop(
            "Origins that passkeys are used at, `https://app.example.com`, 1 to 10, a set.", unordered=True, **_TOGETHER
        ),
    ]
    show_passkey_button: Annotated[Input[bool], prop("Whether the sign-in page has a button for passkeys.")]
    enable_conditional_login: Annotated[
        Input[bool], prop("Whether the browser may offer passkeys in the sign-in form.")
    ]
    enable_auto_registration: Annotated[Input[bool], prop("Whether people are asked to register a passkey.")]
    user_verification: Annotated[
        Input[UserVerification], prop("Whether the authenticator has to verify the user, by a fingerprint or a PIN.")
    ]
    authenticator_attachment: Annotated[
        Input[Attachment],
        prop("Only authenticators built into the device (`platform`), or only others, such as a security key."),
    ]
    conveyance_preference: Annotated[Input[Conveyance], prop("Whether authenticators are to attest what they are.")]
    enterprise_approved_ids: Annotated[
        Input[list[Input[str]]],
        prop(
            "Relying parties that may ask for enterprise attestation, at most 50, a set.", unordered=True, items=(0, 50)
        ),
    ]
    validate_entry: Annotated[Input[bool], prop("Whether an authenticator must be in the FIDO metadata.")]
    validate_entry_permit_zero_aaguid: Annotated[
        Input[bool], prop("With that: whether one without an identity (AAGUID of zeros) passes.")
    ]
    validate_anchors: Annotated[Input[bool], prop("Whether the attestation must lead to an anchor of the metadata.")]
    validate_status: Annotated[
        Input[bool], prop("Whether the status in the metadata counts, by the two lists of statuses.")
    ]
    validate_attestation_type: Annotated[
        Input[bool], prop("Whether the attestation must be of a type that the authenticator can make.")
    ]
    desired_authenticator_status: Annotated[
        Input[list[Input[AuthenticatorStatus]]],
        prop("Statuses that an authenticator must have, at most 10, a set.", unordered=True, items=(0, 10)),
    ]
    undesired_authenticator_status: Annotated[
        Input[list[Input[AuthenticatorStatus]]],
        prop("Statuses that it must not have, at most 10, a set.", unordered=True, items=(0, 10)),
    ]
    registration_timeout: Annotated[
        Input[int], prop("Time to register a passkey in seconds, 120 to 1800; 300 by default.", also=_TIME)
    ]
    registration_timeout_uvd: Annotated[
        Input[int], prop("The same where user verification is discouraged.", also=_TIME)
    ]
    login_timeout: Annotated[
        Input[int], prop("Time to sign in with a passkey in seconds, 120 to 1800; 300 by default.", also=_TIME)
    ]
    login_timeout_uvd: Annotated[Input[int], prop("The same where user verification is discouraged.", also=_TIME)]


class GoogleDwd(TypedDict, total=False):
    """Settings of Google's domain-wide delegation, by which agents act for the users of a Google Workspace."""

    service_account_json: Annotated[
        Input[str],
        prop(
            "Key of the service account, the JSON that Google Cloud gave. The API shows a mask of it: a change in the program is "
            "detected, a change made elsewhere is not.",
            secret=True,
            masked=True,
            write_only=True,
        ),
    ]
    scopes: Annotated[Input[list[Input[str]]], prop("Scopes to ask for, a set.", unordered=True)]
    token_uri: Annotated[
        Input[str], prop("Google's token endpoint, `https://oauth2.googleapis.com/token` by default.", also=_ENDPOINT)
    ]


OAUTH: dict[str, tuple[str, ...]] = {
    "optional_scopes": ("optional_scopes", "scopes"),
    "optional_scopes_field_name": ("optional_scopes", "field_name"),
    "smart_aud": ("extensions", "smart", "aud"),
    "smart_domain": ("extensions", "smart", "domain"),
    "extra_authorize_params": ("extensions", "extra_authorize_params"),
}
WEBAUTHN: dict[str, tuple[str, ...]] = {
    "rp_ids": ("rp", "ids"),
    "rp_origins": ("rp", "origins"),
    "conveyance_preference": ("attestation", "conveyance_preference"),
    "enterprise_approved_ids": ("attestation", "enterprise_approved_ids"),
    **{
        name: ("authenticators", name)
        for name in (
            "validate_entry", "validate_entry_permit_zero_aaguid", "validate_anchors", "validate_status",
            "validate_attestation_type", "desired_authenticator_status", "undesired_authenticator_status",
        )
    },
    "user_verification": ("authenticator_selection", "user_verification"),
    "authenticator_attachment": ("authenticator_selection", "authenticator_attachment"),
    **{
        name: ("timeout", name.replace("_timeout", ""))
        for name in ("registration_timeout", "registration_timeout_uvd", "login_timeout", "login_timeout_uvd")
    },
}  # fmt: skip
"""Where a key of our block stands in the API's."""


def nested(block: Body, paths: Mapping[str, tuple[str, ...]]) -> Body:
    """A block as the API nests it."""
    made: Body = {}
    for name, value in block.items():
        *above, key = paths.get(name, (name,))
        inner = made
        for part in above:
            inner = inner.setdefault(part, {})
        inner[key] = f"{value}s" if above == ["timeout"] else value
    return made


def flat(block: Body | None, paths: Mapping[str, tuple[str, ...]]) -> Body | None:
    """A nested block of the API as ours."""
    if not block:
        return block
    made = {name: value for name, value in block.items() if name not in {path[0] for path in paths.values()}}
    for name, path in paths.items():
        value: Any = block
        for part in path:
            value = (value or {}).get(part)
        if value is not None:
            made[name] = _seconds(value) if path[0] == "timeout" else value
    return made


def _seconds(duration: Any) -> int | None:
    """The seconds of `300s`; an answer says with none or with 0 that nothing is set."""
    return int(float(str(duration).removesuffix("s"))) or None
