"""getAuthorizationUrl: where an application sends a browser to sign in. Nothing is sent."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from pulumi_scalekit.model import address, domain_name
from pulumi_scalekit.program.function import function, words
from pulumi_scalekit.remote.environment import Environment


@dataclass(frozen=True)
class AuthorizationUrlResult:
    """An address to sign in at.

    Attributes:
        url: The address.

    """

    url: str


@function()
def get_authorization_url(
    environment: Environment,
    *,
    redirect_uri: Annotated[str, words(rule=address.target)],
    organization_id: str | None = None,
    connection_id: str | None = None,
    domain: Annotated[str | None, words(normal=domain_name.normal, rule=domain_name.refused)] = None,
    provider: str | None = None,
    scopes: list[str] | None = None,
    login_hint: str | None = None,
    prompt: str | None = None,
    client_id: str | None = None,
) -> AuthorizationUrlResult:
    """Build the address at which users sign in: those of an organization, connection, domain or social provider, or anybody.

    All of these may be left out. Of several, Scalekit goes by the provider first, then by the connection, the organization,
    the domain, and last by the domain in the login hint. Nothing is sent to Scalekit. `state`, `nonce` and PKCE belong to
    each sign-in: your application adds them.

    Args:
        environment: Where they sign in.
        redirect_uri: Where Scalekit sends the browser back to; must be registered.
        organization_id: Sign in with this organization's connection, `org_…`.
        connection_id: Sign in with this connection, `conn_…`.
        domain: Sign in with the connection of this domain name.
        provider: Sign in with this social provider, such as `google`: an `EnvironmentConnection`, or one set in the dashboard.
        scopes: Scopes to ask for. Default: `openid`, `profile`, `email`.
        login_hint: The user's e-mail address, if it is known. Alone, its domain leads to a connection.
        prompt: How to ask, such as `login`.
        client_id: Sign in to this `Application`, `skc_…`. Default: the environment's client.

    Raises:
        ScalekitError: An argument cannot be what it is for.

    """
    selectors = {
        "organization_id": organization_id,
        "connection_id": connection_id,
        "domain": domain,
        "provider": provider,
        "login_hint": login_hint,
        "prompt": prompt,
    }
    query = {
        "response_type": "code",
        "client_id": client_id or environment.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(scopes or ("openid", "profile", "email")),
        **{name: value for name, value in selectors.items() if value},
    }
    return AuthorizationUrlResult(f"{environment.url}/oauth/authorize?{urlencode(query)}")
