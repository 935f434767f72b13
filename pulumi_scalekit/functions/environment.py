"""getEnvironment."""

from dataclasses import dataclass
from typing import Annotated

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.remote import wire
from pulumi_scalekit.remote.environment import Environment

ENVIRONMENT_ID = Annotated[
    str | None, words(length=(1, 32), pattern=r"env_.+", pattern_words="must be the id of an environment, env_…")
]


@dataclass(frozen=True)
class EnvironmentResult:
    """The environment that the credentials belong to.

    Attributes:
        id: Its id, `env_…`.
        display_name: Its name in the dashboard.
        type: `PRD` or `DEV`.
        region_code: Where its data is, `US` or `EU`.
        domain: The host of its own address.
        custom_domain: The host of its address of yours, an empty text without one.
        custom_domain_status: Whether Scalekit serves that: `INITIAL`, `PENDING`, `ACTIVE` or `FAILED`.

    """

    id: str
    display_name: str
    type: str
    region_code: str
    domain: str
    custom_domain: str
    custom_domain_status: str


@function()
def get_environment(
    environment: Environment,
    *,
    environment_id: ENVIRONMENT_ID = None,
) -> EnvironmentResult:
    """The environment that the credentials belong to: its name, whether it is for production, where its data is.

    A program can refuse with it to be run against production by mistake. Scalekit's own call for it wants a session of the dashboard;
    this one looks at the custom domain, and is answered with the environment. It uses an endpoint that Scalekit has not published.

    Args:
        environment: Where it lives.
        environment_id: The environment, `env_…`. Left out, it is learnt from an answer that carries it.

    Raises:
        ScalekitError: There is no such environment, nothing carries its id, or the answer does not say whether it is for production.

    API: `POST /api/v1/environments/{id}/custom-domains:check`.

    """
    doing = "reading the environment"
    client = environment.client
    id_ = environment_id or client.environment_id.get(client.request, doing)
    path = wire.path("/environments/{id}/custom-domains:check", {}, id_)
    found = client.request("POST", path, body={}, doing=doing, reads=True).get("environment") or {}
    with wire.readable(doing):
        keys = ("id", "display_name", "type", "region_code", "domain", "custom_domain", "custom_domain_status")
        result = EnvironmentResult(*(str(found.get(key) or "") for key in keys))
    if result.id != id_ or result.type not in ("PRD", "DEV"):
        # A program that keeps out of production would take an empty answer for another environment.
        raise ScalekitError(f"{doing}: Scalekit's answer does not say which one {id_} is")
    return result
