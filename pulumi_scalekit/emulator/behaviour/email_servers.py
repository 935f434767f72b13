"""E-mail servers of the environment: with which one it sends its mail, where that is not Scalekit's own."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json


@rpc("EmailService.CreateEmailServer", effect="create")
def create(call: Call) -> Json:
    server_id = call.store.new_id("esr")
    server = call.store.record(
        id=server_id, provider=call.body["provider"], enabled=False, smtp_settings=call.body.get("settings", {})
    )
    call.store.email_servers[server_id] = server
    if call.switches.new_email_server == "enabled":
        _use(call, server)
    return {"server": _public(call, server)}


@rpc("EmailService.GetEmailServer")
def get(call: Call) -> Json:
    return {"server": _public(call, _existing(call))}


@rpc("EmailService.ListEmailServers")
def list_servers(call: Call) -> Json:
    return {"servers": [_public(call, server) for server in call.store.email_servers.values()]}


@rpc("EmailService.UpdateEmailServerSettings", effect="update")
def update(call: Call) -> Json:
    """The settings as a whole; the password is the one that may be left out."""
    server = _existing(call)
    settings = dict(call.body)
    if not settings.get("password") and call.switches.partial_email_settings == "kept":
        settings["password"] = server["smtp_settings"].get("password", "")
    server["smtp_settings"] = settings
    return {"server": _public(call, server)}


@rpc("EmailService.EnableEmailServer", effect="action")
def enable(call: Call) -> Json:
    server = _existing(call)
    _refuse_a_repeat(call, server, enabled=True)
    before = {"last_active_server_id": used} if (used := _in_use(call)) else {}
    _use(call, server)
    return {"active_server_id": server["id"], **before}


@rpc("EmailService.DisableEmailServer", effect="action")
def disable(call: Call) -> Json:
    server = _existing(call)
    _refuse_a_repeat(call, server, enabled=False)
    server["enabled"] = False
    return {}


@rpc("EmailService.DeleteEmailServer", effect="delete")
def delete(call: Call) -> Json:
    server = _existing(call)
    if server["enabled"] and call.switches.delete_enabled_email == "refused":
        raise Refusal(400, "email server is enabled, disable it before deleting it")
    del call.store.email_servers[server["id"]]
    return {}


def _use(call: Call, server: Record) -> None:
    """One is in use at most: an answer names the active one and the one before it."""
    for known in call.store.email_servers.values():
        known["enabled"] = known is server


def _in_use(call: Call) -> str | None:
    return next((server["id"] for server in call.store.email_servers.values() if server["enabled"]), None)


def _refuse_a_repeat(call: Call, server: Record, *, enabled: bool) -> None:
    if call.switches.repeated_toggle == "refused" and server["enabled"] == enabled:
        raise Refusal(400, f"email server is already {'enabled' if enabled else 'disabled'}")


def _public(call: Call, server: Record) -> Json:
    """Without the password, which is for input only."""
    shown = call.public(server)
    settings = {name: value for name, value in shown["smtp_settings"].items() if name != "password"}
    return {"updated_at": shown["update_time"], "smtp_settings": settings} | {
        name: shown[name] for name in ("id", "provider", "enabled")
    }


def _existing(call: Call) -> Record:
    server = call.store.email_servers.get(call.get("server_id"))
    if server is None:
        raise not_found("email server", call.get("server_id"))
    return server
