from dataclasses import replace

import pytest

from pulumi_scalekit import EmailServer, EmailTemplate
from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.remote.objects import LOOKS
from tests.support.stack import CheckFailed, plain

SMTP = {
    "host": "smtp.acme.example",
    "port": 587,
    "username": "acme",
    "password": "first-password",
    "fromEmail": "no-reply@acme.example",
    "fromName": "Acme",
}
SERVER = {"provider": "OTHER", "smtpSettings": SMTP, "enabled": True}


def smtp(**changed):
    return {**SERVER, "smtpSettings": {**SMTP, **changed}}


@pytest.mark.parametrize("left_out", ["kept", "dropped"])
def test_a_server_keeps_its_password_and_what_others_changed(stack, emulator, asked, left_out):
    """Nothing shows whether a password that is left out is kept, so the declared one is always sent."""
    emulator.switches = replace(emulator.switches, partial_email_settings=left_out)
    server = stack(EmailServer)
    server.up(SERVER)
    assert asked() == [
        "POST /email/servers",
        f"PATCH /email/servers/{server.id}:enable",
        f"GET /email/servers/{server.id}",
    ]
    settings = emulator.store.email_servers[server.id]["smtp_settings"]
    settings["from_name"] = "Acme Support"

    server.up(smtp(host="smtp2.acme.example"))

    # What somebody changed may be an answer that is older than the last write, so it is looked at again.
    assert asked() == [f"GET /email/servers/{server.id}"] * len(LOOKS) + [f"PUT /email/servers/{server.id}"]
    settings = emulator.store.email_servers[server.id]["smtp_settings"]
    assert (settings["host"], settings["password"], settings["from_name"]) == (
        "smtp2.acme.example",
        "first-password",
        "Acme Support",
    )
    assert server.refresh() == ["smtpSettings.fromName"]


def test_a_new_server_needs_a_password_and_an_imported_one_does_not(stack, emulator, capsys):
    server, without = stack(EmailServer), smtp()
    del without["smtpSettings"]["password"]
    with pytest.raises(CheckFailed) as refused:
        server.up(without)
    assert refused.value.failures == {"smtpSettings.password": "password is required for a new mail server"}

    server.up(SERVER)
    taken = stack(EmailServer)
    taken.id, taken.inputs, taken.outputs = taken.provider.read(server.id, {}, {})
    imported = plain(taken.inputs)
    assert taken.preview(imported) == "same"
    taken.up({**imported, "smtpSettings": {**imported["smtpSettings"], "port": 465}})
    assert "sent without a password, which Scalekit may drop: declare it" in "".join(capsys.readouterr())
    assert emulator.store.email_servers[server.id]["smtp_settings"]["port"] == "465"


def test_enabling_a_server_switches_the_other_off(stack, emulator):
    first, second = stack(EmailServer), stack(EmailServer)
    first.up(SERVER)
    second.up({**SERVER, "provider": "SENDGRID"})

    assert first.refresh() == ["enabled"]
    assert [one["enabled"] for one in emulator.store.email_servers.values()] == [False, True]


def test_an_id_of_something_else_is_refused_by_name(stack):
    with pytest.raises(ScalekitError, match="does not have prefix `esr`"):
        stack(EmailServer).provider.read("conn_1", {}, {})


TEXT = {"useCase": "USER_LOGIN_OTP", "subject": "Code", "htmlContent": "<p>{{otp}}</p>", "plainContent": "{{otp}}"}


def test_a_template_moves_between_the_environment_and_an_organization_as_a_new_one(stack, emulator, organization):
    template = stack(EmailTemplate)
    template.up(TEXT)
    assert template.up({**TEXT, "organizationId": organization}) == "replace"
    assert template.up(TEXT) == "replace"
    ((id_, record),) = emulator.store.email_templates.items()
    assert (id_, record["organization_id"]) == (template.id, "")


def test_a_template_is_imported_by_its_id_alone_or_below_its_organization(stack, organization):
    own, shared = stack(EmailTemplate), stack(EmailTemplate)
    shared.up(TEXT)
    own.up({**TEXT, "organizationId": organization})

    taken = stack(EmailTemplate).provider
    assert "organizationId" not in taken.read(shared.id, {}, {})[1]
    id_, inputs, _ = taken.read(f"{organization}/{own.id}", {}, {})
    assert (id_, inputs["organizationId"]) == (own.id, organization)
    for wrong in (f"{organization}/", f"-/x/{shared.id}"):
        with pytest.raises(ScalekitError, match="an id has the form <organization_id>/<id>, or <id> alone"):
            taken.read(wrong, {}, {})


def test_enabling_a_template_switches_off_the_other_of_its_use_case(stack, asked):
    first, second, invitation = stack(EmailTemplate), stack(EmailTemplate), stack(EmailTemplate)
    first.up({**TEXT, "enabled": True})
    path = "/organizations/-/email/templates"
    assert asked() == [f"POST {path}", f"PATCH {path}/{first.id}:enable", f"GET {path}/{first.id}"]
    second.up({**TEXT, "enabled": True})
    invitation.up({**TEXT, "useCase": "USER_INVITE", "enabled": True})

    assert (first.refresh(), second.refresh(), invitation.refresh()) == (["enabled"], [], [])


def test_a_template_that_needs_a_server_says_so_and_goes_on(stack, emulator):
    """With the dynamic provider the create is undone."""
    emulator.switches = replace(emulator.switches, email_template_server="required")
    template = stack(EmailTemplate)
    with pytest.raises(ScalekitError, match="custom templates need an email server of your own"):
        template.up({**TEXT, "enabled": True})
    stack(EmailServer).up(SERVER)
    template.up({**TEXT, "enabled": True})
    assert [one["enabled"] for one in emulator.store.email_templates.values()] == [True]
