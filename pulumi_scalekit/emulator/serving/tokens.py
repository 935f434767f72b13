"""The token endpoint, which is OAuth and not an RPC."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Store
from pulumi_scalekit.emulator.behaviour.switches import Switches

PATH = "/oauth/token"
# The life of a token if the answer does not contain it.
_DEFAULT_LIFE = 3600
_BEARER = "bearer "


@dataclass(frozen=True)
class Credentials:
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return f"Credentials({self.client_id!r})"


def issue(form: bytes, credentials: Credentials, store: Store, switches: Switches, url: str) -> dict[str, Any]:
    sent = {name: values[0] for name, values in parse_qs(form.decode("utf-8", "replace")).items()}
    if sent.get("grant_type") != "client_credentials":
        raise TokenRefused(400, "unsupported_grant_type", "only client_credentials is supported")
    known = secrets.compare_digest(sent.get("client_secret", "").encode(), credentials.client_secret.encode())
    if sent.get("client_id") != credentials.client_id or not known:
        raise TokenRefused(401, "invalid_client", "client authentication failed")
    life = _DEFAULT_LIFE if switches.expires_in is None else switches.expires_in
    opaque = switches.token_form == "opaque"  # noqa: S105 - the name of a form
    token = secrets.token_urlsafe(48) if opaque else _jwt(credentials, store, life, url)
    store.grant(token, life)
    answer: dict[str, Any] = {"access_token": token, "token_type": switches.token_type, "scope": "openid"}
    if switches.expires_in is not None:
        answer["expires_in"] = switches.expires_in
    return answer


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


def _jwt(credentials: Credentials, store: Store, life: int, url: str) -> str:
    """A token in the form of a JWT; its signature means nothing."""
    now = int(store.clock())
    claims = {
        "iss": url,
        "sub": credentials.client_id,
        "iat": now,
        "exp": now + life,
        "jti": secrets.token_hex(8),
    }
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join(_base64(part) for part in (*parts, secrets.token_bytes(32)))


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
