from __future__ import annotations

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
