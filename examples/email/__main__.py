"""Mail to users from your own address, in your own words.

pulumi config set --secret mailPassword
"""

from pathlib import Path

import pulumi

import pulumi_scalekit as scalekit

TEXTS = Path(__file__).parent / "texts"

server = scalekit.EmailServer(
    "mail",
    provider="POSTMARK",
    smtp_settings={
        "host": "smtp.postmarkapp.com",
        "port": 587,
        "username": "postmark-token",
        "password": pulumi.Config().require_secret("mailPassword"),
        "from_email": "no-reply@initrode.example",
        "from_name": "Initrode",
    },
    enabled=True,
)

# Scalekit uses templates of your own with a server of your own.
needs_server = pulumi.ResourceOptions(depends_on=[server])

scalekit.EmailTemplate(
    "code",
    use_case="USER_LOGIN_OTP",
    subject="{{otp}} is your code",
    html_content=(TEXTS / "code.html").read_text(),
    plain_content=(TEXTS / "code.txt").read_text(),
    enabled=True,
    opts=needs_server,
)

# One customer's people are invited in other words.
initech = scalekit.Organization("initech-mail", display_name="Initech Mail", external_id="initech-mail")
scalekit.EmailTemplate(
    "initech-invitation",
    organization_id=initech.id,
    use_case="USER_INVITE",
    subject="Your account for {{organization_name}}",
    html_content=(TEXTS / "invitation.html").read_text(),
    plain_content=(TEXTS / "invitation.txt").read_text(),
    enabled=True,
    opts=needs_server,
)
