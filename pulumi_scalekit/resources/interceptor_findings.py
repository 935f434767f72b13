"""What a change of an interceptor does: to whom the data of a sign-in goes, and what may refuse one."""

from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at, text_at, value_rule

_MOMENTS = {
    "POST_USER_AUTHENTICATION": "after somebody has authenticated",
    "PRE_SIGNUP": "before somebody signs up",
    "PRE_SESSION_CREATION": "before a session begins",
    "PRE_USER_INVITATION": "before somebody is invited",
    "PRE_M2M_TOKEN_CREATION": "before a machine client gets a token",
}
_CREDENTIALS = {"api_key": ("api_key", "header_name"), "oauth2": ("token_url", "client_id", "client_secret")}


def _moment(values: Values) -> str:
    return _MOMENTS.get(text_at(values, "trigger_point"), "at the moment that is declared")


def _is_off(values: Values) -> bool:
    return known_at(values, "enabled") is False


def _another(change: ResourceChange, path: str) -> bool:
    """Whether what is in force and was known before becomes another value."""
    before, after = change.becomes(path)
    return change.updated and before != after and bool(before or after) and not _is_off(change.after)


@change_rule("interceptor-enabled", "warning")
def enabled(change: ResourceChange) -> Iterator[Said]:
    """An interceptor is switched on: what Scalekit knows of people goes to its address, whose answer may refuse them."""
    before, after = change.becomes("enabled")
    if after is True and (before is not True or change.replaced):
        yield (
            "enabled",
            (
                f"{_moment(change.after)}, what Scalekit knows of them goes to the declared address from now on, and its answer may "
                f"refuse them"
            ),
        )


@change_rule("interceptor-off", "warning")
def off(change: ResourceChange) -> Iterator[Said]:
    """An interceptor is switched off or deleted: whom it would have refused gets through."""
    before, after = change.becomes("enabled")
    if before is not False and (change.deleted or after is False) and change.before:
        yield (
            "" if change.deleted else "enabled",
            f"{_moment(change.before)}, nothing is asked any more: whom it would have refused gets through",
        )


@change_rule("interceptor-address-changed", "warning")
def address_changed(change: ResourceChange) -> Iterator[Said]:
    """Another address is asked, or gives the token for it: what Scalekit knows of people, or the client's secret, goes there."""
    if _another(change, "api_url"):
        yield "api_url", "what Scalekit knows of people goes to another address from now on, and its answer decides"
    if _another(change, "oauth2.token_url"):
        yield "oauth2.token_url", "the secret of the client goes to another address from now on"


@change_rule("interceptor-moved", "warning")
def moved(change: ResourceChange) -> Iterator[Said]:
    """An interceptor is asked at another moment, and no longer at the one before."""
    if _another(change, "trigger_point"):
        yield "trigger_point", f"it is asked {_moment(change.after)}, and no longer {_moment(change.before)}"


@change_rule("interceptor-code-changed", "warning")
def code_changed(change: ResourceChange) -> Iterator[Said]:
    """Other code decides what is sent to the address, or what its answer means. Read it as a change of your own code."""
    if _another(change, "request_template"):
        yield "request_template", "other code decides what of a person is sent to the address"
    if _another(change, "response_template"):
        yield "response_template", "other code decides what the answer of the address means, a refusal too"


@value_rule("interceptor-fails-closed", "warning")
def fails_closed(values: Values) -> Iterator[Said]:
    """With `FAIL_CLOSED` people are refused while the address does not answer in time: it has to be as available as the sign-in."""
    if text_at(values, "failure_policy") == "FAIL_CLOSED" and not _is_off(values):
        yield "failure_policy", f"while the address does not answer in time, whoever comes {_moment(values)} is refused"


@change_rule("interceptor-fails-open", "warning")
def fails_open(change: ResourceChange) -> Iterator[Said]:
    """Where people were refused while the address did not answer, they get through unchecked from now on."""
    if change.becomes("failure_policy") == ("FAIL_CLOSED", "FAIL_OPEN") and not _is_off(change.after):
        yield "failure_policy", "while the address does not answer in time, people get through unchecked"


@value_rule("interceptor-policy-left-out", "note")
def policy_left_out(values: Values) -> Iterator[Said]:
    """Scalekit does not say whether it refuses people while the address does not answer. Declare `failure_policy`."""
    if "failure_policy" not in values:
        yield (
            "",
            "failure_policy is not declared: Scalekit decides whether people are refused while the address does not answer",
        )


@value_rule("interceptor-without-address", "warning")
def without_address(values: Values) -> Iterator[Said]:
    """An interceptor without `api_url` asks nobody."""
    if not values.get("api_url"):
        yield "", "api_url is not declared, so nobody is asked"


@change_rule("interceptor-credentials-incomplete", "error")
def credentials_incomplete(change: ResourceChange) -> Iterator[Said]:
    """Scalekit takes the credentials of an interceptor as a whole: a change of a part needs the rest, the secret too."""
    for name, needed in _CREDENTIALS.items():
        before, after = change.before.get(name), change.after.get(name)
        if isinstance(after, dict) and (after != before or change.replaced):
            for key in needed:
                if not after.get(key):
                    yield f"{name}.{key}", f"Scalekit takes {name} as a whole: declare {key} too"


INTERCEPTOR_FINDINGS = (
    enabled,
    off,
    address_changed,
    moved,
    code_changed,
    fails_closed,
    fails_open,
    policy_left_out,
    without_address,
    credentials_incomplete,
)


def consequence(change: ResourceChange) -> str:
    """What a change of an interceptor means for people. Empty where a finding says it."""
    before, after = change.becomes("enabled")
    if change.deleted:
        return "" if before is not False else "It was switched off, so nobody is affected."
    if after is True and before is not True:
        return ""
    if after is False:
        return "It is switched off, so nobody is affected." if before is not True else ""
    if not change.before:
        return f"An interceptor is prepared. It asks nobody {_moment(change.after)} until it is enabled."
    return "People go on being asked for by the new settings." if change.updated else ""
