"""Secrets that only the answer to a create contains: the store keeps no more than the last letters."""

from __future__ import annotations

import secrets

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
    return plain, secret


def find(owner: Record, secret_id: str) -> Json:
    for secret in owner["secrets"]:
        if secret["id"] == secret_id:
            match: Json = secret
            return match
    raise not_found("secret", secret_id)
