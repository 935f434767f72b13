"""E-mail templates: what the mail says, of the environment and of single organizations."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, not_found
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_OF_ALL = (
    "app_name", "app_logo_url", "app_support_email", "app_organization_meta_name", "organization_name", "user_name",
    "user_email",
)  # fmt: skip


@rpc("EmailService.CreateEmailTemplate", effect="create")
def create(call: Call) -> Json:
    template_id = call.store.new_id("tpl")
    given = {name: call.body[name] for name in ("use_case", "subject", "html_content", "plain_content")}
    template = call.store.record(id=template_id, organization_id=_organization(call), enabled=False, **given)
    call.store.email_templates[template_id] = template
    return {"template": _public(call, template)}


@rpc("EmailService.GetEmailTemplate")
def get(call: Call) -> Json:
    return {"template": _public(call, _existing(call))}


@rpc("EmailService.ListEmailTemplates")
def list_templates(call: Call) -> Json:
    organization = _organization(call)
    return {"templates": [_public(call, template) for template in _of(call, organization)]}


@rpc("EmailService.UpdateEmailTemplate", effect="update")
def update(call: Call) -> Json:
    template = _existing(call)
    template.update(call.body)
    return {"template": _public(call, template)}


@rpc("EmailService.EnableEmailTemplate", effect="action")
def enable(call: Call) -> Json:
    """Of those for one use case, one at most is in use: an answer names the active one and the one before it."""
    template = _existing(call)
    _refuse_a_repeat(call, template, enabled=True)
    if call.switches.email_template_server == "required" and not any(
        server["enabled"] for server in call.store.email_servers.values()
    ):
        raise Refusal(400, "custom templates need an email server of your own")
    same = [one for one in _of(call, template["organization_id"]) if one["use_case"] == template["use_case"]]
    used = next((one["id"] for one in same if one["enabled"]), None)
    for one in same:
        one["enabled"] = one is template
    return {"active_template_id": template["id"], **({"last_active_template_id": used} if used else {})}


@rpc("EmailService.DisableEmailTemplate", effect="action")
def disable(call: Call) -> Json:
    template = _existing(call)
    _refuse_a_repeat(call, template, enabled=False)
    template["enabled"] = False
    return {}


@rpc("EmailService.DeleteEmailTemplate", effect="delete")
def delete(call: Call) -> Json:
    template = _existing(call)
    if template["enabled"] and call.switches.delete_enabled_email == "refused":
        raise Refusal(400, "email template is enabled, disable it before deleting it")
    del call.store.email_templates[template["id"]]
    return {}


@rpc("EmailService.GetTemplatePlaceholders")
def get_placeholders(call: Call) -> Json:
    return {"placeholders": _placeholders(call.get("use_case"))}


def _placeholders(use_case: str) -> list[str]:
    """Scalekit's documents list them for all mails; the descriptors say that they depend on the use case."""
    code = ["otp"] if "OTP" in use_case else []
    link = ["link"] if "LINK" in use_case or "OTP" not in use_case else []
    return [*_OF_ALL, *code, *link, "expiry_time_relative"]


def _organization(call: Call) -> str:
    """The id of the organization in the path; empty for the environment."""
    return str(call.organization()["id"]) if call.get("organization_id") not in ("", "-") else ""


def _of(call: Call, organization: str) -> Iterator[Record]:
    return (one for one in call.store.email_templates.values() if one["organization_id"] == organization)


def _refuse_a_repeat(call: Call, template: Record, *, enabled: bool) -> None:
    if call.switches.repeated_toggle == "refused" and template["enabled"] == enabled:
        raise Refusal(400, f"email template is already {'enabled' if enabled else 'disabled'}")


def _public(call: Call, template: Record) -> Json:
    shown = call.public(template)
    kept = ("id", "use_case", "enabled", "subject", "html_content", "plain_content")
    return {
        "updated_at": shown["update_time"],
        "placeholders": _placeholders(shown["use_case"]),
        **{name: shown[name] for name in kept},
    }


def _existing(call: Call) -> Record:
    organization = _organization(call)
    template = call.store.email_templates.get(call.get("template_id"))
    if template is None or template["organization_id"] != organization:
        raise not_found("email template", call.get("template_id"))
    return template
