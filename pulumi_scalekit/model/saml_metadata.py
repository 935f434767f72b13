"""An identity provider's SAML metadata as the settings of a connection: the block `saml`, and what a person should know of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from pulumi_scalekit.model import address, saml_signing
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.saml_document import METADATA, SAVED_PAGE, MetadataError, root_of, shown, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY, _ENTITIES = f"{METADATA}EntityDescriptor", f"{METADATA}EntitiesDescriptor"
_IDENTITY_PROVIDER = f"{METADATA}IDPSSODescriptor"
_SAML_2 = "urn:oasis:names:tc:SAML:2.0:protocol"
_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:"
# A redirect first: every identity provider has to take one, while a form that posts from another site comes without the
# session cookie that browsers keep to a site (SameSite=Lax), so that people who are signed in have to sign in again.
_BINDINGS = {f"{_BINDING}HTTP-Redirect": "HTTP_REDIRECT", f"{_BINDING}HTTP-POST": "HTTP_POST"}
# The one that Scalekit knows people by; then those that stay the same. A transient one is another at each sign-in.
_NAME_ID_FORMATS = {
    "emailAddress": "EMAIL",
    "persistent": "PERSISTENT",
    "unspecified": "UNSPECIFIED",
    "transient": "TRANSIENT",
}
# Both versions for each: identity providers mix them up.
_NAME_ID_FORMAT = re.compile(r"urn:oasis:names:tc:SAML:(?:1\.1|2\.0):nameid-format:(\w+)")
# Entra serves one document for all tenants, whose entity id is https://sts.windows.net/{tenantid}/.
_OF_ANY_TENANT = re.compile(r"\{\w+\}")
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))?")
_MESSAGES = ("Response", "Assertion", "AuthnRequest", "LogoutRequest", "LogoutResponse")
_NAMED = 20


@dataclass(frozen=True)
class Metadata:
    """What metadata says of an identity provider.

    Attributes:
        saml: The block `saml` of a connection, by its names in Python.
        expired: Until when it was to be used, where that is past.
        warnings: What a person should know, each as the end of a sentence about the metadata.

    """

    saml: Values
    expired: datetime | None
    warnings: tuple[str, ...]


class ChoiceError(MetadataError):
    """None of the identity providers in metadata is the chosen one, or nothing chooses one.

    Args:
        reason: What is wrong.
        advice: What to do.
        entity_ids: Which there are.

    """

    def __init__(self, reason: str, advice: str, entity_ids: Iterable[str]) -> None:
        super().__init__(reason, advice)
        self.entity_ids = tuple(entity_ids)


def read(
    data: str | bytes, *, entity_id: str | None = None, fingerprint: str | None = None, now: datetime | None = None
) -> Metadata:
    """Read an identity provider's metadata.

    Args:
        data: The document.
        entity_id: Which identity provider, where there are several; else it has to be this one.
        fingerprint: SHA-256 of the signing certificate to take, where there are several; else it has to be this one.
        now: What has expired depends on it. Default: now.

    Raises:
        MetadataError: The document is no such metadata, or lacks what a connection needs.
        ChoiceError: Of the identity providers in it, none is the chosen one, or nothing chooses.
        LxmlMissing: lxml is not installed.

    """
    now = now or datetime.now(timezone.utc)
    name, role = _chosen(_identity_providers(root_of(data)), entity_id)
    if _OF_ANY_TENANT.search(name):
        raise MetadataError(
            f"is of no tenant of its own ({shown(name)})",
            "give that of the customer's application, which its administrator downloads there",
        )
    if reason := address.entity_id(name):
        raise MetadataError(f"names an identity provider by an entity id that {reason}")
    sign_in, binding = _sign_in(role)
    sign_out, warnings = _sign_out(role)
    pem, told = saml_signing.chosen(role, fingerprint, now)
    if expired := _expired(role, now):
        warnings.append(
            f"was to be used until {expired:%Y-%m-%d} only (validUntil): download it anew, if it has changed since"
        )
    saml: Values = {
        "idp_entity_id": name,
        "idp_sso_url": sign_in,
        "idp_sso_request_binding": binding,
        **sign_out,
        "idp_certificate": pem,
        **_name_id_format(role),
        **_signed_requests(role),
    }
    return Metadata(saml, expired, (*told, *warnings))


def _identity_providers(root: _Element) -> dict[str, _Element]:
    """The descriptors of all identity providers that speak SAML 2.0, by entity id."""
    if root.tag not in (_ENTITY, _ENTITIES):
        raise MetadataError(*_another_document(root))
    found: dict[str, _Element] = {}
    entities = list(root.iter(_ENTITY))
    for entity in entities:
        for role in entity.iterfind(_IDENTITY_PROVIDER):
            # The attribute is required, and there are files without it.
            if _SAML_2 in role.get("protocolSupportEnumeration", _SAML_2).split():
                found.setdefault(entity.get("entityID", "").strip(), role)
    if not found:
        raise MetadataError(*_no_identity_provider(entities))
    return found


def _another_document(root: _Element) -> tuple[str, str]:
    """What a document is that is no metadata, and what to do."""
    namespace, _, name = str(root.tag).rpartition("}")
    if name.lower() == "html":
        return SAVED_PAGE
    if name in _MESSAGES:
        return (
            f"is a SAML message (<{name}>), not metadata",
            "give the XML file that the identity provider offers for download",
        )
    where = f"in the namespace {shown(namespace.strip('{'))}" if namespace else "without a namespace"
    return (
        f"is XML, but not SAML 2.0 metadata: it begins with <{shown(name)}> {where}, and metadata with <EntityDescriptor> in "
        f"{METADATA.strip('{}')}"
    ), ""


def _no_identity_provider(entities: list[_Element]) -> tuple[str, str]:
    """What metadata of no identity provider describes, and what to do."""
    if not entities:
        return "describes nobody: there is no <EntityDescriptor> in it", ""
    held = dict.fromkeys(
        shown(str(child.tag).rpartition("}")[2])
        for entity in entities
        for child in entity
        if "Descriptor" in str(child.tag)
    )
    name = shown(entities[0].get("entityID", ""))
    if "IDPSSODescriptor" in held:
        return (
            f"is the metadata of an identity provider ({name}) that speaks no SAML 2.0, and Scalekit speaks nothing else"
        ), ""
    if "SPSSODescriptor" in held:
        return (
            f"is the metadata of a service provider ({name}), such as Scalekit's own",
            "give that of the identity provider, which its administrator downloads there",
        )
    if "RoleDescriptor" in held:
        return f"speaks of WS-Federation alone ({name}): there is no <IDPSSODescriptor>, which SAML 2.0 needs", ""
    only = ", ".join(held) or "nothing else"
    return f"describes no identity provider ({name}): there is no <IDPSSODescriptor>, only {only}", ""


def _chosen(found: dict[str, _Element], entity_id: str | None) -> tuple[str, _Element]:
    if entity_id is not None:
        wanted = entity_id.strip()
        if wanted in found:
            return wanted, found[wanted]
        near = difflib.get_close_matches(wanted, found, n=_NAMED)
        raise ChoiceError(
            f"has no identity provider with the entity id {shown(wanted)}; there is {_list([*near, *found])}", "", found
        )
    if len(found) > 1:
        raise ChoiceError(f"has {len(found)} identity providers ({_list(found)})", "choose one by its entity_id", found)
    (name,) = found
    if not name:
        raise MetadataError("names no entity id (entityID) for its identity provider", "download the file anew")
    return name, found[name]


def _list(names: Iterable[str]) -> str:
    known = [name for name in dict.fromkeys(names) if name]
    more = f", and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    return f"{', '.join(shown(name) for name in known[:_NAMED])}{more}"


def _endpoints(role: _Element, service: str) -> list[tuple[str, str]]:
    """Where a service is served, by binding, in the order of the file."""
    found = role.iterfind(f"{METADATA}{service}")
    return [(one.get("Binding", "").strip(), one.get("Location", "").strip()) for one in found]


def _usable(endpoints: list[tuple[str, str]]) -> list[tuple[str, str, str | None]]:
    """Those with a binding that Scalekit speaks, the best first: (address, binding, what is wrong with the address)."""
    return [
        (location, _BINDINGS[binding], address.web(location))
        for wanted in _BINDINGS
        for binding, location in endpoints
        if binding == wanted
    ]


def _sign_in(role: _Element) -> tuple[str, str]:
    endpoints = _endpoints(role, "SingleSignOnService")
    usable = _usable(endpoints)
    for location, binding, reason in usable:
        if not reason:
            return location, binding
    if usable:
        _, binding, reason = usable[0]
        raise MetadataError(f"has an address to sign in at ({binding}) that {reason}")
    there = ", ".join(dict.fromkeys(shown(binding.removeprefix(_BINDING)) for binding, _ in endpoints))
    raise MetadataError(
        "has no address to sign in at (SingleSignOnService) with HTTP-Redirect or HTTP-POST, the bindings that Scalekit "
        f"speaks; there is {there or 'none at all'}"
    )


def _sign_out(role: _Element) -> tuple[Values, list[str]]:
    """Where people sign out, which need not be there, and what is wrong with it."""
    usable = _usable(_endpoints(role, "SingleLogoutService"))
    for location, binding, reason in usable:
        if not reason:
            return {"idp_slo_url": location, "idp_slo_request_binding": binding}, []
    return {}, [f"has an address to sign out at that {usable[0][2]}; it is left out"] if usable else []


def _name_id_format(role: _Element) -> Values:
    given = {
        found[1]
        for one in role.iterfind(f"{METADATA}NameIDFormat")
        if (found := _NAME_ID_FORMAT.fullmatch(words_of(one)))
    }
    return next(({"idp_name_id_format": ours} for theirs, ours in _NAME_ID_FORMATS.items() if theirs in given), {})


def _signed_requests(role: _Element) -> Values:
    """Only that it wants them: one that does not ask for signed requests takes them all the same."""
    wants = role.get("WantAuthnRequestsSigned", "").strip() in ("true", "1")
    return {"want_request_signed": True} if wants else {}


def _expired(role: _Element, now: datetime) -> datetime | None:
    """The earliest date in the past until which the descriptor, or what it stands in, was to be used.

    Not an error: it tells those who fetch metadata again and again when to stop using what they have. Here a file is read that
    somebody handed over, whose keys are no worse for it; and a file in a repository must not stop a whole stack one night.
    """
    dates = (_date(one.get("validUntil", "")) for one in (role, *role.iterancestors()))
    return min((date for date in dates if date and date < now), default=None)


def _date(text: str) -> datetime | None:
    found = _DATE_TIME.fullmatch(text.strip())
    if not found:
        return None
    written, sign, hours, minutes = found.groups()
    try:
        date = datetime.fromisoformat(written).replace(tzinfo=timezone.utc)
        ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return date + ahead if sign == "-" else date - ahead
    except (ValueError, OverflowError):
        return None
