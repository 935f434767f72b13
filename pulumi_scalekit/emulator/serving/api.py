"""The API itself, without a socket: from a verb, a path and a body to a status and JSON."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_scalekit.emulator.behaviour import applications as _applications  # noqa: F401 - each registers what it does
from pulumi_scalekit.emulator.behaviour import connections as _connections  # noqa: F401
from pulumi_scalekit.emulator.behaviour import connectors as _connectors  # noqa: F401
from pulumi_scalekit.emulator.behaviour import custom_domain as _custom_domain  # noqa: F401
from pulumi_scalekit.emulator.behaviour import directories as _directories  # noqa: F401
from pulumi_scalekit.emulator.behaviour import domains as _domains  # noqa: F401
from pulumi_scalekit.emulator.behaviour import email_servers as _email_servers  # noqa: F401
from pulumi_scalekit.emulator.behaviour import email_templates as _email_templates  # noqa: F401
from pulumi_scalekit.emulator.behaviour import environment_connections as _environment_connections  # noqa: F401
from pulumi_scalekit.emulator.behaviour import environment_settings as _environment_settings  # noqa: F401
from pulumi_scalekit.emulator.behaviour import events as _events  # noqa: F401
from pulumi_scalekit.emulator.behaviour import interceptors as _interceptors  # noqa: F401
from pulumi_scalekit.emulator.behaviour import log_streams as _log_streams  # noqa: F401
from pulumi_scalekit.emulator.behaviour import mcp_servers as _mcp_servers  # noqa: F401
from pulumi_scalekit.emulator.behaviour import memberships as _memberships  # noqa: F401
from pulumi_scalekit.emulator.behaviour import organization_branding as _organization_branding  # noqa: F401
from pulumi_scalekit.emulator.behaviour import organization_clients as _organization_clients  # noqa: F401
from pulumi_scalekit.emulator.behaviour import organization_roles as _organization_roles  # noqa: F401
from pulumi_scalekit.emulator.behaviour import organization_settings as _organization_settings  # noqa: F401
from pulumi_scalekit.emulator.behaviour import organizations as _organizations  # noqa: F401
from pulumi_scalekit.emulator.behaviour import permissions as _permissions  # noqa: F401
from pulumi_scalekit.emulator.behaviour import portal_links as _portal_links  # noqa: F401
from pulumi_scalekit.emulator.behaviour import roles as _roles  # noqa: F401
from pulumi_scalekit.emulator.behaviour import token_template as _token_template  # noqa: F401
from pulumi_scalekit.emulator.behaviour import user_attributes as _user_attributes  # noqa: F401
from pulumi_scalekit.emulator.behaviour import users as _users  # noqa: F401
from pulumi_scalekit.emulator.behaviour.call import BEHAVIOURS, Call, Effect
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, Unrouted
from pulumi_scalekit.emulator.behaviour.store import Store
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.serving import answer, routes, tokens
from pulumi_scalekit.emulator.serving.request import decode
from pulumi_scalekit.emulator.serving.routes import Match

_log = logging.getLogger(__name__)
_NO_CONTENT = 204
_OK = 200


@dataclass
class Outcome:
    """An answer that is ready to be sent, and the RPC that gave it."""

    status: int
    json: Any = None
    rpc: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return b"" if self.json is None else json.dumps(self.json, separators=(",", ":")).encode()


def call(
    method: str,
    path: str,
    query: str,
    authorization: str,
    body: bytes,
    *,
    request_id: str,
    store: Store,
    switches: Switches,
    url: str,
) -> Outcome:
    outcome = Outcome(_OK)
    try:
        match = routes.load().find(method, path, switches.path_escapes)
        if match is None:
            raise Unrouted  # noqa: TRY301 - every refusal is turned into an answer below
        if match == "other verb":
            raise Refusal(501, "Method Not Allowed")  # noqa: TRY301
        if not match.route.published and switches.unpublished_endpoints == "missing":
            raise Unrouted  # noqa: TRY301
        outcome.rpc = match.route.rpc
        if match.route.needs_token:
            tokens.authenticate(authorization, store)
        if not match.route.published and switches.unpublished_endpoints == "refused":
            raise Refusal(403, f"{match.route.rpc} is not available")  # noqa: TRY301
        if not match.route.client_allowed and match.route.needs_token:
            raise Refusal(403, f"{match.route.rpc} does not accept environment credentials")  # noqa: TRY301
        if match.route.rpc not in BEHAVIOURS.by_rpc:
            raise Refusal(501, f"{match.route.rpc} is not emulated")  # noqa: TRY301
        request = decode(match, query, body, ignore_unknown=switches.unknown_keys == "ignored")
        _run(outcome, match, Call(request, store, switches, url))
    except Refusal as refusal:
        outcome.status = refusal.status
        outcome.json = refusal.body(request_id)
    except Exception:  # noqa: BLE001 - logged with its trace and answered with 500
        # An error in the emulator must look like an error, to the client and in the log.
        _log.exception("%s failed in the emulator", outcome.rpc)
        outcome.status = 500
        outcome.json = Refusal(500, f"{outcome.rpc} failed in the emulator; see its log").body(request_id)
    return outcome


def _run(outcome: Outcome, match: Match, call: Call) -> None:
    behaviour, effect = BEHAVIOURS.by_rpc[match.route.rpc]
    reads, lag = effect == "read", call.switches.read_lag
    with call.store.lock:
        if lag and reads:
            call = replace(call, store=call.store.read_lag.for_read(call.store))
        elif lag:
            call.store.read_lag.before_write(call.store, lag)
        result = behaviour(call)
        if not reads:
            call.store.note_events()
        if effect == "update" and call.switches.update_answer == "empty":
            result = {}
        outcome.json = answer.render(result, match.route.response, call.switches)
    outcome.status = _status(match, effect, call.switches)
    if outcome.status == _NO_CONTENT:
        outcome.json = None


def _status(match: Match, effect: Effect, switches: Switches) -> int:
    if effect == "create" and switches.create_status != "annotated":
        return switches.create_status
    if effect == "delete" and switches.delete_answer == "no_content":
        return _NO_CONTENT
    return match.route.success
