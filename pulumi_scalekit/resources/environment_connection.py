"""EnvironmentConnection: what belongs to no organization: social sign-in, sign-in by e-mail, passkeys, agents' connectors."""

from dataclasses import replace
from typing import Any, Literal

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.program.resource import (
    OptionalBlockProp,
    OptionalMapProp,
    OptionalProp,
    Prop,
    Resource,
    prop,
)
from pulumi_scalekit.resources import connection, environment_connection_rules
from pulumi_scalekit.resources import environment_connection_protocols as protocols
from pulumi_scalekit.resources.environment_connection_findings import (
    ENVIRONMENT_CONNECTION_FINDINGS,
    ENVIRONMENT_CONNECTION_HEALTH,
    LOST_FOR_GOOD,
    consequence,
)
from pulumi_scalekit.resources.environment_connection_protocols import (
    GoogleDwd,
    OAuth,
    Passwordless,
    ScopeSelection,
    WebAuthn,
)
from pulumi_scalekit.resources.environment_connection_rules import OF_SCALEKIT, WEBAUTHN

Provider = Literal[
    "GOOGLE", "MICROSOFT", "GITHUB", "GITLAB", "LINKEDIN", "SALESFORCE", "SCALEKIT",
] | enums.EnvironmentConnectionProvider  # fmt: skip
Type = Literal[
    "OAUTH", "PASSWORDLESS", "WEBAUTHN", "GOOGLE_DWD", "BASIC", "BEARER", "API_KEY", "NO_AUTH",
] | enums.EnvironmentConnectionType  # fmt: skip
AuthMode = Literal["USER", "ORG_WIDE"] | enums.EnvironmentConnectionAuthMode

# The API's numbers of those, for an environment that writes enums as numbers.
_PROVIDERS = {2: "GOOGLE", 9: "GITHUB", 10: "GITLAB", 11: "LINKEDIN", 12: "SALESFORCE", 13: "MICROSOFT", 15: "SCALEKIT"}
_TYPES = {
    4: "OAUTH", 5: "PASSWORDLESS", 6: "BASIC", 7: "BEARER", 8: "API_KEY", 9: "WEBAUTHN", 12: "GOOGLE_DWD", 15: "NO_AUTH",
}  # fmt: skip
_COLLECTION = "/connections"
_ITEM = _COLLECTION + "/{id}"
_SETTINGS = (
    "key_id", "debug_enabled", "ui_button_title", "attribute_mapping", "oauth", "scope_selection", "passwordless", "webauthn",
    "google_dwd",
)  # fmt: skip
_CONFIGS = {"OAUTH": "oauth_config", "GOOGLE_DWD": "google_dwd_config"}
_CONTEXT = ("context_domain", "context_version")
_SELECTION = tuple(ScopeSelection.__annotations__)
_DECLARABLE = ("type", (*_TYPES.values(), *_TYPES))


def _flags(values: Values) -> dict[str, str]:
    """What it is for, which no answer tells: agents, or people who sign in."""
    signs_in = values.get("provider") or values.get("type") in ("PASSWORDLESS", WEBAUTHN)
    return {"flags.is_login" if signs_in else "flags.is_app": "true"}


def _to_wire(body: Body) -> Body:
    """Keys of our blocks are nested in the API, and the choice of scopes stands among the settings of the protocol."""
    sent = {**body}
    if sent.get("provider") == OF_SCALEKIT:
        sent["provider_key"] = OF_SCALEKIT
    if sent.get("type") == WEBAUTHN:
        sent["key_id"] = WEBAUTHN
    for name, paths in (("oauth_config", protocols.OAUTH), ("webauthn_config", protocols.WEBAUTHN)):
        if isinstance(sent.get(name), dict):
            sent[name] = protocols.nested(sent[name], paths)
    context = {name.removeprefix("context_"): sent.pop(name) for name in _CONTEXT if name in sent}
    if context:
        sent["context"] = context
    selection = sent.pop("scope_selection", None)
    if selection:
        config = _CONFIGS[str(sent["type"])]
        sent[config] = {**sent.get(config, {}), **selection}
    return sent


def _from_wire(found: Body, declared: Values) -> Body:
    provider, type_ = (_named(found.get(name), names) for name, names in (("provider", _PROVIDERS), ("type", _TYPES)))
    # An answer may hold both, whichever it was made with.
    by_key = "provider_key" in declared or ("provider" not in declared and provider not in _PROVIDERS.values())
    config: Body = found.get(_CONFIGS.get(str(type_), "")) or {}
    return {
        **found,
        "type": type_,
        "provider": None if by_key else provider,
        "provider_key": found.get("provider_key") if by_key else None,
        "oauth_config": protocols.flat(found.get("oauth_config"), protocols.OAUTH),
        "webauthn_config": protocols.flat(found.get("webauthn_config"), protocols.WEBAUTHN),
        "scope_selection": {name: config.get(name) for name in _SELECTION},
        "redirect_uri": config.get("redirect_uri"),
        "create_time": found.get("create_time") or found.get("created_at"),
    }


def _named(value: Any, names: dict[int, str]) -> Any:
    return names.get(value) if isinstance(value, int) else value


class EnvironmentConnection(
    Resource,
    rule=environment_connection_rules.fitting,
    rule_of_new=environment_connection_rules.whole,
    findings=ENVIRONMENT_CONNECTION_FINDINGS,
    consequence=consequence,
    health=ENVIRONMENT_CONNECTION_HEALTH,
    lost_for_good=LOST_FOR_GOOD,
):
    """A way to sign in that belongs to no organization, or a connector through which agents act for people.

    | What | Declare |
    |---|---|
    | Social sign-in | `provider`, type `OAUTH` and `oauth` |
    | A link or code by e-mail | provider `SCALEKIT`, type `PASSWORDLESS` and `passwordless` |
    | Passkeys | provider `SCALEKIT`, type `WEBAUTHN` and `webauthn` |
    | A connector of agents | `provider_key`, such as `HUBSPOT`, and type `OAUTH` with `oauth`, `GOOGLE_DWD` with `google_dwd`, or \
`API_KEY`, `BASIC`, `BEARER` or `NO_AUTH` without settings: people give the credentials when they connect an account |

    An environment may have some from the start, such as Google in one for development, and the sign-in by e-mail: import those.
    Which provider the sign-in by e-mail and passkeys have is not documented; `SCALEKIT` is what its rules suggest.

    It uses endpoints that Scalekit has not published (`POST /api/v1/connections`; `GET`, `PATCH` and `DELETE
    /api/v1/connections/{connection_id}`; `PATCH …:enable` and `…:disable`; `GET /api/v1/connections/app`).
    """

    provider: OptionalProp[Provider] = prop(
        "Who signs people in; `SCALEKIT` for e-mail and passkeys. Either this or `provider_key`.", default=None
    )
    provider_key: OptionalProp[str] = prop(
        "The connector of agents, as Scalekit calls it: `HUBSPOT`, or the `identifier` of a `CustomProvider`. Either this or "
        "`provider`.",
        default=None,
        length=(1, None),
        refers_to=("CustomProvider.identifier",),
    )
    type: Prop[Type] = prop("How it signs in. Other types, which the API knows, cannot be declared.")
    key_id: OptionalProp[str] = prop(
        "Alias of the connection, 1 to 300 characters, by which programs call a connector. If it is not declared, Scalekit generates "
        "one; that of passkeys is always `WEBAUTHN`.",
        default=None,
        length=(1, 300),
        # Programs call a connector by it, so an import takes that of one.
        server_default=("provider",),
        clear=REFUSE,
        clear_advice="Keep it, or declare another one.",
    )
    auth_mode: OptionalProp[AuthMode] = prop(
        "Of a connector, whose credentials agents use: each user's own (`USER`), or one that an administrator has authorized for "
        "all (`ORG_WIDE`).",
        default=None,
    )
    context_domain: OptionalProp[str] = prop(
        "Of a connector that has several addresses: the host of the one to use, such as `eu.example.com`. Counts as it is made; "
        "declared later, it changes nothing. No answer shows it.",
        default=None,
        length=(1, None),
        sparse=True,
    )
    context_version: OptionalProp[str] = prop(
        "Of such a connector: the version of its API. It counts as `context_domain` does.",
        default=None,
        length=(1, None),
        sparse=True,
    )
    debug_enabled: OptionalProp[bool] = prop(connection.DEBUG_ENABLED, default=None)
    ui_button_title: OptionalProp[str] = prop(connection.UI_BUTTON_TITLE, default=None)
    attribute_mapping: OptionalMapProp[str] = prop(connection.ATTRIBUTE_MAPPING, default=None)
    oauth: OptionalBlockProp[OAuth, outputs.OAuth] = prop(
        "Settings of type `OAUTH`.", default=None, wire="oauth_config"
    )
    scope_selection: OptionalBlockProp[ScopeSelection, outputs.ScopeSelection] = prop(
        "Of types `OAUTH` and `GOOGLE_DWD`: which scopes people may choose from.", default=None
    )
    passwordless: OptionalBlockProp[Passwordless, outputs.Passwordless] = prop(
        "Settings of type `PASSWORDLESS`.", default=None, wire="passwordless_config"
    )
    webauthn: OptionalBlockProp[WebAuthn, outputs.WebAuthn] = prop(
        "Settings of type `WEBAUTHN`.", default=None, wire="webauthn_config"
    )
    google_dwd: OptionalBlockProp[GoogleDwd, outputs.GoogleDwd] = prop(
        "Settings of type `GOOGLE_DWD`.", default=None, wire="google_dwd_config"
    )
    enabled: OptionalProp[bool] = prop(
        "Whether it can be used. Enabling needs complete settings; a connector is enabled from the start.", default=None
    )
    status: Prop[str] = prop(connection.STATUS, init=False)
    redirect_uri: Prop[str] = prop("The redirect URI to register at the provider.", init=False, stable=True)
    test_connection_uri: Prop[str] = prop(connection.TEST_CONNECTION_URI, init=False)
    mcp_server_url: Prop[str] = prop(
        "Of a connector: address of an MCP server with its tools alone, where the environment has them.",
        init=False,
        stable=True,
    )
    resolved_proxy_url: Prop[str] = prop(
        "Of a connector: its own address that `context_domain` led to.", init=False, stable=True
    )
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True)

    api = Api(
        item=_ITEM,
        envelope="connection",
        create=Endpoint(
            "POST",
            _COLLECTION,
            owns=("provider", "provider_key", "type", "key_id", "auth_mode", *_CONTEXT),
            flags=_flags,
            unpublished=True,
        ),
        update=(
            Endpoint(
                "PATCH",
                _ITEM,
                owns=_SETTINGS,
                carries=("provider", "provider_key", "type"),
                left_out="unknown",
                unpublished=True,
            ),
            Endpoint(
                "PATCH",
                _ITEM,
                owns=("enabled",),
                action={True: ":enable", False: ":disable"},
                moves={"status": ("COMPLETED", "CONFIGURED")},
                unpublished=True,
            ),
        ),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        before_delete=Endpoint("PATCH", _ITEM + ":disable", owns=("enabled",), unpublished=True),
        listing=replace(
            connection.EVERY_CONNECTION,
            of="environment",
            only=_DECLARABLE,
            published=True,
            further=Listing("/connections/app", "connections", page_size=30, of="environment", only=_DECLARABLE),
        ),
        identity=("provider", "provider_key", "type"),
        to_wire=_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
