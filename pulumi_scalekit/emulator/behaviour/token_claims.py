"""What a token says of the client that it is issued to, as far as the client's own settings decide it.

The documents show `client_id`, `sub`, `oid`, `scope`, `scopes` and `custom_claims` in the token of a machine client, and in
those of an application's users `aud`, its own id. Silent are: that `audience` becomes `aud`, the token of an application
without a user, and what a scope does that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pulumi_scalekit.emulator.behaviour.store import Record

# Seconds, where the client has none of its own: what the documents say of machine clients, and of users' access tokens.
_CLIENT_LIFE = 3600
_APPLICATION_LIFE = 300
# The vendor's samples ask for these with any client, whatever its scopes are.
_OPENID = ("openid", "profile", "email")


def declared(client: Record, client_id: str) -> dict[str, Any]:
    claims: dict[str, Any] = {"client_id": client_id, "sub": client_id}
    if "organization_id" in client:
        claims["oid"] = client["organization_id"]
    if audience := client.get("audience") if "organization_id" in client else [client_id]:
        claims["aud"] = audience
    if custom := client.get("custom_claims"):
        claims["custom_claims"] = {one["key"]: one.get("value", "") for one in custom}
    return claims


def life(client: Record) -> int:
    """How long its tokens are valid, in seconds."""
    if "organization_id" in client:
        return int(client.get("expiry", 0)) or _CLIENT_LIFE
    return int(client.get("access_token_expiry", 0)) or _APPLICATION_LIFE


def scopes(client: Record, wanted: Sequence[str]) -> list[str] | None:
    """Those of its scopes that are asked for, or all where none is; None if one is asked for that it has not."""
    own: list[str] = client.get("scopes", [])
    if any(scope not in (*own, *_OPENID) for scope in wanted):
        return None
    return [scope for scope in own if scope in wanted] or own
