"""CustomProvider: a connector of yours, by which agents reach an API or an MCP server that Scalekit does not know."""

import json
from typing import Any

from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.program.resource import OptionalMapProp, OptionalProp, Prop, Resource, prop

_ITEM = "/custom-providers/{id}"
_LISTING = Listing("/providers", "providers", query=(("filter.provider_type", "CUSTOM"),), page_size=1000)
_OWNED = ("display_name", "description", "auth_patterns", "proxy_url", "proxy_enabled", "icon_src", "metadata")


def _whole(value: Any) -> Any:
    """A JSON value without the `.0` that numbers of the API's have."""
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(value: Any) -> str:
    return json.dumps(_whole(value), sort_keys=True, ensure_ascii=False)


def _normal(text: str) -> str:
    try:
        return _text(json.loads(text))
    except ValueError:
        return text


def _patterns(text: str) -> str | None:
    try:
        patterns = json.loads(text)
    except ValueError as error:
        return f"is not JSON: {error}"
    if not isinstance(patterns, list) or not patterns:
        return 'must be a list of ways to sign in, such as [{"type": "BEARER", …}]'
    wrong = next((n for n, each in enumerate(patterns) if not isinstance(each, dict) or not each.get("type")), None)
    return None if wrong is None else f"has no type in its item {wrong}: OAUTH, BASIC, BEARER, API_KEY or NO_AUTH"


def _holds(live: Any, declared: Any) -> bool:
    """Whether a JSON value has all that is declared of it. Scalekit may fill in what is left out."""
    if isinstance(declared, dict):
        return isinstance(live, dict) and all(_holds(live.get(key), value) for key, value in declared.items())
    if isinstance(declared, list):
        same = isinstance(live, list) and len(live) == len(declared)
        return same and all(map(_holds, live, declared))
    return bool(_whole(live) == _whole(declared)) or (live is None and declared in ("", False))


def _to_wire(body: Body) -> Body:
    patterns = body.get("auth_patterns")
    return {**body, "auth_patterns": json.loads(patterns)} if isinstance(patterns, str) else body


def _from_wire(found: Body, declared: Values) -> Body:
    """What is declared stays as it is where the answer has all of it."""
    live, text = found.get("auth_patterns") or [], declared.get("auth_patterns")
    known = isinstance(text, str) and not _patterns(text) and _holds(live, json.loads(text))
    return {**found, "auth_patterns": text if known else _text(live)}


class CustomProvider(Resource):
    """A connector of yours, by which agents reach an API or an MCP server for which Scalekit has no connector.

    Its documents call it a custom connector, the API a custom provider. A connection of the environment is made from it, with
    its `identifier`, and agents use that. An `McpServer` is the other direction: a server of yours that others use.

    To be read it uses an endpoint that Scalekit has not published (`GET /api/v1/providers`).
    """

    display_name: Prop[str] = prop(
        "Name that people see, unique: 1 to 200 letters, digits and blanks.",
        length=(1, 200),
        pattern=r"[a-zA-Z0-9 ]*[a-zA-Z0-9][a-zA-Z0-9 ]*",
        pattern_words="may hold letters, digits and blanks only, such as Ticket system 2",
    )
    description: OptionalProp[str] = prop("What it connects to.", default=None)
    auth_patterns: Prop[str] = prop(
        "The ways in which users sign in to it, a list as JSON text: `json.dumps([…])`, in YAML `fn::toJSON`. Each has a `type`: "
        "`OAUTH`, `BASIC`, `BEARER`, `API_KEY` or `NO_AUTH`; what else it has is in Scalekit's documents under **Bring your own "
        "connector**. It says what to ask users for and is shown in clear: put no secret into it.",
        length=(1, None),
        normal=_normal,
        rule=_patterns,
    )
    proxy_url: Prop[str] = prop(
        "Base URL of the API, or the URL of the MCP server: `https://…`, which may have fields in it, `https://{{domain}}/api`.",
        length=(1, 2048),
        pattern=r"https://.*",
        pattern_words="must begin with https://",
    )
    proxy_enabled: Prop[bool] = prop("Whether Scalekit calls it for agents. Its documents say: true.")
    icon_src: OptionalProp[str] = prop(
        "Address of its icon, `https://…`, best an SVG of 800 by 800.",
        default=None,
        length=(1, 2048),
        pattern=r"https://.*",
        pattern_words="must begin with https://",
    )
    metadata: OptionalMapProp[str] = prop(
        "Your own keys and values, at most 20: keys of 3 to 25 characters, values of 1 to 256. Managed as a whole.",
        default=None,
        keys=(3, 25),
        items=(0, 20),
        length=(1, 256),
    )
    identifier: Prop[str] = prop("What a connection names it by: the resource's id too.", init=False, stable=True)
    is_custom_mcp: Prop[bool] = prop("Whether it leads to an MCP server.", init=False)

    api = Api(
        item=_ITEM,
        id="identifier",
        envelope="provider",
        create=Endpoint("POST", "/custom-providers"),
        # The API reference says that what is left out stays, the guide that it does not.
        update=(Endpoint("PUT", _ITEM, owns=_OWNED, left_out="reset"),),
        delete=Endpoint("DELETE", _ITEM),
        read_list=_LISTING,
        listing=_LISTING,
        identity=("display_name",),
        delete_before_replace=True,
        delete_advice="If it is in use, delete the connections and connected accounts that were made from it first",
        to_wire=_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
