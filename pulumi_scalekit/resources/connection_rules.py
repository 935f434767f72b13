"""What a connection's settings must be to one another, for `Connection` and `ConnectionSettings`.

A connection may have settings that a program does not declare: in the other of the two, from an import that left out what
Scalekit fills in, or made in the admin portal. So only what is declared is judged, and what is left out counts as missing
only in a `Connection` that does not exist yet.
"""

from collections.abc import Iterator
from typing import Any

from pulumi_scalekit.model.field import Values

Broken = list[tuple[str, str]]

_PROTOCOLS = {"OIDC": "oidc", "SAML": "saml"}
_SOCIAL = ("GITHUB", "GITLAB", "LINKEDIN", "SALESFORCE", "MICROSOFT")
_OF_SCALEKIT = (
    "no connection of an organization can have provider SCALEKIT, which is reserved for Scalekit. Declare the customer's "
    "identity provider, or CUSTOM"
)
_SOCIAL_SIGN_IN = (
    "{} is a social sign-in of the environment, which has neither OIDC nor SAML settings. For an organization's own sign-in "
    "with it, declare {}"
)
_ENDPOINTS = {
    "oidc": ("issuer", "discovery_endpoint", "authorize_uri", "token_uri", "user_info_uri", "jwks_uri"),
    "saml": ("idp_metadata_url", "idp_sso_url", "idp_slo_url"),
    "oauth": ("authorize_uri", "token_uri", "user_info_uri"),
}
# What signs nobody in while it is missing: of each line one whole group has to be there.
_NEEDED: dict[str, tuple[tuple[tuple[str, ...], ...], ...]] = {
    "oidc": (
        (("client_id",),),
        (("client_secret",), ("pkce_enabled",)),
        (("issuer",), ("discovery_endpoint",), ("authorize_uri", "token_uri")),
    ),
    "saml": ((("idp_metadata_url",), ("idp_entity_id", "idp_sso_url", "idp_certificate")),),
}
_NEEDS_NOTHING = "IDP_SIMULATOR"

IDENTITY_PROVIDER = (
    "oidc.issuer",
    "oidc.discovery_endpoint",
    "saml.idp_entity_id",
    "saml.idp_metadata_url",
    "saml.idp_sso_url",
)
"""Where two connections with the same value sign in to the same identity provider."""


def fitting(values: Values) -> Broken:
    """Provider, type and blocks fit together, and nothing that Scalekit needs is declared empty."""
    return [
        *_provider(values),
        *_blocks(values),
        *insecure(values, left_out=False),
        *_incomplete(values, left_out=False),
    ]


def whole(values: Values) -> Broken:
    """Of a connection that does not exist yet: nothing that Scalekit needs is left out."""
    refused = fitting(values)
    found = [*insecure(values, left_out=True), *_incomplete(values, left_out=True)]
    return [problem for problem in found if problem not in refused]


def _provider(values: Values) -> Iterator[tuple[str, str]]:
    provider = values.get("provider")
    if provider == "SCALEKIT":
        yield "provider", _OF_SCALEKIT
    elif provider in _SOCIAL:
        instead = "MICROSOFT_AD for Entra ID, or CUSTOM" if provider == "MICROSOFT" else "CUSTOM"
        yield "provider", _SOCIAL_SIGN_IN.format(provider, instead)
    elif provider == "ADFS" and values.get("type") == "OIDC":
        yield "type", "type OIDC does not go with provider ADFS: Scalekit connects AD FS by SAML. Or declare CUSTOM"


def _blocks(values: Values) -> Iterator[tuple[str, str]]:
    protocol = values.get("type")
    other = {"OIDC": "saml", "SAML": "oidc"}.get(protocol or "")
    if values.get("oidc") is not None and values.get("saml") is not None:
        yield other or "saml", "declare oidc or saml, not both"
    elif other and values.get(other) is not None:
        yield other, f'{other} does not go with type="{protocol}": declare {_PROTOCOLS[str(protocol)]} instead'


def insecure(values: Values, *, left_out: bool) -> Iterator[tuple[str, str]]:
    """Endpoints without https, which Scalekit takes with debug_enabled only."""
    debug = values.get("debug_enabled")
    if debug is not False and not (debug is None and left_out):
        return
    for block, names in _ENDPOINTS.items():
        settings = _dict(values.get(block))
        for name in names:
            if str(settings.get(name, "")).lower().startswith("http:"):
                yield (
                    f"{block}.{name}",
                    f"{name} must begin with https://, or declare debug_enabled=True (development only)",
                )


def _incomplete(values: Values, *, left_out: bool) -> Iterator[tuple[str, str]]:
    """Settings without which Scalekit refuses to enable the connection."""
    block = _PROTOCOLS.get(str(values.get("type")), "")
    settings = values.get(block)
    if values.get("enabled") is not True or not isinstance(settings, dict) or values.get("provider") == _NEEDS_NOTHING:
        return

    def missing(name: str) -> bool:
        # A switch that is off is as good as none.
        return settings[name] in ("", False) if name in settings else left_out

    for ways in _NEEDED[block]:
        if all(any(missing(name) for name in way) for way in ways):
            wanted = ", or ".join(" and ".join(way) for way in ways)
            yield block, f"enabled=True needs {wanted} in {block}: declare it, or leave enabled out until it is there"


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
