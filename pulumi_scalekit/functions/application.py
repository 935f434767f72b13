"""getApplications."""

from dataclasses import dataclass

from pulumi_scalekit.functions.lookup import listed
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.resources.application import Application


@dataclass(frozen=True)
class ApplicationResult:
    """An application as it is now, without its secrets.

    Attributes:
        client_type: `WEB_APP`, `SPA` or `NTV`; `ENV` is the environment's default application.

    """

    id: str
    name: str | None
    client_type: str
    post_login_uris: list[str] | None
    post_logout_redirect_uris: list[str] | None
    initiate_login_uri: str | None
    scopes: list[str] | None
    create_time: str | None


class ApplicationsResult(list[ApplicationResult]):
    """A list, and its own `applications`: the name that code in every other language, and generated code, reads it by."""

    @property
    def applications(self) -> list[ApplicationResult]:
        return self


@function(Application.kind)
def get_applications(environment: Environment) -> ApplicationsResult:
    """Every application of the environment, the default one included. One request for each thirty.

    It uses an endpoint that Scalekit has not published.

    API: `GET /api/v1/clients`.
    """
    return ApplicationsResult(listed(ApplicationResult, Application.kind, environment))
