"""A connection in the admin portal: its settings, its identity provider's metadata, a test, and the switch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from pulumi_scalekit.emulator.behaviour import connection_settings, idp_metadata, text_rules
from pulumi_scalekit.emulator.behaviour.portal_sessions import Notice, Session
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.pages import connection_form
from pulumi_scalekit.emulator.pages.form import Form
from pulumi_scalekit.emulator.pages.page import page, see
from pulumi_scalekit.emulator.serving import inside
from pulumi_scalekit.emulator.serving.request import Json
from pulumi_scalekit.emulator.serving.server import HttpResponse

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.serving.emulator import Emulator

_BAD_REQUEST = 400
_OWN = ("ui_button_title", "configuration_type", "debug_enabled", "attribute_mapping")
_TO_REGISTER = {
    "OIDC": {"redirect_uri": "Redirect URI", "post_logout_redirect_uri": "Post-logout redirect URI"},
    "SAML": {
        "sp_entity_id": "Entity id of the service provider",
        "sp_assertion_url": "Assertion consumer service (ACS) URL",
        "sp_metadata_url": "Metadata of the service provider",
    },
}
_LABELS = {
    field.name: field.label
    for sections in connection_form.SECTIONS.values()
    for section in sections
    for field in section.fields
} | {"idp_certificates": "Signing certificate"}


class ConnectionPage:
    """The page of one connection, for the administrator of its organization."""

    def __init__(
        self, emulator: Emulator, session: Session, organization: Record, connection: Record, where: str
    ) -> None:
        self._emulator = emulator
        self._session = session
        self._organization = organization
        self._connection = connection
        self._where = where

    def show(self, form: Form | None = None, refusal: Json | None = None, upload: str = "") -> HttpResponse:
        """The page; with `form` and `refusal` as somebody filled it in, and why it was not taken."""
        connection = self._connection
        by_field, others = connection_form.errors(connection, refusal) if refusal else ({}, [])
        notice, self._session.notice = self._session.notice, None
        settings = connection[connection_settings.block(connection)]
        return page(
            "portal_connection.html.j2",
            status=_BAD_REQUEST if refusal or upload else 200,
            where=self._where,
            home=self._where.partition("/connections/")[0],
            organization=self._organization,
            connection=connection.public(),
            sections=connection_form.SECTIONS[connection["type"]],
            values=connection_form.shown(connection, form),
            to_register={label: settings.get(key, "") for key, label in _TO_REGISTER[connection["type"]].items()},
            certificates=[_described(one) for one in settings.get("idp_certificates", ())],
            missing=_missing(connection),
            errors=by_field,
            other_errors=others,
            upload=upload,
            labels=_LABELS,
            notice=notice,
            form_token=self._session.form_token,
        )

    @property
    def acts(self) -> Mapping[str, Callable[[Form], HttpResponse]]:
        """What a form may ask for, by the last part of its address; each leads on to the page, or shows what was wrong."""
        acts = {"settings": self._settings, "test": self._test, "enable": self._enable, "disable": self._disable}
        return {**acts, "metadata": self._metadata} if self._connection["type"] == "SAML" else acts

    def _said(self, severity: str, title: str, *lines: str) -> HttpResponse:
        self._session.notice = Notice(severity, title, lines)
        return see(self._where)

    def _settings(self, form: Form) -> HttpResponse:
        own, settings = connection_form.changes(self._connection, form)
        if not own and not settings:
            return self._said("note", "Nothing was changed.")
        refusal = self._update(own, settings)
        return self.show(form, refusal) if refusal else self._saved(own, settings)

    def _saved(self, own: Json, settings: Json, *lines: str) -> HttpResponse:
        if ignored := connection_form.not_taken(self._connection, own, settings):
            return self._said(
                "warning", "Saved, but not everything was taken.", f"As before: {', '.join(ignored)}.", *lines
            )
        return self._said("good", "Saved.", *lines)

    def _metadata(self, form: Form) -> HttpResponse:
        try:
            found = idp_metadata.settings(form.files.get("metadata", b""))
        except Refusal as refusal:
            return self.show(upload=refusal.message)
        certificate = _described({"certificate": found["idp_certificate"]})
        if self._connection["saml_config"].get("idp_metadata_url"):
            found["idp_metadata_url"] = ""
        if refused := self._update({}, found):
            by_field, others = connection_form.errors(self._connection, refused)
            said = [*(f"{_LABELS[name]} {description}" for name, description in by_field.items()), *others]
            return self.show(upload="The file's settings were refused: " + "; ".join(said))
        return self._saved({}, found, f"Identity provider: {found['idp_entity_id']}", f"Certificate: {certificate}")

    def _update(self, own: Json, settings: Json) -> Json | None:
        """Send all settings with the changes in them; the answer if it is a refusal.

        All, because of the readings of the API under which a PATCH drops what it leaves out: among that is the client
        secret, which no administrator types in anew to rename a button.
        """
        connection = self._connection
        kind = "provider" if "provider" in connection else "provider_key"
        body = {name: connection[name] for name in ("type", kind, *_OWN) if name in connection} | own
        body[connection_settings.block(connection)] = connection_settings.given(connection) | settings
        outcome = inside.send(self._emulator, "PATCH", self._path, body)
        return outcome.json if outcome.status >= _BAD_REQUEST else None

    @property
    def _path(self) -> str:
        return f"organizations/{self._organization['id']}/connections/{self._connection['id']}"

    def _test(self, _: Form) -> HttpResponse:
        """There is nobody to sign in as, so it looks at what a sign-in would need."""
        lines = [f"{label} is missing." for label in _missing(self._connection)]
        settings = self._connection[connection_settings.block(self._connection)]
        now = datetime.fromtimestamp(self._emulator.clock(), timezone.utc)
        for known in settings.get("idp_certificates", ()):
            parsed = text_rules.certificate(known["certificate"])
            if not parsed.not_valid_before_utc <= now < parsed.not_valid_after_utc:
                lines.append(f"The certificate is not valid today: {_described(known)}.")
        if lines:
            return self._said("error", "The test failed.", *lines)
        return self._said(
            "good",
            "The test passed.",
            "The settings are complete. The emulator has no identity provider to sign in at.",
        )

    def _toggle(self, verb: str, done: str) -> HttpResponse:
        outcome = inside.send(self._emulator, "PATCH", f"{self._path}:{verb}")
        answer = outcome.json or {}
        if outcome.status >= _BAD_REQUEST:
            return self._said("error", f"Scalekit did not {verb} it.", str(answer.get("message", "")))
        if message := answer.get("error_message"):
            return self._said("error", f"Scalekit did not {verb} it.", str(message))
        return self._said("good", done)

    def _enable(self, _: Form) -> HttpResponse:
        return self._toggle("enable", "Enabled: your people sign in with it from now on.")

    def _disable(self, _: Form) -> HttpResponse:
        return self._toggle("disable", "Disabled: nobody signs in with it any more.")


def _missing(connection: Record) -> list[str]:
    """The labels of what is missing: of the two ways to name an OIDC provider's endpoints, the one that people know."""
    names = connection_settings.lacking(connection)
    if connection["type"] == "OIDC" and "authorize_uri" in names:
        names = ["issuer", *(name for name in names if name not in ("authorize_uri", "token_uri"))]
    return [_LABELS[name] for name in names]


def _described(certificate: Json) -> str:
    parsed = text_rules.certificate(certificate["certificate"])
    return f"{parsed.subject.rfc4514_string()}, valid until {parsed.not_valid_after_utc:%Y-%m-%d}"
