"""getAuthorizationUrl: where an application sends a browser to sign in. Pure: nothing is asked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from pulumi import InvokeOptions

from pulumi_scalekit.functions.call import argument, ask, keys
from pulumi_scalekit.lifecycle import Environment
from pulumi_scalekit.model.function import Function
from pulumi_scalekit.model.kind import Values
from pulumi_scalekit.provider.registration import Provider

_SELECTORS = ("organization_id", "connection_id", "domain", "provider")


@dataclass(frozen=True)
class AuthorizationUrlResult:
    """An address to sign in at."""

    url: str


def _build(environment: Environment, arguments: Values) -> Values:
    query = {
        "response_type": "code",
        "client_id": environment.client_id,
        "redirect_uri": arguments["redirect_uri"],
        "scope": " ".join(arguments.get("scopes") or ("openid", "profile", "email")),
        **{name: arguments[name] for name in (*_SELECTORS, "login_hint", "prompt") if arguments.get(name)},
    }
    return {"url": f"{environment.url}/oauth/authorize?{urlencode(query)}"}


def _one_selector(arguments: Values) -> list[tuple[str, str]]:
    given = [name for name in _SELECTORS if arguments.get(name)]
    return [] if len(given) == 1 else [("organization_id", f"give exactly one of {', '.join(_SELECTORS)}")]


GET_AUTHORIZATION_URL = Function(
    "getAuthorizationUrl",
    "The address at which users of an organization, connection, domain or social provider sign in. Nothing is asked of "
    "Scalekit. `state`, `nonce` and PKCE belong to each sign-in: your application adds them.",
    inputs=(
        argument("redirect_uri", str, "Where Scalekit sends the browser back to; must be registered.", required=True),
        argument("organization_id", str, "Sign in with this organization's connection, `org_…`."),
        argument("connection_id", str, "Sign in with this connection, `conn_…`."),
        argument("domain", str, "Sign in with the connection of this domain name."),
        argument("provider", str, "Sign in with this social provider, such as `google`."),
        argument("scopes", list[str], "Scopes to ask for. Default: `openid`, `profile`, `email`."),
        argument("login_hint", str, "The user's e-mail address, if it is known."),
        argument("prompt", str, "How to ask, such as `login`."),
    ),
    outputs=keys(AuthorizationUrlResult, url="The address."),
    run=_build,
    result=lambda found: AuthorizationUrlResult(**found),
    rule=_one_selector,
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
    environment: Provider | None = None,
    opts: InvokeOptions | None = None,
) -> AuthorizationUrlResult:
    """Build the address at which users sign in. Nothing is asked of Scalekit.

    Args:
        redirect_uri: Where Scalekit sends the browser back to; must be registered.
        organization_id: Sign in with this organization's connection, `org_…`.
        connection_id: Sign in with this connection, `conn_…`.
        domain: Sign in with the connection of this domain name.
        provider: Sign in with this social provider, such as `google`.
        scopes: Scopes to ask for. Default: `openid`, `profile`, `email`.
        login_hint: The user's e-mail address, if it is known.
        prompt: How to ask, such as `login`.
        environment: Another environment than the stack's.
        opts: Pulumi's options: `provider` and `parent` choose the environment too.

    Raises:
        ScalekitError: Not exactly one of organization, connection, domain and provider is given.

    """
    return ask(
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
    )
