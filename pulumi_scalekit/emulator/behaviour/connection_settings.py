"""The protocol settings of a connection: what a PATCH keeps, what the server adds, when they are complete."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding

from pulumi_scalekit.emulator.behaviour import text_rules
from pulumi_scalekit.emulator.behaviour.store import Record, Store, timestamp
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving.request import Json

MASK = "*" * 12
SINGLE_SIGN_ON = ("OIDC", "SAML")
"""What an organization's connection may speak; the others belong to the environment."""
BLOCKS = {
    "OIDC": "oidc_config",
    "SAML": "saml_config",
    "OAUTH": "oauth_config",
    "PASSWORDLESS": "passwordless_config",
    "WEBAUTHN": "webauthn_config",
    "GOOGLE_DWD": "google_dwd_config",
    "BASIC": "static_config",
    "BEARER": "static_config",
    "API_KEY": "static_config",
    "NO_AUTH": "static_config",
}
# By block, what is secret, and how many of its last characters an answer shows; None: as the switch says.
_SECRETS: dict[str, dict[str, int | None]] = {
    "oidc_config": {"client_secret": None},
    "oauth_config": {"client_secret": None, "googleads_developer_token": 4},
    "google_dwd_config": {"service_account_json": 0},
}
_CERTIFICATE = "idp_certificate"
_OUTPUTS = {
    "oidc_config": ("redirect_uri", "post_logout_redirect_uri", "backchannel_logout_redirect_uri"),
    "saml_config": ("sp_metadata_url", "sp_slo_url", "idp_certificates", "allow_idp_initiated_login"),
    "oauth_config": ("redirect_uri", "is_cimd"),
}
# By block, which scopes nobody can deselect.
_REQUIRED = {
    "oauth_config": ("required_scopes", "required_optional_scopes"),
    "google_dwd_config": ("required_scopes",),
}
# By block, flags of which a message cannot say that they were left out: they are off then, or nobody could put one off.
_PLAIN_FLAGS = {"webauthn_config": ("enable_auto_registration", "show_passkey_button", "enable_conditional_login")}
_OVERRIDABLE = ("sp_entity_id", "sp_assertion_url")
_OIDC_DEFAULTS = {
    "scopes": ["openid", "profile", "email"],
    "token_auth_type": "BASIC_AUTH",
    "jit_provisioning_with_sso_enabled": True,
}
_SAML_DEFAULTS = {
    "certificate_id": "cer_1",
    "idp_name_id_format": "EMAIL",
    "idp_sso_request_binding": "HTTP_POST",
    "idp_slo_request_binding": "HTTP_POST",
    "saml_signing_option": "SAML_ONLY_RESPONSE_SIGNING",
    "force_authn": False,
    "want_request_signed": True,
    "assertion_encrypted": False,
    "allow_idp_initiated_login": False,
    "jit_provisioning_with_sso_enabled": True,
}


def block(connection: Record) -> str:
    return BLOCKS[connection["type"]]


def begin(connection: Record, url: str, switches: Switches) -> None:
    """The addresses to register at the identity provider; a new connection has them."""
    base = f"{url}/sso/v1/{connection['type'].lower()}/{connection['id']}"
    if connection["type"] == "OIDC":
        connection["oidc_config"] = {
            "redirect_uri": f"{base}/callback",
            "post_logout_redirect_uri": f"{base}/logout/callback",
            "backchannel_logout_redirect_uri": f"{base}/backchannel-logout",
            **(_OIDC_DEFAULTS if switches.oidc_defaults == "filled" else {}),
        }
    elif connection["type"] == "OAUTH":
        connection["oauth_config"] = {"redirect_uri": f"{base}/callback"}
    elif connection["type"] == "SAML":
        connection["saml_config"] = {
            "sp_entity_id": base,
            "sp_assertion_url": f"{base}/callback",
            "sp_metadata_url": f"{base}/metadata",
            "sp_slo_url": f"{base}/slo",
            **(_SAML_DEFAULTS if switches.saml_defaults == "filled" else {}),
        }


def check(connection: Record, sent: Json, *, debug_enabled: bool) -> None:
    """Refuse settings that break a rule, before anything is changed."""
    text_rules.endpoints(block(connection), sent, debug_enabled=debug_enabled)
    text_rules.environment_settings(connection, block(connection), sent)
    if sent.get(_CERTIFICATE):
        text_rules.certificate(sent[_CERTIFICATE])


def configure(connection: Record, sent: Json, store: Store, switches: Switches) -> None:
    name = block(connection)
    known = connection.setdefault(name, {})
    outputs = _OUTPUTS.get(name, ())
    sent = {key: value for key, value in sent.items() if key not in outputs}
    if switches.empty_nested_string == "ignored":
        sent = {key: value for key, value in sent.items() if value != ""}
    certificate = sent.pop(_CERTIFICATE, None)
    sent = _scope_selection(name, sent)
    if switches.partial_config == "replaced":
        for key in [key for key in known if key not in (*outputs, *_OVERRIDABLE) and key not in sent]:
            del known[key]
    known.update({**dict.fromkeys(_PLAIN_FLAGS.get(name, ()), False), **sent})
    if certificate is not None:
        known["idp_certificates"] = _certificates(certificate, known, store, switches)
    if switches.discovery == "filled":
        _discover(connection, sent)


def _scope_selection(block: str, sent: Json) -> Json:
    """What people must grant counts only beside the switch, which replaces it."""
    required = {name: sent.get(name, []) for name in _REQUIRED.get(block, ())}
    rest = {name: value for name, value in sent.items() if name not in required}
    return {**rest, **required} if "scope_selection_allowed" in sent else rest


def _discover(connection: Record, sent: Json) -> None:
    """Fill in what the issuer's configuration or the metadata document would contain, except what the client set."""
    discovered: Json = {}
    if oidc := connection.get("oidc_config"):
        issuer = (oidc.get("issuer") or oidc.get("discovery_endpoint", "").partition("/.well-known")[0]).rstrip("/")
        if issuer and connection.get("configuration_type") != "MANUAL":
            discovered = {
                "issuer": issuer,
                "authorize_uri": f"{issuer}/oauth2/v1/authorize",
                "token_uri": f"{issuer}/oauth2/v1/token",
                "user_info_uri": f"{issuer}/oauth2/v1/userinfo",
                "jwks_uri": f"{issuer}/oauth2/v1/keys",
            }
    elif (saml := connection.get("saml_config")) and (metadata_url := saml.get("idp_metadata_url")):
        discovered = {
            "idp_entity_id": metadata_url,
            "idp_sso_url": f"{metadata_url}/sso",
            "idp_slo_url": f"{metadata_url}/slo",
        }
    settings = connection[block(connection)]
    filled = set(connection.get("_discovered", ())) - set(sent)
    for key, value in discovered.items():
        if key in filled or not settings.get(key):
            settings[key] = value
            filled.add(key)
    connection["_discovered"] = sorted(filled)


def given(connection: Record) -> Json:
    """The settings that somebody has set, as a PATCH takes them: who sends them all loses none, however it treats the others."""
    name = block(connection)
    others = {*_OUTPUTS[name], *_OVERRIDABLE, *connection.get("_discovered", ())}
    return {key: value for key, value in connection.get(name, {}).items() if key not in others}


def lacking(connection: Record) -> list[str]:
    """The settings that are missing, without which nobody can sign in."""
    settings = connection.get(block(connection), {})
    if connection["type"] == "OAUTH":
        wanted = [] if settings.get("use_platform_creds") else ["client_id", "client_secret"]
    elif connection["type"] == "GOOGLE_DWD":
        wanted = ["service_account_json"]
    elif connection["type"] not in SINGLE_SIGN_ON:
        return []
    elif connection["type"] == "OIDC":
        wanted = ["client_id", "client_secret"]
        if not settings.get("issuer") and not settings.get("discovery_endpoint"):
            wanted += ["authorize_uri", "token_uri"]
    elif settings.get("idp_metadata_url"):
        return []
    else:
        wanted = ["idp_entity_id", "idp_sso_url", "idp_certificates"]
    return [name for name in wanted if not settings.get(name)]


def progress(connection: Record, switches: Switches) -> None:
    """DRAFT until configured at all, COMPLETED when nothing is missing."""
    name = block(connection)
    given = set(connection.get(name, {})) - set(_OUTPUTS.get(name, ())) - set(_OVERRIDABLE) - set(_OIDC_DEFAULTS)
    given -= set(_SAML_DEFAULTS)
    if lacking(connection):
        connection["status"] = "IN_PROGRESS" if given else "DRAFT"
    elif switches.connection_completes == "configured" or connection["enabled"]:
        connection["status"] = "COMPLETED"
    elif connection["status"] != "COMPLETED":
        connection["status"] = "IN_PROGRESS"


def without_secrets(answer: Json, switches: Switches) -> Json:
    shown = dict(answer)
    for block_, secrets in _SECRETS.items():
        held: Json = shown.get(block_) or {}
        for name, last in secrets.items():
            if not held.get(name) or (last is None and switches.client_secret_echo == "clear"):  # noqa: S105
                continue
            held = {key: value for key, value in held.items() if key != name} | _mask(name, held[name], last, switches)
            shown[block_] = held
    return shown


def _mask(name: str, secret: str, last: int | None, switches: Switches) -> Json:
    if last is None:
        return {name: MASK} if switches.client_secret_echo == "masked" else {}  # noqa: S105
    return {name: MASK + (secret[-last:] if last else "")}


def _certificates(text: str, known: Json, store: Store, switches: Switches) -> list[Json]:
    if not text:
        return []
    parsed = text_rules.certificate(text)
    pem = parsed.public_bytes(Encoding.PEM).decode()
    for former in known.get("idp_certificates", ()):
        if text_rules.certificate(former["certificate"]) == parsed:
            return [former]
    return [
        {
            "id": store.new_id("cer"),
            "certificate": pem if switches.certificate == "normalised" else text,
            "create_time": store.now(),
            "issuer": parsed.issuer.rfc4514_string(),
            "expiry_time": timestamp(parsed.not_valid_after_utc.timestamp()),
        }
    ]
