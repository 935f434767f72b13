"""What an OIDC connection's settings will lead to: an issuer that is another's, a tenant of everybody, scopes that sign in nobody."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pulumi_scalekit.model.field import UNKNOWN, Values
from pulumi_scalekit.model.finding import Said, known_at, text_at, value_rule

_WELL_KNOWN = "/.well-known/openid-configuration"
_ADDRESSES = ("issuer", "discovery_endpoint", "authorize_uri", "token_uri", "user_info_uri", "jwks_uri")
_NEEDED = ("authorize_uri", "token_uri", "jwks_uri")
_ENTRA_HOST = re.compile(
    r"login\.(?:microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn)|sts\.windows\.net"
)
_EVERYBODY = ("common", "organizations", "consumers")
_OKTA_ADMIN = re.compile(r"(.+)-admin(\.(?:okta|oktapreview|okta-emea)\.com)")


def _addresses(values: Values) -> Iterator[tuple[str, Any]]:
    for name in _ADDRESSES:
        if text := text_at(values, f"oidc.{name}"):
            try:
                address = urlsplit(text.lower())
                _ = address.hostname
            except ValueError:
                continue
            yield name, address


@value_rule("oidc-issuer-mismatch", "warning")
def issuer_mismatch(values: Values) -> Iterator[Said]:
    """The discovery document is not the issuer's.

    It stands below the issuer's own address, `{issuer}/.well-known/openid-configuration`, and a sign-in fails where the
    issuer of a token is another than the declared one. For Entra ID both have to name the same tenant.
    """
    issuer, discovery = text_at(values, "oidc.issuer"), text_at(values, "oidc.discovery_endpoint")
    if not issuer or not discovery or discovery.rstrip("/").lower() == (issuer.rstrip("/") + _WELL_KNOWN).lower():
        return
    tenant = _entra_tenant(issuer)
    if tenant and tenant == _entra_tenant(discovery):
        return
    yield (
        "oidc.discovery_endpoint",
        (
            f"the discovery document is not that of the declared issuer, which stands at its {_WELL_KNOWN}: sign-ins fail where a "
            f"token names another issuer. Declare one of the two"
        ),
    )


def _entra_tenant(text: str) -> str:
    """The tenant in an address of Entra ID: `sts.windows.net` and `login.microsoftonline.com` name the same ones."""
    address = urlsplit(text.lower())
    return address.path.strip("/").split("/")[0] if _ENTRA_HOST.fullmatch(address.hostname or "") else ""


@value_rule("oidc-tenant-of-everybody", "warning")
def tenant_of_everybody(values: Values) -> Iterator[Said]:
    """An address of Entra ID names every tenant of the world: `common`, `organizations` or `consumers`.

    Accounts of all of them could sign in, and the issuer of their tokens is never the declared one. Declare the customer's own tenant id.
    """
    for name, address in _addresses(values):
        tenant = address.path.strip("/").split("/")[0]
        if _ENTRA_HOST.fullmatch(address.hostname or "") and tenant in _EVERYBODY:
            yield (
                f"oidc.{name}",
                (
                    f"{tenant} stands for every tenant of Entra ID, not for this customer's: put the customer's tenant id in its place"
                ),
            )


@value_rule("oidc-okta-admin", "warning")
def okta_admin(values: Values) -> Iterator[Said]:
    """The address of Okta's administration (`acme-admin.okta.com`) was copied from the browser.

    It issues no tokens: the issuer is the same name without `-admin`.
    """
    for name, address in _addresses(values):
        if _OKTA_ADMIN.fullmatch(address.hostname or ""):
            yield (
                f"oidc.{name}",
                (
                    "this host is where Okta is administered, and it issues no tokens: declare the same address without -admin"
                ),
            )


@value_rule("oidc-scopes-without-openid", "warning")
def scopes_without_openid(values: Values) -> Iterator[Said]:
    """Without the scope `openid` an identity provider sends no id token, so nobody can sign in."""
    scopes = known_at(values, "oidc.scopes")
    if isinstance(scopes, list) and scopes and "openid" not in scopes and UNKNOWN not in scopes:
        yield (
            "oidc.scopes",
            "without openid among the scopes the identity provider sends no id token: nobody can sign in",
        )


@value_rule("oidc-manual-incomplete", "warning")
def manual_incomplete(values: Values) -> Iterator[Said]:
    """With `configuration_type` `MANUAL` Scalekit discovers nothing.

    Authorization endpoint, token endpoint and the address of the keys have to be declared.
    """
    block = values.get("oidc")
    if text_at(values, "configuration_type") != "MANUAL" or not isinstance(block, dict):
        return
    if missing := [name for name in _NEEDED if not block.get(name)]:
        yield (
            "oidc",
            (
                f"configuration_type MANUAL discovers nothing, and {', '.join(missing)} "
                f"{'is' if len(missing) == 1 else 'are'} not declared"
            ),
        )


OIDC_FINDINGS = (issuer_mismatch, tenant_of_everybody, okta_admin, scopes_without_openid, manual_incomplete)
