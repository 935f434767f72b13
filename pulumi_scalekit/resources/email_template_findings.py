"""What a mail's text lacks or asks for, and what a change of it leads to."""

import re
from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at, shared_rule, text_at, value_rule
from pulumi_scalekit.model.names import nearest

_PLACEHOLDER = re.compile(r"{{\s*([A-Za-z_][\w.]*)\s*}}")
_LINKS = ("link", "magic_link")
_CODES = ("otp",)
_KNOWN = (
    "app_name", "app_logo_url", "app_support_email", "app_organization_meta_name", "organization_name", "user_name",
    "user_email", "user.name", "user.email", "auth_request_id", "expiry_time_relative", "expiry_time", "expire_time",
    *_CODES, *_LINKS,
)  # fmt: skip
"""Those that Scalekit's documents name, today's and earlier ones."""
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "OTP_LOGIN": (_CODES,),
    "USER_LOGIN_OTP": (_CODES,),
    "USER_SIGNUP_OTP": (_CODES,),
    "USER_LOGIN_LINK": (_LINKS,),
    "USER_SIGNUP_LINK": (_LINKS,),
    "MEMBER_INVITE": (_LINKS,),
    "USER_INVITE": (_LINKS,),
    "USER_LOGIN_LINK_OTP": (_CODES, _LINKS),
    "USER_SIGNUP_LINK_OTP": (_CODES, _LINKS),
    "LOGIN": ((*_CODES, *_LINKS),),
    "USER_LOGIN": ((*_CODES, *_LINKS),),
    "SIGNUP": ((*_CODES, *_LINKS),),
}
"""By use case: of each of these, a mail has to hold one."""
_BODIES = ("html_content", "plain_content")


@value_rule("email-template-without-code", "warning")
def without_code(values: Values) -> Iterator[Said]:
    """A mail has neither the code nor the link that it is sent for: who gets it cannot sign in.

    It is looked for in both forms, `{{otp}}` and `{{link}}`, because people see one of them only.
    """
    for path in _BODIES:
        text = text_at(values, path)
        held = set(_PLACEHOLDER.findall(text))
        for needed in _NEEDED.get(text_at(values, "use_case"), ()) if text else ():
            if not held & set(needed):
                wanted = " or ".join("{{" + name + "}}" for name in needed if name != "magic_link")
                yield path, f"it holds no {wanted}: who gets this mail can do nothing with it"


@value_rule("email-template-placeholder", "warning")
def placeholder(values: Values) -> Iterator[Said]:
    """A placeholder is none of those that Scalekit's documents name.

    Either it is misspelled, or it is one of your own: then every request to send a passwordless mail has to give its value in
    `template_variables`, and Scalekit refuses a request that does not.
    """
    for path in ("subject", *_BODIES):
        for name in dict.fromkeys(_PLACEHOLDER.findall(text_at(values, path))):
            if name not in _KNOWN:
                near = nearest(name, _KNOWN)
                meant = f"did you mean {{{{{near}}}}}?" if near else "it has to be given whenever a mail is sent"
                yield path, f"{{{{{name}}}}} is no placeholder of Scalekit's: {meant}"


@change_rule("email-template-off", "note")
def off(change: ResourceChange) -> Iterator[Said]:
    """The template that is in use is deleted or switched off: Scalekit sends its own text, unless another one is enabled."""
    before, after = change.becomes("enabled")
    if before is True and (change.deleted or (after is False and not change.replaced)):
        yield "" if change.deleted else "enabled", "unless another template is enabled, Scalekit sends its own text"


def _enabled(values: Values) -> Iterator[tuple[str, str]]:
    if known_at(values, "enabled") is True and text_at(values, "use_case"):
        owner = values.get("organization_id")
        if owner is None or isinstance(owner, str):
            yield "enabled", f"{owner or '-'} {text_at(values, 'use_case')}"


@shared_rule("email-template-shared", "warning", _enabled)
def shared(values: Values, other: Values, label: str) -> str:  # noqa: ARG001 - the other is named by its label
    """The program enables two templates for one use case. Scalekit uses one: enabling the second switches the first off.

    Each `pulumi up` after a refresh would enable the one that is off.
    """
    return f"another {label} is enabled too, and Scalekit uses one: enabling one switches the other off"


def consequence(change: ResourceChange) -> str:
    """What a change of a template means for those who get the mail."""
    before, after = change.becomes("enabled")
    if before is True and (change.deleted or after is False):
        return ""
    if change.deleted or after is not True:
        return "No mail says it."
    whose = "The organization's users" if change.after.get("organization_id") else "Users"
    return f"{whose} get mails with this text."


EMAIL_TEMPLATE_FINDINGS = (without_code, placeholder, off, shared)
