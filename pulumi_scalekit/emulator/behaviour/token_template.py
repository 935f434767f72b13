"""The token template: kept as the interceptor that is asked for access tokens, one in an environment. Its tokens are not made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi_scalekit.emulator.behaviour import interceptors
from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_TRIGGER = "ACCESS_TOKEN_CREATION"
# The documents name sub, oid and roles, and speak of the claims of JWT.
_RESTRICTED = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "oid", "roles"}


@rpc("InterceptorService.UpsertTokenTemplate", effect="update")
def upsert(call: Call) -> Json:
    """Written over as a whole, switched as it was; a new one is off."""
    template = call.get("template", {})
    if restricted := sorted(_RESTRICTED & set(template)):
        raise invalid("template", f"restricted keys: {', '.join(restricted)}")
    if any(text.count("{{") != text.count("}}") for text in _texts(template)):
        raise invalid("template", "syntax error in an expression")
    known = _find(call)
    if known is None:
        known = interceptors.new(call, {"display_name": "Token template", "trigger_point": _TRIGGER})
        known["enabled"] = False
    known["_template"] = template
    return _public(call, known)


@rpc("InterceptorService.GetTokenTemplate")
def get(call: Call) -> Json:
    return _public(call, _existing(call))


@rpc("InterceptorService.GetTokenTemplateContext")
def context(_call: Call) -> Json:
    """What an expression may use, and what no template may set: a part of it, as the documents show it."""
    return {
        "variables": {"user": ["id", "email"], "organization": ["id", "name", "metadata"]},
        "accesstoken_reserved_claims": {name: {"type": "string"} for name in sorted(_RESTRICTED)},
    }


@rpc("InterceptorService.DeleteTokenTemplate", effect="delete")
def delete(call: Call) -> Json:
    del call.store.interceptors[_existing(call)["id"]]
    return {}


@rpc("InterceptorService.EnableTokenTemplate", effect="action")
def enable(call: Call) -> Json:
    return interceptors.switch(call, _existing(call), enabled=True)


@rpc("InterceptorService.DisableTokenTemplate", effect="action")
def disable(call: Call) -> Json:
    return interceptors.switch(call, _existing(call), enabled=False)


def _public(call: Call, known: Record) -> Json:
    call.public(known)
    return {
        "config": {
            "template": known.get("_template", {}),
            "enabled": known["enabled"],
            "created_at": known["create_time"],
            "updated_at": known["update_time"],
        }
    }


def _texts(template: Any) -> Iterator[str]:
    if isinstance(template, str):
        yield template
    for item in template.values() if isinstance(template, dict) else template if isinstance(template, list) else ():
        yield from _texts(item)


def _existing(call: Call) -> Record:
    known = _find(call)
    if known is None:
        raise Refusal(404, "no token template has been configured for this environment")
    return known


def _find(call: Call) -> Record | None:
    return next((one for one in call.store.interceptors.values() if one["trigger_point"] == _TRIGGER), None)
