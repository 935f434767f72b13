"""The protocol settings of a connection: what a PATCH keeps, what the server adds, when they are complete."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding

from pulumi_scalekit.emulator.behaviour import text_rules
from pulumi_scalekit.emulator.behaviour.store import Record, Store, timestamp
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving.request import Json

MASK = "*" * 12
BLOCKS = {"OIDC": "oidc_config", "SAML": "saml_config"}
_SECRET = "client_secret"  # noqa: S105 - the name of a setting
_CERTIFICATE = "idp_certificate"
_OUTPUTS = {
    "oidc_config": ("redirect_uri", "post_logout_redirect_uri", "backchannel_logout_redirect_uri"),
    "saml_config": ("sp_metadata_url", "sp_slo_url", "idp_certificates", "allow_idp_initiated_login"),
}
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
    else:
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
    if switches.partial_config == "replaced":
        for key in [key for key in known if key not in (*outputs, *_OVERRIDABLE) and key not in sent]:
            del known[key]
    known.update(sent)
    if certificate is not None:
        known["idp_certificates"] = _certificates(certificate, known, store, switches)
    if switches.discovery == "filled":
        _discover(connection, sent)


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
    if connection["type"] == "OIDC":
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
    oidc = answer.get("oidc_config", {})
    if not oidc.get(_SECRET) or switches.client_secret_echo == "clear":  # noqa: S105 - the value of a switch
        return answer
    visible = {name: value for name, value in oidc.items() if name != _SECRET}
    if switches.client_secret_echo == "masked":  # noqa: S105
        visible[_SECRET] = MASK
    return {**answer, "oidc_config": visible}


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
