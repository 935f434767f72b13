"""getApplicationSessionPolicy: what an organization inherits that has no session policy of its own."""

from dataclasses import dataclass

from pulumi_scalekit.api.errors import NotFound, ScalekitError
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.absence import endpoint_missing
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.objects import Objects
from pulumi_scalekit.resources.session_policy import SessionPolicy, in_minutes

_KIND = SessionPolicy.kind


@dataclass(frozen=True)
class ApplicationSessionPolicyResult:
    """The application's session policy, all times in minutes.

    Attributes:
        absolute_session_timeout: Minutes after which a session ends in any case.
        idle_session_timeout_enabled: Whether an idle session ends.
        idle_session_timeout: Minutes without activity after which a session ends.
        access_token_expiry: Life of an access token in minutes.

    """

    absolute_session_timeout: int | None
    idle_session_timeout_enabled: bool | None
    idle_session_timeout: int | None
    access_token_expiry: int | None


@function()
def get_application_session_policy(environment: Environment, *, organization_id: str) -> ApplicationSessionPolicyResult:
    """The session policy that an organization inherits, unless a `SessionPolicy` gives it one of its own.

    It uses an endpoint that Scalekit has not published.

    Args:
        environment: Where it lives.
        organization_id: The organization, `org_…`.

    Raises:
        ScalekitError: The organization does not exist, or the environment has no session policies.

    API: `GET /api/v1/organizations/{organization_id}/application-session-policy`.

    """
    above = {"organization_id": organization_id}
    doing = f"reading the session policy that {organization_id} inherits"
    path = wire.path("/organizations/{organization_id}/application-session-policy", above)
    try:
        found = environment.client.request("GET", path, doing=doing).get("application_policy") or {}
    except NotFound as error:
        if Objects(_KIND, environment).parent_gone(above):
            raise ScalekitError(f"{doing}: not found in {environment.url}.") from None
        raise endpoint_missing(_KIND, error, unpublished=True) from None
    times = in_minutes(found)
    life = found.get("access_token_expiry")
    return ApplicationSessionPolicyResult(
        times["absolute_session_timeout"],
        found.get("idle_session_timeout_enabled"),
        times["idle_session_timeout"],
        int(life) if life else None,
    )
