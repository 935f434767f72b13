"""What an authorization server says of itself: where its keys and its token endpoint are."""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.emulator.serving import signing_key, tokens

KEYS = "/keys"
OPENID = "/.well-known/openid-configuration"


def document(path: str, url: str) -> dict[str, Any] | None:
    """The document at a path; None where there is none."""
    if path == KEYS:
        return {"keys": [signing_key.load().public()]}
    return _openid(url) if path == OPENID else None


def _openid(url: str) -> dict[str, Any]:
    """Without what signs users in, which the emulator has not."""
    return {
        "issuer": url,
        "token_endpoint": url + tokens.PATH,
        "jwks_uri": url + KEYS,
        "grant_types_supported": [tokens.GRANT],
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }
