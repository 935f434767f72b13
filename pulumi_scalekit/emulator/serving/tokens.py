"""The token endpoint, which is OAuth and not an RPC."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote_plus

from pulumi_scalekit.emulator.behaviour import client_secrets, token_claims
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record, Store
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving import signing_key

PATH = "/oauth/token"
GRANT = "client_credentials"
# The life of a token if the answer does not contain it.
_DEFAULT_LIFE = 3600
_BEARER = "bearer "
_BASIC = "basic "


@dataclass(frozen=True)
class Credentials:
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return f"Credentials({self.client_id!r})"


def issue(
    form: bytes, authorization: str, credentials: Credentials, store: Store, switches: Switches, url: str
) -> dict[str, Any]:
    sent = {name: values[0] for name, values in parse_qs(form.decode("utf-8", "replace")).items()}
    if "grant_type" not in sent:
        raise TokenRefused(400, "invalid_request", "grant_type is missing")
    if sent["grant_type"] != GRANT:
        raise TokenRefused(400, "unsupported_grant_type", f"only {GRANT} is supported")
    given = _given(sent, authorization)
    own = secrets.compare_digest(given.client_secret.encode(), credentials.client_secret.encode())
    if own and given.client_id == credentials.client_id:
        return _for_the_environment(given, store, switches, url)
    with store.lock:
        client = store.applications.get(given.client_id) or store.organization_clients.get(given.client_id)
        if client is None or not client_secrets.opens(store, client, given.client_secret):
            raise TokenRefused(401, "invalid_client", "client authentication failed")
        if client.get("client_type") == "ENV":
            return _for_the_environment(given, store, switches, url)
        return _for_a_client(client, given.client_id, sent.get("scope", "").split(), store, switches, url)


def _given(sent: dict[str, str], authorization: str) -> Credentials:
    """The credentials of the form, or of the header that OAuth prefers."""
    if not authorization.lower().startswith(_BASIC):
        return Credentials(sent.get("client_id", ""), sent.get("client_secret", ""))
    try:
        name, _, secret = base64.b64decode(authorization[len(_BASIC) :], validate=True).decode().partition(":")
    except ValueError:
        raise TokenRefused(400, "invalid_request", "the Authorization header is malformed") from None
    return Credentials(unquote_plus(name), unquote_plus(secret))


def _for_the_environment(given: Credentials, store: Store, switches: Switches, url: str) -> dict[str, Any]:
    life = _DEFAULT_LIFE if switches.expires_in is None else switches.expires_in
    opaque = switches.token_form == "opaque"  # noqa: S105 - the name of a form
    token = secrets.token_urlsafe(48) if opaque else _unsigned(_standard_claims(store, life, url, sub=given.client_id))
    store.grant(token, life)
    return _answer(token, life, "openid", switches)


def _for_a_client(
    client: Record, client_id: str, wanted: list[str], store: Store, switches: Switches, url: str
) -> dict[str, Any]:
    grants = client.get("grant_types")
    if grants and GRANT not in grants:
        raise TokenRefused(400, "unauthorized_client", f"the client's grant types are {', '.join(grants)}")
    scopes = token_claims.scopes(client, wanted)
    if scopes is None:
        raise TokenRefused(400, "invalid_scope", "the client does not have all scopes that it asks for")
    life, scope = token_claims.life(client), " ".join(scopes)
    claims = {**_standard_claims(store, life, url), **token_claims.declared(client, client_id)}
    token = signing_key.load().sign({**claims, "scope": scope, "scopes": scopes})
    if "oid" not in claims and not client.get("disallow_scalekit_api_access"):
        store.grant(token, life)
    return _answer(token, life, scope, switches)


def _answer(token: str, life: int, scope: str, switches: Switches) -> dict[str, Any]:
    answer: dict[str, Any] = {"access_token": token, "token_type": switches.token_type, "scope": scope}
    return answer if switches.expires_in is None else {**answer, "expires_in": life}


class TokenRefused(Refusal):
    """A refusal in the form that OAuth prescribes."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(status, description)
        self.oauth = {"error": error, "error_description": description}


def authenticate(authorization: str, store: Store) -> None:
    token = authorization[len(_BEARER) :].strip() if authorization.lower().startswith(_BEARER) else ""
    if not token:
        raise Refusal(401, "Token empty")
    if not store.granted(token):
        raise Refusal(401, "Token expired or invalid")


def _standard_claims(store: Store, life: int, url: str, **more: str) -> dict[str, Any]:
    now = int(store.clock())
    return {"iss": url, "iat": now, "nbf": now, "exp": now + life, "jti": f"tkn_{secrets.token_hex(8)}", **more}


def _unsigned(claims: dict[str, Any]) -> str:
    """A token in the form of a JWT, whose signature means nothing: the API alone gets it, and signing takes time."""
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join(_base64(part) for part in (*parts, secrets.token_bytes(32)))


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
