"""Interceptors: addresses that are asked while somebody signs in. The emulator asks none."""

from __future__ import annotations

from typing import Any

from pulumi_scalekit.emulator.behaviour import client_secrets
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.connection_settings import MASK
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid, not_found
from pulumi_scalekit.emulator.behaviour.store import STAMPS, Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 20
_TIMEOUT = "10000"
_TEXTS = ("display_name", "description", "api_url", "request_template", "response_template")
_SECRETS = {"api_key": "api_key", "oauth2": "client_secret"}
_NEVER_EMPTY = ("display_name", "api_url")


@rpc("InterceptorService.CreateInterceptor", effect="create")
def create(call: Call) -> Json:
    _consistent(call.body)
    return {"interceptor": _public(call, new(call, call.body))}


def new(call: Call, content: Json) -> Record:
    """A new one, which the store has from then on."""
    interceptor_id = call.store.new_id("icp")
    # Scalekit signs its calls with it. SecretService shows it, and is not emulated.
    plain, secret = client_secrets.new(call.store)
    filled = {"failure_policy": "FAIL_OPEN"} if call.switches.interceptor_policy == "filled" else {}
    interceptor = call.store.record(
        **{"interceptor_type": "AUTH", "timeout_ms": _TIMEOUT, **filled, **content},
        id=interceptor_id,
        enabled=call.switches.new_interceptor == "enabled",
        secret_id=secret["id"],
        secret_suffix=secret["secret_suffix"],
        _signing_secret=plain,
    )
    call.store.interceptors[interceptor_id] = interceptor
    return interceptor


@rpc("InterceptorService.GetInterceptor")
def get(call: Call) -> Json:
    return {"interceptor": _public(call, _existing(call))}


@rpc("InterceptorService.ListInterceptors")
def list_interceptors(call: Call) -> Json:
    wanted = [
        one
        for one in call.store.interceptors.values()
        if call.get("trigger_point") in ("", one["trigger_point"])
        # It has presence: enabled=false lists what is switched off.
        and call.get("enabled", one["enabled"]) == one["enabled"]
    ]
    page, paging = call.page(wanted, call.get("page_size", 0), _DEFAULT_PAGE)
    return {"interceptors": [_public(call, one) for one in page], **paging}


@rpc("InterceptorService.UpdateInterceptor", effect="update")
def update(call: Call) -> Json:
    """Every field says whether it is set, so what is left out stays; `config` is one of them, as a whole."""
    interceptor = _existing(call)
    _consistent(call.body)
    for name in _NEVER_EMPTY:
        if name in call.keys and not call.body.get(name):
            raise invalid(f"interceptor.{name}", "value length must be at least 1 characters", "string.min_len")
    sent = dict(call.body)
    if call.switches.empty_interceptor_text == "ignored":
        sent = {name: value for name, value in sent.items() if value or name not in _TEXTS}
    interceptor.update(sent)
    return {"interceptor": _public(call, interceptor)}


@rpc("InterceptorService.DeleteInterceptor", effect="delete")
def delete(call: Call) -> Json:
    interceptor = _existing(call)
    if interceptor["enabled"] and call.switches.delete_enabled_interceptor == "refused":
        raise Refusal(400, "interceptor is enabled, disable it before deleting it")
    del call.store.interceptors[interceptor["id"]]
    return {}


@rpc("InterceptorService.EnableInterceptor", effect="action")
def enable(call: Call) -> Json:
    return switch(call, _existing(call), enabled=True)


@rpc("InterceptorService.DisableInterceptor", effect="action")
def disable(call: Call) -> Json:
    return switch(call, _existing(call), enabled=False)


def switch(call: Call, interceptor: Record, *, enabled: bool) -> Json:
    """Switch it. The answer says nothing, as the descriptors have it."""
    if call.switches.repeated_toggle == "refused" and interceptor["enabled"] == enabled:
        raise Refusal(400, f"interceptor is already {'enabled' if enabled else 'disabled'}")
    interceptor["enabled"] = enabled
    interceptor.settle(call.store.now)
    return {}


def _consistent(body: Json) -> None:
    """The word and the block beside it have to say the same."""
    auth = body.get("config", {}).get("auth_config")
    if auth is None:
        return
    wanted = {"API_KEY": "api_key", "OAUTH2": "oauth2"}.get(auth.get("auth_config_type"))
    if wanted not in auth:
        raise invalid("interceptor.config.auth_config", f"{wanted} is required")


def _public(call: Call, interceptor: Record) -> Json:
    shown: dict[str, Any] = call.public(interceptor)
    shown = {name: value for name, value in shown.items() if name not in STAMPS}
    shown |= {"created_at": interceptor["create_time"], "updated_at": interceptor["update_time"]}
    auth = shown.get("config", {}).get("auth_config")
    if auth and call.switches.client_secret_echo != "clear":  # noqa: S105 - the value of a switch
        shown["config"] = {"auth_config": {**auth, **_hidden(call, auth)}}
    return shown


def _hidden(call: Call, auth: Json) -> Json:
    """The credentials without what is secret."""
    shown = {}
    for name, secret in _SECRETS.items():
        if name in auth:
            shown[name] = {key: value for key, value in auth[name].items() if key != secret}
            if call.switches.client_secret_echo == "masked":  # noqa: S105 - the value of a switch
                shown[name][secret] = MASK
    return shown


def _existing(call: Call) -> Record:
    interceptor = call.store.interceptors.get(call.get("id"))
    if interceptor is None:
        raise not_found("interceptor", call.get("id"))
    return interceptor
