"""The documents at the addresses that connections declare: metadata, discovery, keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from pulumi_scalekit.api.errors import Malformed, Unreachable
from pulumi_scalekit.api.fetch import Document, fetch, shown
from pulumi_scalekit.doctor.diagnosis import Diagnosis
from pulumi_scalekit.stack.resource import StackResource

_PART = "online"
_WORKERS = 4
_DISCOVERY = "/.well-known/openid-configuration"
_METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
_OK = 200
_CONNECTIONS = ("Connection", "ConnectionSettings")


@dataclass(frozen=True)
class Declared:
    """An address that a connection declares.

    Attributes:
        connection: Its name in the program.
        path: The property that says it.
        url: Where the document is.
        judge: What is wrong with the document: (what it is, what to do); None where nothing is.

    """

    connection: str
    path: str
    url: str
    judge: Callable[[Document], tuple[str, str] | None]


def documents(held: Iterable[StackResource]) -> Iterator[Diagnosis]:
    """Fetch each address once, a few at the same time, and judge what is there."""
    declared = [each for found in held if found.kind and found.kind.name in _CONNECTIONS for each in _declared(found)]
    if not declared:
        yield Diagnosis(
            _PART, "note", "No connection in the state declares the address of metadata or a discovery document."
        )
        return
    urls = list(dict.fromkeys(each.url for each in declared))
    with ThreadPoolExecutor(_WORKERS) as workers:
        fetched = dict(zip(urls, workers.map(_fetched, urls), strict=True))
    good = 0
    for each in declared:
        diagnosis = _judged(each, fetched[each.url])
        if diagnosis:
            yield diagnosis
        else:
            good += 1
    if good:
        yield Diagnosis(
            _PART, "ok", f"{good:,} of {len(declared):,} documents that connections declare are there, and fit."
        )


def _fetched(url: str) -> Document | Unreachable | Malformed:
    try:
        return fetch(url)
    except (Unreachable, Malformed) as error:
        return error


def _judged(declared: Declared, fetched: Document | Unreachable | Malformed) -> Diagnosis | None:
    where = f"{declared.connection}, {declared.path}: {shown(declared.url)}"
    if isinstance(fetched, Unreachable):
        text, remedy = fetched.said, f"From here, that is: Scalekit may reach it all the same. {fetched.advice}."
        return Diagnosis(_PART, "warning", f"{where}: {text}.", remedy)
    if isinstance(fetched, Malformed):
        return Diagnosis(_PART, "error", f"{where}: {fetched.said}.", f"{fetched.advice}.")
    if fetched.status != _OK:
        return Diagnosis(
            _PART,
            "error",
            f"{where} was answered {fetched.status}, so Scalekit cannot read it there either.",
            f"Ask the customer's identity provider for the right address, and correct {declared.path} in the program.",
        )
    problem = declared.judge(fetched)
    return Diagnosis(_PART, "error", f"{where}: {problem[0]}.", f"{problem[1]}.") if problem else None


def _declared(found: StackResource) -> Iterator[Declared]:
    oidc, saml = (_block(found.outputs, name) for name in ("oidc", "saml"))
    issuer, discovery, keys = (_text(oidc, name) for name in ("issuer", "discovery_endpoint", "jwks_uri"))
    if found.outputs.get("configuration_type") != "MANUAL":
        # With an address of the document that is declared, nobody looks at the one that follows from the issuer.
        if discovery:
            yield Declared(found.name, "oidc.discovery_endpoint", discovery, _discovery_of(issuer))
        elif issuer:
            yield Declared(found.name, "oidc.issuer", issuer.rstrip("/") + _DISCOVERY, _discovery_of(issuer))
    if keys:
        yield Declared(found.name, "oidc.jwks_uri", keys, _keys)
    if metadata := _text(saml, "idp_metadata_url"):
        yield Declared(found.name, "saml.idp_metadata_url", metadata, _metadata_of(_text(saml, "idp_entity_id")))


def _block(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    block = values.get(name)
    return block if isinstance(block, dict) else {}


def _text(block: Mapping[str, Any], name: str) -> str:
    # What its user declared secret is encrypted in the state, and no text.
    value = block.get(name)
    return value if isinstance(value, str) else ""


def _discovery_of(issuer: str) -> Callable[[Document], tuple[str, str] | None]:
    """Judge a discovery document; its issuer has to be the declared one where one is declared."""

    def judge(document: Document) -> tuple[str, str] | None:
        found = _json(document)
        said = found.get("issuer") if found else None
        if not isinstance(said, str):
            return (
                "what is there is no OpenID discovery document: it is not JSON with an issuer",
                f"The issuer is what {_DISCOVERY} can be put behind. Ask the customer's identity provider for it",
            )
        if issuer and said.rstrip("/") != issuer.rstrip("/"):
            return (
                f"the document says that its issuer is {said}, and the declared one is {issuer}, so every sign-in would be refused",
                f'Declare oidc={{"issuer": "{said}", …}} if that is the customer\'s identity provider',
            )
        return None

    return judge


def _keys(document: Document) -> tuple[str, str] | None:
    found = _json(document)
    if found and isinstance(found.get("keys"), list) and found["keys"]:
        return None
    return (
        "what is there is no set of keys: it is not JSON with keys",
        "Take the jwks_uri of the discovery document, or leave it out",
    )


def _json(document: Document) -> Mapping[str, Any] | None:
    try:
        found = json.loads(document.content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _metadata_of(entity_id: str) -> Callable[[Document], tuple[str, str] | None]:
    """Judge SAML metadata; it has to describe the declared identity provider where one is declared."""
    ask = "Ask the customer for the address of the identity provider's metadata"

    def judge(document: Document) -> tuple[str, str] | None:
        try:
            providers, elements = _entities(document.content)
        except (expat.ExpatError, ValueError):
            return "what is there is no SAML metadata: it is not XML, or has a document type", ask
        if not elements & {f"{_METADATA}|EntityDescriptor", f"{_METADATA}|EntitiesDescriptor"}:
            return "what is there is XML, but no SAML metadata", ask
        if f"{_METADATA}|IDPSSODescriptor" not in elements:
            return "the metadata describes no identity provider: it is probably a service provider's", ask
        if entity_id and entity_id not in providers:
            return (
                f"the metadata is of {', '.join(providers[:3])}, and the declared entity id is {entity_id}",
                f'Declare saml={{"idp_entity_id": "{providers[0]}", …}} if that is the identity provider, or leave it out',
            )
        return None

    return judge


def _entities(content: bytes) -> tuple[Sequence[str], set[str]]:
    """The entity ids in metadata, and the names of all its elements.

    Raises:
        ExpatError, ValueError: It is no XML, or has a document type, with which a small file can be made a huge one.

    """
    ids: list[str] = []
    names: set[str] = set()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        names.add(name)
        if name == f"{_METADATA}|EntityDescriptor":
            ids.append(attributes.get("entityID", ""))

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)  # noqa: FBT003 - the signature of expat
    return ids or [""], names
