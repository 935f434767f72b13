"""Secrets that only the answer to a create contains: the store keeps their last letters, and a digest to know them by."""

from __future__ import annotations

import secrets
from datetime import datetime

from pulumi_scalekit.emulator.behaviour.refusal import not_found
from pulumi_scalekit.emulator.behaviour.store import Record, Store
from pulumi_scalekit.emulator.serving.request import Json

_SUFFIX = 4


def new(store: Store) -> tuple[str, Json]:
    plain = "test_" + secrets.token_urlsafe(32)
    now = store.now()
    secret = {
        "id": store.new_id("sec"),
        "secret_suffix": plain[-_SUFFIX:],
        "status": "ACTIVE",
        "create_time": now,
        "update_time": now,
    }
    store.keep_secret(secret["id"], plain)
    return plain, secret


def find(owner: Record, secret_id: str) -> Json:
    for secret in owner["secrets"]:
        if secret["id"] == secret_id:
            match: Json = secret
            return match
    raise not_found("secret", secret_id)


def opens(store: Store, owner: Record, plain: str) -> bool:
    """Whether this is a secret of the owner, and neither inactive nor expired."""
    return any(
        store.is_secret(secret["id"], plain)
        for secret in owner["secrets"]
        if secret["status"] == "ACTIVE" and not _expired(store, secret)
    )


def _expired(store: Store, secret: Json) -> bool:
    end: str = secret.get("expire_time", "")
    return bool(end) and datetime.fromisoformat(end.replace("Z", "+00:00")).timestamp() <= store.clock()
