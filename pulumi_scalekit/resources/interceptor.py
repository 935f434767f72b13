"""Interceptor: an address of yours that Scalekit asks while it signs somebody in."""

from typing import Annotated, Any, Literal, TypedDict

from pulumi import Input

from pulumi_scalekit import enums, outputs
from pulumi_scalekit.model import address
from pulumi_scalekit.model.api import Api, Endpoint, Inventory, Listing
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.program.resource import OptionalBlockProp, OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.interceptor_findings import INTERCEPTOR_FINDINGS, consequence

TriggerPoint = Literal[
    "POST_USER_AUTHENTICATION", "PRE_SIGNUP", "PRE_SESSION_CREATION", "PRE_USER_INVITATION", "PRE_M2M_TOKEN_CREATION",
] | enums.InterceptorTriggerPoint  # fmt: skip
InterceptorType = Literal["AUTH"] | enums.InterceptorInterceptorType
FailurePolicy = Literal["FAIL_OPEN", "FAIL_CLOSED"] | enums.InterceptorFailurePolicy

COLLECTION = "/interceptors"
_ITEM = COLLECTION + "/{id}"
# Names, and numbers where an environment writes enums so. What access tokens hold, the sixth, is a TokenTemplate.
_TRIGGERS = (
    "POST_USER_AUTHENTICATION", "PRE_SIGNUP", "PRE_SESSION_CREATION", "PRE_USER_INVITATION", "PRE_M2M_TOKEN_CREATION",
    1, 2, 3, 4, 5,
)  # fmt: skip
_SETTINGS = (
    "display_name", "description", "trigger_point", "api_url", "api_key", "oauth2", "timeout_ms", "failure_policy",
    "request_template", "response_template",
)  # fmt: skip
_CREDENTIALS = {"api_key": "API_KEY", "oauth2": "OAUTH2"}
_SECRET: dict[str, Any] = {"secret": True, "write_only": True, "length": (1, 2048)}
_UNSEEN = "No answer shows it: a change in the program is detected, a change made elsewhere is not."


def _https(text: str) -> str | None:
    """An address that gets personal data."""
    return address.web(text) or (None if text.lower().startswith("https:") else "must begin with https://")


class InterceptorApiKey(TypedDict, total=False):
    """A key that Scalekit sends in a header."""

    api_key: Annotated[Input[str], prop(f"The key, at most 2048 characters. {_UNSEEN}", **_SECRET)]
    header_name: Annotated[
        Input[str],
        prop(
            "Name of the header, such as `x-api-key`.",
            length=(1, 255),
            pattern=r"[A-Za-z0-9!#$%&'*+.^_`|~-]+",
            pattern_words="must be the name of a header of HTTP, such as x-api-key",
        ),
    ]


class InterceptorOauth2(TypedDict, total=False):
    """A client with which Scalekit gets itself a token."""

    token_url: Annotated[Input[str], prop("Where it gets the token, `https://…`.", length=(1, 2048), rule=_https)]
    client_id: Annotated[Input[str], prop("The client's id.", length=(1, 255))]
    client_secret: Annotated[Input[str], prop(f"The client's secret, at most 2048 characters. {_UNSEEN}", **_SECRET)]
    scope: Annotated[Input[str], prop("Scopes to ask for, with blanks between them.", length=(1, 1024))]


def _to_wire(body: Body) -> Body:
    """The credentials stand in `config`, with a word that says which they are."""
    sent = {name: value for name, value in body.items() if name not in _CREDENTIALS}
    for name, word in _CREDENTIALS.items():
        if name in body:
            sent["config"] = {"auth_config": {"auth_config_type": word, name: body[name]}}
    return sent


def _from_wire(found: Body, _declared: Values) -> Body:
    known = (found.get("config") or {}).get("auth_config") or {}
    return {**found, **{name: known.get(name) for name in _CREDENTIALS}}


def _fits(values: Values) -> list[tuple[str, str]]:
    both = all(values.get(name) is not None for name in _CREDENTIALS)
    return [("oauth2", "declare api_key or oauth2, not both")] if both else []


_LOST_FOR_GOOD = "A repair creates a new interceptor, which signs its calls with another secret: who answers them has to know it first."


class Interceptor(
    Resource,
    rule=_fits,
    findings=INTERCEPTOR_FINDINGS,
    consequence=consequence,
    lost_for_good=_LOST_FOR_GOOD,
):
    """An address of yours that Scalekit asks while it signs somebody in, and whose answer may refuse them.

    Scalekit sends it what it knows of the person, so a change of it deserves a review as code does: a preview says what each
    change means. Deleting an enabled interceptor disables it first where Scalekit refuses otherwise. What access tokens hold is
    a `TokenTemplate`.

    Scalekit takes credentials (`api_key`, `oauth2`) as a whole: after an import, which brings no secret, a change of them needs
    the secret too. Credentials that are no longer declared stay as they are.

    It uses endpoints that Scalekit has not published (`/api/v1/interceptors` and `…/{id}`).
    """

    display_name: Prop[str] = prop("Name that people see, 1 to 255 characters.", length=(1, 255))
    description: OptionalProp[str] = prop("What it does, for people.", default=None, length=(0, 1024))
    trigger_point: Prop[TriggerPoint] = prop(
        "When it is asked: after somebody has authenticated, before a sign-up, before a session begins, before somebody is "
        "invited, or before a machine client gets a token."
    )
    interceptor_type: OptionalProp[InterceptorType] = prop(
        "The kind of interceptor: Scalekit knows `AUTH` only.", default=None, server_default=True
    )
    api_url: OptionalProp[str] = prop(
        "Address that is asked, `https://…`.",
        default=None,
        length=(1, 6000),
        clear=REFUSE,
        clear_advice="Declare another address, or enabled=False.",
        rule=_https,
    )
    api_key: OptionalBlockProp[InterceptorApiKey, outputs.InterceptorApiKey] = prop(
        "A key with which Scalekit shows who it is. This or `oauth2`.", default=None, sent_whole=True
    )
    oauth2: OptionalBlockProp[InterceptorOauth2, outputs.InterceptorOauth2] = prop(
        "A client with which Scalekit shows who it is. This or `api_key`.", default=None, sent_whole=True
    )
    timeout_ms: OptionalProp[int] = prop(
        "Milliseconds that it may take to answer, 100 to 30000. Left out, 10000.",
        default=None,
        between=(100, 30000),
        server_default=True,
        clear=REFUSE,
        clear_advice="Declare another value, such as 10000.",
    )
    failure_policy: OptionalProp[FailurePolicy] = prop(
        "What happens while it does not answer: `FAIL_OPEN` lets people through unchecked, `FAIL_CLOSED` refuses them. Left out, "
        "Scalekit decides, and does not say how.",
        default=None,
        server_default=True,
        clear=REFUSE,
        clear_advice="Declare the one that is meant.",
    )
    request_template: OptionalProp[str] = prop(
        "Jsonnet that makes the request of what Scalekit knows. Compared as it stands, to the last line break.",
        default=None,
        verbatim=True,
    )
    response_template: OptionalProp[str] = prop(
        "Jsonnet that makes Scalekit's answer of the address's. Compared as it stands, to the last line break.",
        default=None,
        verbatim=True,
    )
    enabled: OptionalProp[bool] = prop("Whether it is asked.", default=None)
    secret_id: Prop[str] = prop(
        "Id of the secret with which Scalekit signs its calls, `sec_…`. The secret itself is to be seen in the dashboard.",
        init=False,
        stable=True,
    )
    secret_suffix: Prop[str] = prop("The last characters of that secret.", init=False, stable=True)
    create_time: Prop[str] = prop("When it was created, RFC 3339.", init=False, stable=True, wire="created_at")

    api = Api(
        item=_ITEM,
        envelope="interceptor",
        create=Endpoint("POST", COLLECTION, owns=(*_SETTINGS, "interceptor_type"), unpublished=True),
        update=(
            Endpoint("PATCH", _ITEM, owns=_SETTINGS, unpublished=True),
            Endpoint("PATCH", _ITEM, owns=("enabled",), action={True: ":enable", False: ":disable"}, unpublished=True),
        ),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        before_delete=Endpoint("PATCH", _ITEM + ":disable", owns=("enabled",), unpublished=True),
        listing=Listing(COLLECTION, "interceptors"),
        inventory=Inventory(Listing(COLLECTION, "interceptors", only=("trigger_point", _TRIGGERS))),
        identity=("trigger_point", "display_name"),
        to_wire=_to_wire,
        from_wire=_from_wire,
        read_unpublished=True,
    )
