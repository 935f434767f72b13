"""Settings of an organization that have an endpoint of their own."""

from __future__ import annotations

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, invalid
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_MINUTES = {"MINUTES": 1, "HOURS": 60, "DAYS": 24 * 60}
_TIMEOUTS = ("absolute_session_timeout", "idle_session_timeout")
_ACCESS_TOKEN_MINUTES = 5


@rpc("OrganizationService.GetOrganizationUserManagementSetting")
def get_user_limit(call: Call) -> Json:
    organization = _with_user_limit(call)
    return {"settings": dict(call.store.user_limits.get(organization["id"], {}))}


@rpc("OrganizationService.UpsertUserManagementSettings", effect="update")
def update_user_limit(call: Call) -> Json:
    """The whole setting: a limit that is left out or null is no longer set, and 0 is a value."""
    organization = _with_user_limit(call)
    settings = call.get("settings", {})
    if settings.get("max_allowed_users", 0) < 0:
        raise invalid("settings.max_allowed_users", "must not be negative")
    call.store.user_limits[organization["id"]] = Record(settings)
    return {"settings": settings}


def _with_user_limit(call: Call) -> Record:
    organization = call.organization()
    if call.switches.user_limit == "forbidden":
        raise Refusal(403, "user limits are not enabled for this environment")
    if call.switches.user_limit == "unimplemented":
        raise Refusal(501, "user limits are not available")
    return organization


@rpc("OrganizationService.GetOrganizationSessionPolicy")
def get_session_policy(call: Call) -> Json:
    return {"policy": _policy(call, call.organization())}


@rpc("OrganizationService.GetApplicationSessionPolicy")
def get_application_session_policy(call: Call) -> Json:
    call.organization()
    return {"application_policy": call.store.application_session_policy}


@rpc("EnvironmentService.GetFeatures")
def get_features(call: Call) -> Json:
    return {"features": [{"name": name, "enabled": enabled} for name, enabled in call.store.features.items()]}


@rpc("OrganizationService.UpdateOrganizationSessionPolicy", effect="update")
def update_session_policy(call: Call) -> Json:
    """Timeouts arrive in any unit and are answered in minutes; only a CUSTOM policy has any."""
    organization = call.organization()
    if call.switches.session_policy_feature == "required":
        call.require_feature(organization, "session_policy")
    policy = _policy(call, organization)
    policy["policy_source"] = call.body.get("policy_source", policy["policy_source"])
    if policy["policy_source"] == "CUSTOM":
        if "idle_session_timeout_enabled" in call.body:
            policy["idle_session_timeout_enabled"] = call.body["idle_session_timeout_enabled"]
        for name in _TIMEOUTS:
            if name in call.body:
                policy[name] = call.body[name] * _MINUTES[call.body.get(f"{name}_unit", "MINUTES")]
                policy[f"{name}_unit"] = "MINUTES"
                if policy[name] <= 0:
                    raise invalid(name, "must be positive")
        _require_order(policy)
    else:
        policy = Record(policy_source="APPLICATION")
    call.store.session_policies[organization["id"]] = policy
    return {"policy": policy}


def _require_order(policy: Record) -> None:
    """Absolute timeout above idle timeout above the life of the application's access tokens."""
    idle, absolute = policy.get("idle_session_timeout"), policy.get("absolute_session_timeout")
    if not idle or policy.get("idle_session_timeout_enabled") is False:
        return
    if absolute and idle >= absolute:
        raise invalid("policy.idle_session_timeout", "must be less than the absolute session timeout")
    if idle <= _ACCESS_TOKEN_MINUTES:
        raise invalid("policy.idle_session_timeout", "must be more than the access token expiry")


def _policy(call: Call, organization: Record) -> Record:
    known = call.store.session_policies.get(organization["id"])
    return Record(known or {"policy_source": "APPLICATION"})
