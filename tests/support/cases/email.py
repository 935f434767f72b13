from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.cases.case import Case, Edit, at, collection, put

_SMTP = {
    "host": "smtp.acme.example",
    "port": 587,
    "username": "acme",
    "password": "first-password",
    "fromEmail": "no-reply@acme.example",
    "fromName": "Acme",
}


def _smtp(**changed: Any) -> dict[str, Any]:
    return {**_SMTP, **changed}


EMAIL_SERVER = Case(
    "email server",
    "scalekit:index:EmailServer",
    lambda _: {"provider": "OTHER", "smtpSettings": _SMTP, "enabled": True},
    collection("email_servers"),
    edits={
        "smtpSettings": Edit(
            _smtp(host="smtp2.acme.example", password="second-password"),
            at("smtp_settings"),
            {
                "host": "smtp2.acme.example",
                "port": "587",
                "username": "acme",
                "password": "second-password",
                "from_email": "no-reply@acme.example",
                "from_name": "Acme",
            },
        ),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    replacing={"provider": lambda _: {"provider": "SENDGRID"}},
    drift={
        "smtpSettings.host": put("smtp.evil.example", "smtp_settings", "host"),
        "smtpSettings.port": put(25, "smtp_settings", "port"),
        "smtpSettings.username": put("mallory", "smtp_settings", "username"),
        "smtpSettings.fromEmail": put("no-reply@evil.example", "smtp_settings", "from_email"),
        "smtpSettings.fromName": put("Evil", "smtp_settings", "from_name"),
        "enabled": put(False, "enabled"),
    },
    secret_inputs=frozenset({"smtpSettings.password"}),
    secret_outputs=frozenset({"smtpSettings.password"}),
    nothing="esr_1",
)

_TEMPLATE = {
    "useCase": "USER_LOGIN_OTP",
    "subject": "{{otp}} is your code",
    "htmlContent": "<p>Your code is <b>{{otp}}</b>.</p>\n<p>It is good for {{expiry_time_relative}}.</p>",
    "plainContent": "Your code is {{otp}}.",
    "enabled": True,
}
EMAIL_TEMPLATE = Case(
    "email template",
    "scalekit:index:EmailTemplate",
    lambda _: _TEMPLATE,
    collection("email_templates"),
    edits={
        "subject": Edit("Code {{otp}}", at("subject"), "Code {{otp}}"),
        "htmlContent": Edit("<p>{{otp}}</p>", at("html_content"), "<p>{{otp}}</p>"),
        "plainContent": Edit("{{otp}}", at("plain_content"), "{{otp}}"),
        "enabled": Edit(False, at("enabled"), False, reads=1),
    },
    replacing={
        "useCase": lambda _: {"useCase": "USER_SIGNUP_OTP"},
        "organizationId": lambda api: {"organizationId": api.organization(external_id="elsewhere")},
    },
    drift={
        "subject": put("Pay now", "subject"),
        "htmlContent": put("<a href='https://evil.example'>Pay now</a>", "html_content"),
        "plainContent": put("Pay now", "plain_content"),
        "enabled": put(False, "enabled"),
    },
    pins={"email_template_server": "optional"},
    nothing="tpl_1",
    of_environment=True,
)

ORGANIZATION_EMAIL_TEMPLATE = replace(
    EMAIL_TEMPLATE,
    name="organization email template",
    program=lambda api: {"organizationId": api.organization(), **_TEMPLATE},
    of_environment=False,
)
