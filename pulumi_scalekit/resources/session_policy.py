"""SessionPolicy: how long the sessions of an organization's users last."""

from collections.abc import Iterable
from typing import Any, Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model.api import Api, Endpoint, Inventory
from pulumi_scalekit.model.field import REFUSE, Body, Values
from pulumi_scalekit.model.finding import ResourceChange
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop

PolicySource = Literal["APPLICATION", "CUSTOM"] | enums.SessionPolicyPolicySource

_ITEM = "/organizations/{organization_id}/session-policy"
_MINUTES = {"MINUTES": 1, "HOURS": 60, "DAYS": 24 * 60, 1: 1, 2: 60, 3: 24 * 60}
_TIMEOUTS = ("absolute_session_timeout", "idle_session_timeout")
_STAYS: dict[str, Any] = {
    "between": (1, 2**31 - 1),
    "clear": REFUSE,
    "clear_advice": 'Declare another value, or policy_source="APPLICATION".',
    "falls_with": ("policy_source", "APPLICATION"),
}


def _to_wire(body: Body) -> Body:
    units = {f"{name}_unit": "MINUTES" for name in _TIMEOUTS if name in body}
    return {**body, **units}


def _from_wire(found: Body, _declared: Values) -> Body:
    """Timeouts in minutes, whatever their unit; an inherited policy has none of its own."""
    if found.get("policy_source") in ("APPLICATION", 1):
        return {**found, **dict.fromkeys((*_TIMEOUTS, "idle_session_timeout_enabled"))}
    return {**found, **in_minutes(found)}


def in_minutes(found: Body, names: Iterable[str] = _TIMEOUTS) -> dict[str, int | None]:
    """The timeouts of an answered policy, each by its unit."""

    def minutes(name: str) -> int | None:
        unit = _MINUTES.get(found.get(f"{name}_unit") or "MINUTES", 1)
        return int(found[name]) * unit if found.get(name) else None

    return {name: minutes(name) for name in names}


def _fits(values: Values) -> list[tuple[str, str]]:
    """Rules between the properties."""
    own = ("absolute_session_timeout", "idle_session_timeout_enabled", "idle_session_timeout")
    if values.get("policy_source") == "APPLICATION":
        return [
            (name, f'{name} goes with policy_source="CUSTOM": an organization that inherits has no timeouts of its own')
            for name in own
            if values.get(name) is not None
        ]
    absolute, idle = values.get("absolute_session_timeout"), values.get("idle_session_timeout")
    if isinstance(absolute, int) and isinstance(idle, int) and idle >= absolute:
        return [
            (
                "idle_session_timeout",
                f"idle_session_timeout must be less than absolute_session_timeout, {absolute} minutes",
            )
        ]
    return []


def _consequence(change: ResourceChange) -> str:
    before, after = change.becomes("absolute_session_timeout")
    if change.deleted:
        return "The policy stays as it is at Scalekit, and is no longer managed."
    if isinstance(after, int) and after != before:
        return f"Sessions end after {after} minutes{f', and no longer after {before}' if before else ''}."
    return "How long sessions last when nobody uses them changes."


class SessionPolicy(Resource, rule=_fits, consequence=_consequence):
    """How long the sessions of an organization's users last: a setting of the organization, all times in minutes.

    The id is the organization's. Destroying it leaves the policy as it is; to inherit again, declare
    `policy_source="APPLICATION"`. The organization needs the feature `session_policy`.
    """

    organization_id: Prop[str] = prop("The organization, `org_…`.", refers_to=("Organization.id",))
    policy_source: Prop[PolicySource] = prop("`APPLICATION` inherits the application's policy, `CUSTOM` has its own.")
    absolute_session_timeout: OptionalProp[int] = prop(
        "Minutes after which a session ends in any case, at least 1. With `CUSTOM` only.",
        default=None,
        also=_STAYS,
    )
    idle_session_timeout_enabled: OptionalProp[bool] = prop(
        "Whether an idle session ends. With `CUSTOM` only.", default=None
    )
    idle_session_timeout: OptionalProp[int] = prop(
        "Minutes without activity after which a session ends, at least 1 and less than `absolute_session_timeout`; it must "
        "be more than the life of the application's access tokens. With `CUSTOM` only.",
        default=None,
        also=_STAYS,
    )

    api = Api(
        item=_ITEM,
        envelope="policy",
        update=(
            Endpoint(
                "PATCH",
                _ITEM,
                owns=(
                    "policy_source",
                    "absolute_session_timeout",
                    "idle_session_timeout_enabled",
                    "idle_session_timeout",
                ),
                carries=("policy_source",),
            ),
        ),
        setting_of="organization_id",
        inventory=Inventory(feature="session_policy", only=("policy_source", "CUSTOM")),
        needs='Session policies need the feature session_policy: declare features={"session_policy": True} at the Organization',
        to_wire=_to_wire,
        from_wire=_from_wire,
    )
