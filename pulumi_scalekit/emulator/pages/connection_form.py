"""The settings of a connection as a form: what it shows of them, and what a browser's answer changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pulumi_scalekit.emulator.behaviour.connection_settings import block
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.pages.form import Form
from pulumi_scalekit.emulator.serving.request import Json

Kind = Literal["text", "url", "secret", "certificate", "flag", "choice", "choices"]
CERTIFICATE = "idp_certificate"


@dataclass(frozen=True)
class Field:
    """A setting. `own` is one of the connection itself and not of its protocol's block."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    choices: tuple[str, ...] = ()
    own: bool = False

    def value(self, connection: Record) -> Any:
        """What is set; of a secret and of a certificate only whether it is."""
        settings = connection if self.own else connection.get(block(connection), {})
        if self.kind == "certificate":
            return bool(settings.get("idp_certificates"))
        value = settings.get(self.name)
        if self.kind in ("flag", "secret"):
            return bool(value)
        if self.kind == "choices":
            return [choice for choice in self.choices if choice in (value or ())]
        return str(value or "")

    def sent(self, form: Form) -> Any:
        """What a browser's answer says of it."""
        if self.kind == "flag":
            return bool(form.get(self.name))
        if self.kind == "choices":
            return [choice for choice in self.choices if choice in form.all(self.name)]
        return form.get(self.name)


@dataclass(frozen=True)
class Section:
    """Fields under one heading; `folded` are for those who look for them."""

    title: str
    fields: tuple[Field, ...]
    folded: bool = False


_SIGN_IN_PAGE = Section(
    "Sign-in page",
    (Field("ui_button_title", "Title of the button", hint="What your people click to sign in.", own=True),),
)
SECTIONS = {
    "OIDC": (
        Section(
            "Your identity provider",
            (
                Field("issuer", "Issuer", "url", "Such as https://acme.okta.com. The endpoints are found from it."),
                Field("client_id", "Client id"),
                Field("client_secret", "Client secret", "secret"),
                Field("scopes", "Scopes", "choices", choices=("openid", "profile", "email", "address", "phone")),
                Field("pkce_enabled", "Use PKCE", "flag"),
                Field("token_auth_type", "Client authentication", "choice", choices=("BASIC_AUTH", "URL_PARAMS")),
            ),
        ),
        Section(
            "Endpoints, for an identity provider without discovery",
            (
                Field("authorize_uri", "Authorization endpoint", "url"),
                Field("token_uri", "Token endpoint", "url"),
                Field("user_info_uri", "User info endpoint", "url"),
                Field("jwks_uri", "Address of the keys", "url"),
            ),
            folded=True,
        ),
        _SIGN_IN_PAGE,
    ),
    "SAML": (
        Section(
            "Your identity provider",
            (
                Field("idp_metadata_url", "Address of its metadata", "url", "With it, nothing else is needed."),
                Field("idp_entity_id", "Entity id"),
                Field("idp_sso_url", "Sign-in address", "url"),
                Field("idp_slo_url", "Sign-out address", "url"),
                Field(CERTIFICATE, "Signing certificate", "certificate", "In PEM form, from -----BEGIN CERTIFICATE----- on."),
            ),
        ),
        Section(
            "Messages",
            (
                Field("want_request_signed", "Sign requests", "flag"),
                Field("force_authn", "Ask people to sign in again each time", "flag"),
                Field(
                    "saml_signing_option", "What your identity provider signs", "choice",
                    choices=(
                        "NO_SIGNING", "SAML_ONLY_RESPONSE_SIGNING", "SAML_ONLY_ASSERTION_SIGNING",
                        "SAML_RESPONSE_ASSERTION_SIGNING", "SAML_RESPONSE_OR_ASSERTION_SIGNING",
                    ),
                ),
                Field(
                    "idp_name_id_format", "Format of the name id", "choice",
                    choices=("UNSPECIFIED", "EMAIL", "TRANSIENT", "PERSISTENT"),
                ),
            ),
            folded=True,
        ),
        _SIGN_IN_PAGE,
    ),
}  # fmt: skip


def fields(connection: Record) -> tuple[Field, ...]:
    return tuple(field for section in SECTIONS[connection["type"]] for field in section.fields)


def shown(connection: Record, form: Form | None = None) -> dict[str, Any]:
    """The value of each field: what is set, or what somebody has just entered and was refused. Never a secret."""
    return {
        field.name: field.value(connection) if form is None or field.kind == "secret" else field.sent(form)
        for field in fields(connection)
    }


def changes(connection: Record, form: Form) -> tuple[Json, Json]:
    """What a form changes, of the connection itself and of its block; a secret or certificate left empty stays."""
    own: Json = {}
    settings: Json = {}
    for field in fields(connection):
        wanted = field.sent(form)
        kept = not wanted if field.kind in ("secret", "certificate") else wanted == field.value(connection)
        if not kept:
            (own if field.own else settings)[field.name] = wanted
    return own, settings


def not_taken(connection: Record, own: Mapping[str, Any], settings: Mapping[str, Any]) -> list[str]:
    """The labels of the fields that are not as they were sent, after a request that was not refused."""
    sent = {**own, **settings}
    return [
        field.label
        for field in fields(connection)
        if field.name in sent
        and field.kind not in ("secret", "certificate")
        and field.value(connection) != sent[field.name]
    ]


def errors(connection: Record, refusal: Json) -> tuple[dict[str, str], list[str]]:
    """What the API said of single fields, and what it said of the whole."""
    labels = {field.name: field.label for field in fields(connection)}
    by_field: dict[str, str] = {}
    others: list[str] = []
    for detail in refusal.get("details", ()):
        for violation in detail.get("validation_error_info", {}).get("field_violations", ()):
            name = str(violation["field"]).rpartition(".")[2].partition("[")[0]
            if name in labels:
                by_field[name] = violation["description"]
            else:
                others.append(f"{violation['field']}: {violation['description']}")
    if not by_field and not others:
        others.append(str(refusal.get("message", "")))
    return by_field, others
