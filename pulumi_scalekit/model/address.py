"""Addresses: endpoints on the web, issuers, URIs that a browser is sent to, and ranges of IP addresses.

Each rule says why a text is none, as the end of a sentence about it. No rule repeats the text: it may hold a password.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from pulumi_scalekit.model.secret import placeholder

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST_AND_PORT = re.compile(r"[^/:?#]+:\d+(?:[/?#]|$)")
_PATH = re.compile(
    r"(?:\.{0,2}/|~|[a-zA-Z]:[\\/]|\\\\).*|[^/:]+\.(?:xml|json|txt|pem|crt|cer)", re.DOTALL | re.IGNORECASE
)
_NEVER_A_TARGET = frozenset(
    "about blob data file ftp javascript mailto ssh tel vbscript view-source ws wss".split()  # noqa: SIM905 - reads better
)
_XML = re.compile(r"<[?!]|<[^>]*(?:=|/>)|<.*</", re.DOTALL)
_IN_NO_ADDRESS = re.compile(r"[\s<>{}\"\\^`\x00-\x1f\x7f]")
# A key of a query may have brackets, such as filter[name]=.
_PLACEHOLDER = re.compile(r"[<{][^>}:]*[>}]|\[[^\]:]*\](?!\[[^\]]*\]|=)")
# What a variable that is not set leaves in the place of a host, or of a part of it.
_UNSET = re.compile(r"(?:^|\.)(?:None|null|undefined)(?:[.:]|$)")
_ANOTHER_ADDRESS = re.compile(r"[^?]*[,;]\s*https?://")
_PLACEHOLDER_OF_A_PROVIDER = re.compile(
    r"\byour[-_]?(?:okta|auth0)?[-_]?(?:domain|tenant|org|organization|company|subdomain)\b|\btenant[-_]?id\b(?!=)",
    re.IGNORECASE,
)
_HAS_A_PLACEHOLDER = "still has a placeholder in it: put the true value in its place"
_WITH_FRAGMENT = "has a fragment: give it without #…"
_WEB = ("https", "http")
_DISCOVERY = "/.well-known/"


def web(text: str) -> str | None:
    """An endpoint: http or https, a host, no fragment."""
    if reason := _no_address(text, "https://idp.example.com/path"):
        return reason
    address = _split(text)
    if address is None:
        return "is not a valid address: check its host and port"
    if address.scheme not in _WEB:
        return "must begin with https://"
    if _PLACEHOLDER_OF_A_PROVIDER.search(text):
        return _HAS_A_PLACEHOLDER
    return _no_endpoint(address, text)


def issuer(text: str) -> str | None:
    """An OIDC issuer: what the `iss` of its tokens says, letter by letter."""
    if reason := web(text):
        return reason
    address = urlsplit(text)
    if _DISCOVERY in address.path.lower() + "/":
        return (
            f"is the address of a discovery document: give what stands before {_DISCOVERY}…, or declare it as "
            "discovery_endpoint"
        )
    if address.query:
        return "has a query, and no issuer does: give it without ?…"
    return None


def entity_id(text: str) -> str | None:
    """A SAML entity id: a URI as a rule, `urn:…` included, and with some providers any word."""
    if text.lstrip().startswith("<"):
        return "is XML: give the value of entityID in it"
    if any(sign.isspace() for sign in text):
        return "has a blank or a line break in it"
    if reason := placeholder(text):
        return reason
    # Most are the address of something that need not be there.
    address = _split(text) if text.lower().startswith(("http:", "https:")) else None
    return _no_host(address, text) if address else None


def target(text: str) -> str | None:
    """Where a browser or an application is sent: an absolute URI without a fragment; a scheme of one's own is fine."""
    if reason := _no_address(text, "https://app.example.com/callback or com.example.app:/callback"):
        return reason
    address = _split(text)
    if address is None:
        return "is not a valid address: check its host and port"
    if address.scheme in _NEVER_A_TARGET:
        return f"has the scheme {address.scheme}:, to which nobody is sent back"
    if address.scheme.startswith("htt") and address.scheme not in _WEB:
        return f"has the scheme {address.scheme}:, and https: is probably meant"
    if address.scheme in _WEB:
        return _no_endpoint(address, text) or _wrong_wildcard(address)
    return _WITH_FRAGMENT if "#" in text else None


def bare_target(text: str) -> str | None:
    """A target of the default application, for which Scalekit's documents allow no query either."""
    return target(text) or ("has a query, which Scalekit does not allow: give it without ?…" if "?" in text else None)


def ip_range(text: str) -> str | None:
    """An address range of an allowlist, in CIDR form."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return "is no address range: give it in CIDR form, such as 203.0.113.0/24"
    if "/" not in text:
        if network.network_address.is_unspecified:
            return "is no address of anybody: give the ranges that you use, in CIDR form, such as 203.0.113.0/24"
        return f"is an address, not a range: give it as {network}"
    if network.prefixlen == 0:
        return "is every address there is, which Scalekit refuses: give the ranges that you use"
    if _network(text) is None:
        return f"has bits beyond its length: the range is {network}"
    return None


def normal_range(text: str) -> str:
    """The one spelling of an address range. What is none stays."""
    return str(_network(text) or text) if "/" in text else text


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        return None


def _no_address(text: str, such_as: str) -> str | None:
    """What is wrong before there is a scheme to speak of."""
    if _XML.match(text):
        return "is XML, not an address: give the address at which it can be fetched, https://…"
    if text.lstrip().startswith("{") and '"' in text:
        return "is JSON, not an address: give the address at which it can be fetched, https://…"
    if _PLACEHOLDER.search(re.sub(r"//\[[0-9a-fA-F:.%]+\]", "//", text)):
        return _HAS_A_PLACEHOLDER
    if _PATH.fullmatch(text):
        return f"is a path, not an address: give it as {such_as}"
    if not _SCHEME.match(text) or _HOST_AND_PORT.match(text):
        return (
            f"has something before its scheme: give the address alone, as {such_as}"
            if "://" in text
            else f"has no scheme: give it as {such_as}"
        )
    if _IN_NO_ADDRESS.search(text):
        return "has a blank, a line break or another character in it that no address has"
    return None


def _split(text: str) -> SplitResult | None:
    try:
        address = urlsplit(text)
        _ = address.port
    except ValueError:
        return None
    return address


def _no_endpoint(address: SplitResult, text: str) -> str | None:
    if not address.hostname:
        return f"has no host: give it as {address.scheme}://host/path"
    if address.username is not None or address.password is not None:
        return "has a user name or a password in it: give it without them"
    return _no_host(address, text) or (_WITH_FRAGMENT if "#" in text else None)


def _no_host(address: SplitResult, text: str) -> str | None:
    """What is wrong with a host that is there, and that no name server can know."""
    host = address.hostname or ""
    if host in _WEB and address.path.startswith("//"):
        return "has two schemes: give it with one https://"
    if "," in host or ";" in host or _ANOTHER_ADDRESS.match(text):
        return "holds more than one address: give a single address"
    if ":" not in host and re.search(r"[$%]", host):
        return _HAS_A_PLACEHOLDER
    if _UNSET.search(address.netloc) or host.startswith(".") or ".." in host:
        return "has no true host: it was probably made of a variable that is not set"
    return None


def _wrong_wildcard(address: SplitResult) -> str | None:
    """A wildcard, which only development environments take, stands in the first label of a name of three at least."""
    if "*" not in address.geturl():
        return None
    first, *others = (address.hostname or "").split(".")
    if address.geturl().count("*") == 1 and "*" in first and len(others) > 1:
        return None
    return "may have one * only, in the first part of its host, such as https://*.acme.com/callback"
