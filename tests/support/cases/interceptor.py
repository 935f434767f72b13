from __future__ import annotations

from typing import Any

from tests.support.cases.case import ABSENT, Case, Edit, Place, at, collection, put

_TEMPLATE = "local user = ctx.user;\n{ email: user.email }\n"


def _auth(name: str) -> Any:
    return at("config", "auth_config", name)


def _put_auth(value: str, *path: str) -> Any:
    return put(value, "config", "auth_config", *path)


_PROGRAM = {
    "displayName": "Compliance",
    "description": "Asks compliance",
    "triggerPoint": "PRE_SESSION_CREATION",
    "apiUrl": "https://hooks.acme.example/session",
    "timeoutMs": 3000,
    "failurePolicy": "FAIL_CLOSED",
    "requestTemplate": _TEMPLATE,
    "responseTemplate": "{ decision: res.decision }",
    "enabled": True,
}

INTERCEPTOR = Case(
    "interceptor",
    "scalekit:index:Interceptor",
    lambda _: {**_PROGRAM, "apiKey": {"apiKey": "k3y-of-acme", "headerName": "x-api-key"}},
    collection("interceptors"),
    edits={
        "displayName": Edit("Legal", at("display_name"), "Legal"),
        "description": Edit("Asks legal", at("description"), "Asks legal"),
        "triggerPoint": Edit("PRE_SIGNUP", at("trigger_point"), "PRE_SIGNUP"),
        "apiUrl": Edit("https://legal.acme.example", at("api_url"), "https://legal.acme.example"),
        "apiKey": Edit(
            {"apiKey": "k3y-of-acme", "headerName": "x-legal"},
            _auth("api_key"),
            {"api_key": "k3y-of-acme", "header_name": "x-legal"},
        ),
        "timeoutMs": Edit(500, at("timeout_ms"), "500"),
        "failurePolicy": Edit("FAIL_OPEN", at("failure_policy"), "FAIL_OPEN"),
        # A line break more is another text.
        "requestTemplate": Edit(_TEMPLATE + "\n", at("request_template"), _TEMPLATE + "\n"),
        "responseTemplate": Edit("res", at("response_template"), "res"),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    removals={
        "description": Edit(ABSENT, lambda one: one.get("description", ""), ""),
        "requestTemplate": Edit(ABSENT, lambda one: one.get("request_template", ""), ""),
        "responseTemplate": Edit(ABSENT, lambda one: one.get("response_template", ""), ""),
    },
    kept=("apiUrl", "timeoutMs", "failurePolicy"),
    drift={
        "displayName": put("Renamed", "display_name"),
        "description": put("", "description"),
        "triggerPoint": put("PRE_SIGNUP", "trigger_point"),
        "apiUrl": put("https://evil.example", "api_url"),
        "apiKey.headerName": _put_auth("x-evil", "api_key", "header_name"),
        "timeoutMs": put("30000", "timeout_ms"),
        "failurePolicy": put("FAIL_OPEN", "failure_policy"),
        "requestTemplate": put(_TEMPLATE.strip(), "request_template"),
        "responseTemplate": put("", "response_template"),
        "enabled": put(False, "enabled"),
    },
    unmoved={
        "empty_interceptor_text=ignored": ("description", "requestTemplate", "responseTemplate"),
    },
    secret_inputs=frozenset({"apiKey.apiKey"}),
    secret_outputs=frozenset({"apiKey.apiKey"}),
    nothing="icp_1",
)

_OAUTH2 = {
    "tokenUrl": "https://auth.acme.example/token",
    "clientId": "scalekit",
    "clientSecret": "s3cret-of-acme",
    "scope": "decide",
}

OAUTH2_INTERCEPTOR = Case(
    "interceptor with oauth2",
    "scalekit:index:Interceptor",
    lambda _: {**_PROGRAM, "oauth2": _OAUTH2},
    collection("interceptors"),
    edits={
        "oauth2": Edit(
            {**_OAUTH2, "clientSecret": "n3xt-of-acme"},
            _auth("oauth2"),
            {
                "token_url": "https://auth.acme.example/token",
                "client_id": "scalekit",
                "client_secret": "n3xt-of-acme",
                "scope": "decide",
            },
        ),
    },
    drift={
        "oauth2.tokenUrl": _put_auth("https://evil.example", "oauth2", "token_url"),
        "oauth2.clientId": _put_auth("other", "oauth2", "client_id"),
        "oauth2.scope": _put_auth("everything", "oauth2", "scope"),
    },
    secret_inputs=frozenset({"oauth2.clientSecret"}),
    secret_outputs=frozenset({"oauth2.clientSecret"}),
    nothing="icp_1",
)


def _token_template(store: Any, *_: Any) -> Any:
    """It is kept as an interceptor."""
    kept = (one for one in store.interceptors.values() if one["trigger_point"] == "ACCESS_TOKEN_CREATION")
    return next(kept, None)


_CLAIMS = '{"org": "{{organization.name}}", "level": 3, "tags": ["a", 1.5, null, true], "more": {"x": "  y "}}'

TOKEN_TEMPLATE = Case(
    "token template",
    "scalekit:index:TokenTemplate",
    lambda _: {"template": _CLAIMS, "enabled": True},
    Place(_token_template, lambda store, *_: store.interceptors.pop(_token_template(store)["id"])),
    edits={
        "template": Edit('{"more": {"x": "y"}}', at("_template"), {"more": {"x": "y"}}),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    respelled={
        "template": '{"tags":["a",1.5,null,true],"org":"{{organization.name}}","more":{"x":"  y "},"level":3.0}'
    },
    drift={
        # A blank less in a value is another value.
        "template": put("y", "_template", "more", "x"),
        "enabled": put(False, "enabled"),
    },
)
