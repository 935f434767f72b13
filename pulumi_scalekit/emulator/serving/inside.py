"""Requests from inside the emulator: by the API's rules, as anybody's, but in no ledger and met by no fault."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.emulator.serving import api
from pulumi_scalekit.emulator.serving.api import Outcome

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.serving.emulator import Emulator

_TOKEN = f"inside-{secrets.token_urlsafe(32)}"
_LIFE = 60.0


def send(emulator: Emulator, method: str, path: str, body: Any = None) -> Outcome:
    """Send a request to a path below `/api/v1/`. What is not published, or lags, is there at once."""
    emulator.store.grant(_TOKEN, _LIFE)
    return api.call(
        method,
        f"/api/v1/{path}",
        "",
        f"Bearer {_TOKEN}",
        b"" if body is None else json.dumps(body).encode(),
        request_id="inside",
        store=emulator.store,
        switches=replace(emulator.switches, unpublished_endpoints="answered", read_lag=0),
        url=emulator.url,
    )
