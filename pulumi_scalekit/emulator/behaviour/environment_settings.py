"""Settings of the environment that stand below its id: session settings and user management."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_SESSIONS, _USERS = "session_settings", "user_management"
_MINUTES = {"MINUTES": 1, "HOURS": 60, "DAYS": 24 * 60}


@rpc("EnvironmentService.GetEnvironmentSessionSettings")
def get_session_settings(call: Call) -> Json:
    return {_SESSIONS: _existing(call, _SESSIONS)}


@rpc("EnvironmentService.GetEnvironmentUserManagement")
def get_user_management(call: Call) -> Json:
    return {_USERS: _existing(call, _USERS)}


@rpc("EnvironmentService.CreateEnvironmentSessionSettings", effect="update")
def create_session_settings(call: Call) -> Json:
    return _create(call, _SESSIONS)


@rpc("EnvironmentService.CreateEnvironmentUserManagement", effect="update")
def create_user_management(call: Call) -> Json:
    return _create(call, _USERS)


@rpc("EnvironmentService.UpdateEnvironmentSessionSettings", effect="update")
def update_session_settings(call: Call) -> Json:
    return _update(call, _SESSIONS)


@rpc("EnvironmentService.UpdateEnvironmentUserManagement", effect="update")
def update_user_management(call: Call) -> Json:
    return _update(call, _USERS)


def _create(call: Call, name: str) -> Json:
    if _found(call, name) is not None:
        raise Refusal(409, f"{name.replace('_', ' ')} of {call.store.environment_id} already exists")
    call.store.environment_settings[name] = Record()
    return _written(call, name, call.body)


def _update(call: Call, name: str) -> Json:
    """What is left out stays, or is unset."""
    before = _existing(call, name)
    kept = before if call.switches.partial_environment_settings == "kept" else {}
    return _written(call, name, {**kept, **call.body})


def _written(call: Call, name: str, content: Json) -> Json:
    _require_order(content)
    call.store.environment_settings[name] = Record(content)
    return {"environment_id": call.store.environment_id, name: call.store.environment_settings[name]}


def _existing(call: Call, name: str) -> Record:
    found = _found(call, name)
    if found is None:
        raise not_found(name.replace("_", " "), call.store.environment_id)
    return found


def _found(call: Call, name: str) -> Record | None:
    if call.get("id") != call.store.environment_id:
        raise not_found("environment", call.get("id"))
    known = call.store.environment_settings.get(name)
    return Record() if known is None and call.switches.environment_settings == "there" else known


def _require_order(settings: Json) -> None:
    """Absolute timeout above idle timeout above the life of access tokens, as in a session policy."""

    def minutes(name: str) -> int:
        return int(settings.get(name) or 0) * _MINUTES.get(settings.get(f"{name}_unit", ""), 1)

    absolute, idle, token = (
        minutes(f"{name}") for name in ("absolute_session_timeout", "idle_session_timeout", "access_token_expiry")
    )
    if idle and absolute and idle >= absolute:
        raise invalid("session_settings.idle_session_timeout", "must be less than the absolute session timeout")
    if idle and token and idle <= token:
        raise invalid("session_settings.idle_session_timeout", "must be more than the access token expiry")
