"""What a change of a mail server leads to."""

from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at, shared_rule, text_at

_OWN = "Scalekit sends codes, sign-in links and invitations with its own server again, and without your templates"


@change_rule("email-server-off", "warning")
def off(change: ResourceChange) -> Iterator[Said]:
    """The mail server that is in use is deleted or switched off: Scalekit sends with its own server, and its own texts.

    Another `EmailServer` that is enabled in the same `pulumi up` takes its place.
    """
    before, after = change.becomes("enabled")
    if before is True and (change.deleted or (after is False and not change.replaced)):
        yield "" if change.deleted else "enabled", f"unless another server is enabled, {_OWN}"


@change_rule("email-password-left-out", "warning")
def password_left_out(change: ResourceChange) -> Iterator[Said]:
    """The settings of a mail server change, and the program does not declare its password, for example after an import.

    Scalekit takes the settings as a whole. Nobody knows whether it keeps a password that is left out, and no answer shows it:
    without it no mail is sent, and nobody gets a code or a sign-in link. Declare it.
    """
    before, after = change.becomes("smtp_settings")
    if change.updated and isinstance(after, dict) and before != after and "password" not in after:
        yield "smtp_settings", "the settings are sent without a password, which Scalekit may drop: declare it"


def _enabled(values: Values) -> Iterator[tuple[str, str]]:
    if known_at(values, "enabled") is True:
        yield "enabled", "true"


@shared_rule("email-server-shared", "warning", _enabled)
def shared(values: Values, other: Values, label: str) -> str | None:  # noqa: ARG001 - the other is named by its label
    """The program enables two mail servers. Scalekit sends with one: enabling the second switches the first off.

    Each `pulumi up` after a refresh would enable the one that is off.
    """
    return f"the {label} is enabled too, and Scalekit sends with one server: enabling one switches the other off"


def consequence(change: ResourceChange) -> str:
    """What a change of a mail server means for those who get the mail."""
    before, after = change.becomes("enabled")
    if before is True and (change.deleted or after is False):
        return ""
    if change.deleted or after is not True:
        return "No mail is sent with this server."
    sender = text_at(change.after, "smtp_settings.from_email") or "the declared address"
    return f"Mail to users comes from {sender} and goes out through {text_at(change.after, 'smtp_settings.host') or 'this server'}."


EMAIL_SERVER_FINDINGS = (off, password_left_out, shared)
