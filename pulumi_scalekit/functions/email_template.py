"""getEmailTemplatePlaceholders."""

from dataclasses import dataclass
from typing import cast

from pulumi_scalekit.api.errors import NotFound
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.absence import endpoint_missing
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.resources.email_template import EmailTemplate, EmailUseCase


@dataclass(frozen=True)
class EmailTemplatePlaceholdersResult:
    """What Scalekit fills in as it sends a mail.

    Attributes:
        placeholders: Their names: in a template `otp` is written `{{otp}}`.

    """

    placeholders: list[str]


@function()
def get_email_template_placeholders(
    environment: Environment, *, use_case: EmailUseCase
) -> EmailTemplatePlaceholdersResult:
    """The placeholders that Scalekit fills in, in the mails of one use case.

    It uses an endpoint that Scalekit has not published.

    Args:
        environment: Where it is asked.
        use_case: Which mail it is, as an `EmailTemplate` says.

    API: `GET /api/v1/email/templates/placeholders`.

    """
    doing = f"reading the placeholders of {use_case} mails"
    try:
        found = environment.client.request(
            "GET", "/email/templates/placeholders", query={"use_case": str(use_case)}, doing=doing
        )
    except NotFound as error:
        raise endpoint_missing(EmailTemplate.kind, error, unpublished=True) from None
    return EmailTemplatePlaceholdersResult(cast("list[str]", found.get("placeholders") or []))
