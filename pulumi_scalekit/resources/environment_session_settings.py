"""EnvironmentSessionSettings: how long sessions and tokens last in an environment, and how its cookies are."""

from typing import Any, Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model.api import Api, Endpoint
from pulumi_scalekit.model.field import RELEASE, Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalProp, Resource, prop
from pulumi_scalekit.resources.session_policy import in_minutes

CookiePersistence = Literal["PERSISTENT", "SESSION"] | enums.EnvironmentSessionSettingsCookiePersistenceType
CookieSameSite = Literal["LAX_MODE", "NONE_MODE"] | enums.EnvironmentSessionSettingsCookieSameSiteSetting

_ITEM = "/environments/{id}/session-settings"
_WITH_UNIT = ("access_token_expiry", "absolute_session_timeout", "idle_session_timeout")
_OWNED = (
    "access_token_expiry", "client_access_token_expiry", "absolute_session_timeout", "session_management_enabled",
    "idle_session_timeout", "idle_session_enabled", "cookie_persistence_type", "cookie_same_site_setting", "cookie_custom_domain",
)  # fmt: skip
ENVIRONMENT_ID: dict[str, Any] = {
    "length": (1, 32),
    "pattern": r"env_.+",
    "pattern_words": "must be the id of an environment, env_…",
    "clear": RELEASE,
    "refers_to": ("Domain.environment_id",),
}
ENVIRONMENT_ID_WORDS = (
    "The environment, `env_…`. It need not be declared: left out, it is learnt from an answer that carries it, which takes a request "
    "or two, once in a run. Where nothing carries it yet, an error says so."
)


def _to_wire(body: Body) -> Body:
    return {**body, **{f"{name}_unit": "MINUTES" for name in _WITH_UNIT if name in body}}


def _from_wire(found: Body, _declared: Values) -> Body:
    return {**found, **in_minutes(found, _WITH_UNIT)}


def _fits(values: Values) -> list[tuple[str, str]]:
    """Rules between the times: absolute timeout above idle timeout above the life of access tokens."""

    def number(name: str) -> int | None:
        value = values.get(name)
        return value if isinstance(value, int) else None

    absolute, idle, token = (
        number("absolute_session_timeout"),
        number("idle_session_timeout"),
        number("access_token_expiry"),
    )
    wrong = []
    if idle is not None and absolute is not None and idle >= absolute:
        wrong.append(f"must be less than absolute_session_timeout, {absolute} minutes")
    if idle is not None and token is not None and idle <= token:
        wrong.append(f"must be more than access_token_expiry, {token} minutes")
    return [("idle_session_timeout", f"idle_session_timeout {reason}") for reason in wrong]


def _consequence(change: ResourceChange) -> str:
    before, after = change.becomes("absolute_session_timeout")
    if change.deleted:
        return "The settings stay as they are at Scalekit, and are no longer managed."
    if isinstance(after, int) and after != before:
        old = f", and no longer after {before}" if before else ""
        return f"Sessions end after {after} minutes{old}, but in organizations with a session policy of their own."
    return "How the sessions of all users last changes."


class EnvironmentSessionSettings(Resource, rule=_fits, consequence=_consequence):
    """How long sessions and tokens last in the environment, and how its cookies are: all times in minutes.

    It is what holds for all organizations. One that has a `SessionPolicy` with `CUSTOM` has the timeouts of its own instead;
    one with `APPLICATION`, or without a policy, has these. `access_token_expiry` of an `Application` or of the
    `DefaultApplication` is that application's own, in seconds.

    The settings exist before and after this resource: a create takes them over and changes what is declared, or makes them
    where Scalekit has none yet, and destroying the resource leaves them as they are. There is one in an environment; its id is the
    environment's. Only what is declared is managed.

    Writing uses endpoints that Scalekit has not published (`PATCH` and `POST /api/v1/environments/{id}/session-settings`);
    reading uses the `GET` of the same path.
    """

    environment_id: OptionalProp[str] = prop(ENVIRONMENT_ID_WORDS, default=None, also=ENVIRONMENT_ID)
    access_token_expiry: OptionalProp[int] = prop(
        "Minutes for which an access token of a user is good, 1 to 43200.", default=None, between=(1, 43200)
    )
    client_access_token_expiry: OptionalProp[int] = prop(
        "For how long an access token of a machine client is good, 1 to 43200. Scalekit's descriptions name no unit: by its bounds, "
        "minutes.",
        default=None,
        between=(1, 43200),
    )
    absolute_session_timeout: OptionalProp[int] = prop(
        "Minutes after which a session ends in any case, 1 to 525600.", default=None, between=(1, 525600)
    )
    session_management_enabled: OptionalProp[bool] = prop("Whether Scalekit keeps sessions at all.", default=None)
    idle_session_timeout: OptionalProp[int] = prop(
        "Minutes without activity after which a session ends, 1 to 10080: less than `absolute_session_timeout`, and more than "
        "`access_token_expiry`.",
        default=None,
        between=(1, 10080),
    )
    idle_session_enabled: OptionalProp[bool] = prop("Whether an idle session ends.", default=None)
    cookie_persistence_type: OptionalProp[CookiePersistence] = prop(
        "`PERSISTENT` cookies survive the end of the browser, `SESSION` cookies do not.", default=None
    )
    cookie_same_site_setting: OptionalProp[CookieSameSite] = prop(
        "`LAX_MODE`, or `NONE_MODE` for pages in frames of other sites.", default=None
    )
    cookie_custom_domain: OptionalProp[str] = prop("The domain of the cookies.", default=None)

    api = Api(
        item=_ITEM,
        envelope="session_settings",
        makes=Endpoint("POST", _ITEM, unpublished=True),
        update=(Endpoint("PATCH", _ITEM, owns=_OWNED, left_out="unknown", unpublished=True),),
        setting_of="environment_id",
        to_wire=_to_wire,
        from_wire=_from_wire,
    )
