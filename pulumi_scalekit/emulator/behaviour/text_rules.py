"""Rules for texts that the vendor's documents state and no descriptor carries."""

from __future__ import annotations

import ipaddress
import re
import warnings
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from pulumi_scalekit.emulator.behaviour.refusal import invalid
from pulumi_scalekit.emulator.serving.request import Json

_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}\\^`]+")
_DOCUMENTED_LENGTH = 256
_LOGIN_URIS = 5
_ENDPOINTS = {
    "oidc_config": ("issuer", "discovery_endpoint", "authorize_uri", "token_uri", "user_info_uri", "jwks_uri"),
    "saml_config": ("idp_metadata_url", "idp_sso_url", "idp_slo_url"),
    "oauth_config": ("authorize_uri", "token_uri", "user_info_uri"),
    "google_dwd_config": ("token_uri",),
}
# How long a link or code lives, in seconds, as the documents say.
_VALIDITY = range(60, 3601)
_OF_OAUTH = frozenset({"aud", "client_id", "code_challenge", "redirect_uri", "scope", "state"})


def domain(name: str) -> None:
    """A DNS name of at least two labels; an international name as its A-label."""
    if not _DOMAIN.fullmatch(name):
        raise invalid("domain.domain", "must be a valid domain name", "string.hostname")


def login_uris(body: Json) -> None:
    if len(body.get("post_login_uris", ())) > _LOGIN_URIS:
        raise invalid("client.post_login_uris", f"must have at most {_LOGIN_URIS} items", "repeated.max_items")
    for name in ("post_login_uris", "post_logout_redirect_uris"):
        for uri in body.get(name, ()):
            _absolute(f"client.{name}", uri)
    if body.get("initiate_login_uri"):
        _absolute("client.initiate_login_uri", body["initiate_login_uri"])


def redirect_uri(uri: str, form: str) -> None:
    """A redirect URI of the default application, for which the documents and the descriptors disagree."""
    _absolute("redirect_uri", uri)
    if form == "documented" and ("?" in uri or len(uri) > _DOCUMENTED_LENGTH):
        raise invalid("redirect_uri", f"must have at most {_DOCUMENTED_LENGTH} characters and no query")


def _absolute(field: str, uri: str) -> None:
    web = uri.lower().startswith(("http:", "https:"))
    if not _URI.fullmatch(uri) or "#" in uri or (web and not urlsplit(uri).netloc):
        raise invalid(field, "must be an absolute URI without a fragment", "string.uri")


def ip_allowlist(body: Json) -> None:
    allowlist = body.get("ip_allowlist")
    if not allowlist:
        return
    field = "client.ip_allowlist.cidrs"
    if allowlist.get("opted_in") and not allowlist.get("cidrs"):
        raise invalid(field, "at least one range is required when opted in")
    for entry in allowlist.get("cidrs", ()):
        try:
            network = ipaddress.ip_network(entry.get("value", ""))
        except ValueError:
            raise invalid(field, "must be a valid CIDR range") from None
        if "/" not in entry["value"] or not network.prefixlen:
            raise invalid(field, "must be a range, and not all addresses")


def endpoints(block: str, sent: Json, *, debug_enabled: bool) -> None:
    """Addresses of an identity provider: without https only where debug is enabled."""
    for name in _ENDPOINTS.get(block, ()):
        value = sent.get(name)
        if value and not (_URI.fullmatch(value) and urlsplit(value).netloc):
            raise invalid(f"connection.{block}.{name}", "must be a valid URL", "string.uri")
        if value and urlsplit(value).scheme != "https" and not (debug_enabled and urlsplit(value).scheme == "http"):
            raise invalid(f"connection.{block}.{name}", "must use https unless debug is enabled")


def environment_settings(connection: Json, block: str, sent: Json) -> None:
    """What the documents and the descriptors' texts say of settings that only a connection of the environment has."""
    validity = sent.get("validity") if block == "passwordless_config" else None
    if validity is not None and validity not in _VALIDITY:
        raise invalid(f"connection.{block}.validity", "must be between 60 and 3600 seconds")
    extra = sent.get("extensions", {}).get("extra_authorize_params", {})
    if reserved := sorted(_OF_OAUTH & set(extra)):
        raise invalid(f"connection.{block}.extensions.extra_authorize_params", f"{reserved[0]} is reserved")
    there = {**connection.get(block, {}), **sent}
    optional = there.get("optional_scopes", {})
    for name, among in (("required_scopes", there), ("required_optional_scopes", optional)):
        if set(sent.get(name, ())) - set(among.get("scopes", ())):
            raise invalid(f"connection.{block}.{name}", "must be a subset of the scopes")


def certificate(text: str) -> Any:
    """The certificate in a PEM text, which holds exactly one."""
    try:
        with warnings.catch_warnings():
            # A negative serial number is accepted.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            (parsed,) = x509.load_pem_x509_certificates(text.encode())
    except ValueError:
        raise invalid("connection.saml_config.idp_certificate", "must be one X.509 certificate in PEM form") from None
    return parsed
