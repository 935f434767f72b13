"""EmailTemplate: what a mail to users says."""

from typing import Any, Literal

from pulumi_scalekit import enums
from pulumi_scalekit.model.api import Api, Endpoint, Listing
from pulumi_scalekit.model.field import SEND_NULL
from pulumi_scalekit.program.resource import OptionalProp, Prop, Resource, prop
from pulumi_scalekit.resources.email_template_findings import EMAIL_TEMPLATE_FINDINGS, consequence

EmailUseCase = Literal[
    "LOGIN", "OTP_LOGIN", "MEMBER_INVITE", "USER_INVITE", "USER_LOGIN", "SIGNUP", "USER_LOGIN_OTP", "USER_LOGIN_LINK",
    "USER_LOGIN_LINK_OTP", "USER_SIGNUP_OTP", "USER_SIGNUP_LINK", "USER_SIGNUP_LINK_OTP",
] | enums.EmailTemplateUseCase  # fmt: skip

_COLLECTION = "/organizations/{organization_id:-}/email/templates"
_ITEM = _COLLECTION + "/{id}"
_TEXTS = ("subject", "html_content", "plain_content")
_LARGEST = 1024 * 1024


def _content(text: str) -> str | None:
    size = len(text.encode())
    return f"must have at most {_LARGEST} bytes, and this one has {size}" if size > _LARGEST else None


_CONTENT: dict[str, Any] = {"length": (1, None), "rule": _content}


class EmailTemplate(Resource, findings=EMAIL_TEMPLATE_FINDINGS, consequence=consequence):
    """What a mail to users says: a code, a sign-in link, an invitation. Of the environment, or of one organization.

    Scalekit fills in placeholders, `{{otp}}`, as it sends the mail; `getEmailTemplatePlaceholders` has those of a use case.
    It sends templates of your own only with a mail server of your own: an `EmailServer` that is enabled.

    Of several templates for one use case, one at most is enabled: enabling one switches the other off. While none is, Scalekit
    sends its own text. Deleting one that is enabled switches it off first, where Scalekit refuses otherwise.

    It uses endpoints that Scalekit has not published (`/api/v1/organizations/-/email/templates` for the environment,
    `/api/v1/organizations/{organization_id}/email/templates`, and `…/{template_id}`, `…:enable` and `…:disable` below each).
    """

    organization_id: OptionalProp[str] = prop(
        "Organization whose mails it is for, `org_…`. Without one it is for the mails of the environment.",
        default=None,
        clear=SEND_NULL,
        refers_to=("Organization.id",),
    )
    use_case: Prop[EmailUseCase] = prop("Which mail it is.")
    subject: Prop[str] = prop("Subject, 1 to 255 characters.", length=(1, 255))
    html_content: Prop[str] = prop(
        "The mail in HTML, at most 1 MiB. A program in Python may read it from a file.", also=_CONTENT
    )
    plain_content: Prop[str] = prop("The mail as plain text, for those who see no HTML, at most 1 MiB.", also=_CONTENT)
    enabled: OptionalProp[bool] = prop(
        "Whether Scalekit uses it. If it is not declared, it stays as Scalekit makes it.", default=None
    )
    placeholders: Prop[list[str]] = prop("Placeholders that Scalekit names for it.", init=False)
    updated_at: Prop[str] = prop("When it was changed last, RFC 3339.", init=False)

    api = Api(
        item=_ITEM,
        envelope="template",
        create=Endpoint("POST", _COLLECTION, owns=("use_case", *_TEXTS), unpublished=True),
        update=(
            Endpoint("PATCH", _ITEM, owns=_TEXTS, unpublished=True),
            Endpoint("PATCH", _ITEM, owns=("enabled",), action={True: ":enable", False: ":disable"}, unpublished=True),
        ),
        delete=Endpoint("DELETE", _ITEM, unpublished=True),
        before_delete=Endpoint("PATCH", _ITEM + ":disable", owns=("enabled",), unpublished=True),
        listing=Listing(_COLLECTION, "templates", paged="no", whole=True),
        identity=("use_case",),
        needs="Scalekit uses templates of your own only with an enabled EmailServer of your own",
        read_unpublished=True,
    )
