"""What a change of a connection of the environment does to the people who sign in with it, and to agents that use it."""

from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at, text_at, value_rule
from pulumi_scalekit.resources.connection_findings import off, unfinished


def _is_connector(change: ResourceChange) -> bool:
    return bool(text_at(change.after or change.before, "provider_key"))


def _whom(change: ResourceChange) -> str:
    return (
        "no agent can use this connector"
        if _is_connector(change)
        else "nobody of any organization can sign in this way"
    )


@change_rule("environment-connection-disabled", "warning")
def disabled(change: ResourceChange) -> Iterator[Said]:
    """A sign-in of the environment, or a connector, is switched off: from then on nobody can use it, in no organization."""
    before, after = change.becomes("enabled")
    if before is True and after is False:
        yield "enabled", f"{_whom(change)} any more"


@change_rule("environment-connection-replaced", "warning")
def replaced(change: ResourceChange) -> Iterator[Said]:
    """A new connection takes the place of the old one.

    Its redirect URI is another, and the provider refuses sign-ins until it is registered there. What people have authorized
    through the connector has to be authorized anew.
    """
    if change.replaced:
        yield (
            "",
            (
                "a new connection takes the place of this one: its redirect URI must be registered anew at the provider, and what "
                "people have authorized through it is lost"
            ),
        )


@change_rule("environment-connection-deleted", "warning")
def deleted(change: ResourceChange) -> Iterator[Said]:
    """A connection of the environment is deleted: from then on nobody can use it, in no organization.

    What people have authorized through a connector has to be authorized anew, should it come back.
    """
    if change.deleted:
        live = known_at(change.before, "enabled") is not False
        yield (
            "",
            f"the connection is deleted while it may be in use: {_whom(change)} any more"
            if live
            else "the connection, which is switched off, is deleted",
        )


@value_rule("platform-credentials", "note")
def platform_credentials(values: Values) -> Iterator[Said]:
    """A connection uses Scalekit's own client at the provider, which is there for development.

    People see Scalekit's name when they sign in, and not yours. Declare a client of your own for production.
    """
    if known_at(values, "oauth.use_platform_creds") is True:
        yield "oauth.use_platform_creds", "is Scalekit's own client at the provider, which is for development"


def consequence(change: ResourceChange) -> str:
    """What a change of a connection of the environment means for who uses it."""
    before, after = change.becomes("enabled")
    name = text_at(change.after, "provider_key") or text_at(change.after, "provider")
    if change.deleted or change.replaced or (before is True and after is False):
        return ""
    if _is_connector(change):
        return "" if change.before else f"Agents can act for people at {name} who connect an account."
    how = {"PASSWORDLESS": "by e-mail", "WEBAUTHN": "with passkeys"}.get(text_at(change.after, "type"), f"with {name}")
    if after is True and (before is not True or not change.before):
        return f"People of every organization can sign in {how} from now on."
    if not change.before:
        return f"The sign-in {how} is prepared. Nobody signs in with it yet."
    if "enabled" in change.before and before is False:
        return "The sign-in is switched off, so nobody is affected."
    return "People go on signing in this way, by the new settings."


ENVIRONMENT_CONNECTION_FINDINGS = (disabled, replaced, deleted, platform_credentials)
ENVIRONMENT_CONNECTION_HEALTH = (off, unfinished)
LOST_FOR_GOOD = (
    "A repair creates a new connection, whose redirect URI is another and has to be registered at the provider. What people had "
    "authorized through a connector, they have to authorize again."
)
