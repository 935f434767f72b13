"""getAuthorizationUrl: where an application sends a browser to sign in. Pure: nothing is asked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from pulumi import InvokeOptions

from pulumi_scalekit.model import address, domain_name
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.program.invoke import argument, invoke, keys
from pulumi_scalekit.program.provider import Provider
from pulumi_scalekit.remote.environment import Environment

_GIVEN = ("organization_id", "connection_id", "domain", "provider", "login_hint", "prompt")


@dataclass(frozen=True)
class AuthorizationUrlResult:
    """An address to sign in at."""

    url: str


def _build(environment: Environment, arguments: Values) -> Values:
    query = {
        "response_type": "code",
        "client_id": arguments.get("client_id") or environment.client_id,
        "redirect_uri": arguments["redirect_uri"],
        "scope": " ".join(arguments.get("scopes") or ("openid", "profile", "email")),
        **{name: arguments[name] for name in _GIVEN if arguments.get(name)},
    }
    return {"url": f"{environment.url}/oauth/authorize?{urlencode(query)}"}


GET_AUTHORIZATION_URL = Function(
    "getAuthorizationUrl",
    "The address at which users sign in: those of an organization, connection, domain or social provider, or, where none of "
    "these is given, whoever comes. Of several, Scalekit goes by the provider first, then by the connection, the organization, "
    "the domain, and last by the domain in the login hint. Nothing is asked of Scalekit. `state`, `nonce` and PKCE belong to "
    "each sign-in: your application adds them.",
    inputs=(
        argument(
            "redirect_uri",
            str,
            "Where Scalekit sends the browser back to; must be registered.",
            required=True,
            rule=address.target,
        ),
        argument("organization_id", str, "Sign in with this organization's connection, `org_…`."),
        argument("connection_id", str, "Sign in with this connection, `conn_…`."),
        argument(
            "domain",
            str,
            "Sign in with the connection of this domain name.",
            normal=domain_name.normal,
            rule=domain_name.refused,
        ),
        argument("provider", str, "Sign in with this social provider, such as `google`."),
        argument("scopes", list[str], "Scopes to ask for. Default: `openid`, `profile`, `email`."),
        argument(
            "login_hint", str, "The user's e-mail address, if it is known. Alone, its domain leads to a connection."
        ),
        argument("prompt", str, "How to ask, such as `login`."),
        argument("client_id", str, "Sign in to this Application, `skc_…`. Default: the environment's client."),
    ),
    outputs=keys(AuthorizationUrlResult, url="The address."),
    run=_build,
    result=lambda found: AuthorizationUrlResult(**found),
)


def get_authorization_url(
    *,
    redirect_uri: str,
    organization_id: str | None = None,
    connection_id: str | None = None,
    domain: str | None = None,
    provider: str | None = None,
    scopes: list[str] | None = None,
    login_hint: str | None = None,
    prompt: str | None = None,
    client_id: str | None = None,
    environment: Provider | None = None,
    opts: InvokeOptions | None = None,
) -> AuthorizationUrlResult:
    """Build the address at which users sign in. Nothing is asked of Scalekit.

    Organization, connection, domain and provider may all be left out. Of several, Scalekit goes by the provider first, then
    by the connection, the organization, the domain, and last by the domain in the login hint.

    Args:
        redirect_uri: Where Scalekit sends the browser back to; must be registered.
        organization_id: Sign in with this organization's connection, `org_…`.
        connection_id: Sign in with this connection, `conn_…`.
        domain: Sign in with the connection of this domain name.
        provider: Sign in with this social provider, such as `google`.
        scopes: Scopes to ask for. Default: `openid`, `profile`, `email`.
        login_hint: The user's e-mail address, if it is known. Alone, its domain leads to a connection.
        prompt: How to ask, such as `login`.
        client_id: Sign in to this `Application`, `skc_…`. Default: the environment's client.
        environment: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: An argument cannot be what it is for.

    """
    return invoke(
        GET_AUTHORIZATION_URL,
        environment,
        opts,
        redirect_uri=redirect_uri,
        organization_id=organization_id,
        connection_id=connection_id,
        domain=domain,
        provider=provider,
        scopes=scopes,
        login_hint=login_hint,
        prompt=prompt,
        client_id=client_id,
    )
