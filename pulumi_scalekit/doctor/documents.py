"""The documents at the addresses that connections declare: metadata, discovery, keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pulumi_scalekit.api.errors import Malformed, Unreachable
from pulumi_scalekit.api.fetch import Document, fetch, shown
from pulumi_scalekit.doctor.diagnosis import Diagnosis
from pulumi_scalekit.doctor.metadata import metadata_judge
from pulumi_scalekit.model.saml_document import LxmlMissing
from pulumi_scalekit.stack.resource import StackResource

_PART = "online"
_WORKERS = 4
_DISCOVERY = "/.well-known/openid-configuration"
_OK = 200

Judge: TypeAlias = Callable[[Document], Iterable[Diagnosis]]


@dataclass(frozen=True)
class Declared:
    """An address that a connection declares.

    Attributes:
        connection: Its name in the program.
        path: The property that says it.
        url: Where the document is.
        judge: What is wrong with the document; nothing where it fits. It raises `LxmlMissing` where it cannot judge.

    """

    connection: str
    path: str
    url: str
    judge: Judge


def documents(held: Iterable[StackResource]) -> Iterator[Diagnosis]:
    """Fetch each address once, a few at the same time, and judge what is there."""
    declared = [each for found in held for each in _declared(found)]
    if not declared:
        yield Diagnosis(
            _PART, "note", "No connection in the state declares the address of metadata or a discovery document."
        )
        return
    urls = list(dict.fromkeys(each.url for each in declared))
    with ThreadPoolExecutor(_WORKERS) as workers:
        fetched = dict(zip(urls, workers.map(_fetched, urls), strict=True))
    good = unjudged = 0
    for each in declared:
        try:
            said = list(_judged(each, fetched[each.url]))
        except LxmlMissing:
            unjudged += 1
            continue
        yield from said
        good += not said
    if unjudged:
        yield Diagnosis(
            _PART,
            "note",
            f"{unjudged:,} document{'s look' if unjudged != 1 else ' looks'} like SAML metadata, and cannot be judged: lxml is not "
            f"installed where this runs.",
            f"`{LxmlMissing.INSTALL}`, and run this again.",
        )
    if good:
        yield Diagnosis(
            _PART, "ok", f"{good:,} of {len(declared):,} documents that connections declare are there, and fit."
        )


def _fetched(url: str) -> Document | Unreachable | Malformed:
    try:
        return fetch(url)
    except (Unreachable, Malformed) as error:
        return error


def _judged(declared: Declared, fetched: Document | Unreachable | Malformed) -> Iterator[Diagnosis]:
    where = f"{declared.connection}, {declared.path}: {shown(declared.url)}"
    if isinstance(fetched, Unreachable):
        text, remedy = fetched.said, f"From here, that is: Scalekit may reach it all the same. {fetched.advice}."
        yield Diagnosis(_PART, "warning", f"{where}: {text}.", remedy)
    elif isinstance(fetched, Malformed):
        yield Diagnosis(_PART, "error", f"{where}: {fetched.said}.", f"{fetched.advice}.")
    elif fetched.status != _OK:
        yield Diagnosis(
            _PART,
            "error",
            f"{where} was answered {fetched.status}, so Scalekit cannot read it there either.",
            f"Ask the customer's identity provider for the right address, and correct {declared.path} in the program.",
        )
    else:
        for said in declared.judge(fetched):
            yield replace(said, text=f"{where}: {said.text}")


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
        yield Declared(
            found.name, "saml.idp_metadata_url", metadata, metadata_judge(_PART, _text(saml, "idp_entity_id"))
        )


def _block(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    block = values.get(name)
    return block if isinstance(block, dict) else {}


def _text(block: Mapping[str, Any], name: str) -> str:
    # What its user declared secret is encrypted in the state, and no text.
    value = block.get(name)
    return value if isinstance(value, str) else ""


def _discovery_of(issuer: str) -> Judge:
    """Judge a discovery document; its issuer has to be the declared one where one is declared."""

    def judge(document: Document) -> Iterator[Diagnosis]:
        found = _json(document)
        said = found.get("issuer") if found else None
        if not isinstance(said, str):
            yield Diagnosis(
                _PART,
                "error",
                "what is there is no OpenID discovery document: it is not JSON with an issuer.",
                f"The issuer is what {_DISCOVERY} can be put behind. Ask the customer's identity provider for it.",
            )
        elif issuer and said.rstrip("/") != issuer.rstrip("/"):
            yield Diagnosis(
                _PART,
                "error",
                f"the document says that its issuer is {said}, and the declared one is {issuer}, so every sign-in would be refused.",
                f'Declare oidc={{"issuer": "{said}", …}} if that is the customer\'s identity provider.',
            )

    return judge


def _keys(document: Document) -> Iterator[Diagnosis]:
    found = _json(document)
    if not (found and isinstance(found.get("keys"), list) and found["keys"]):
        yield Diagnosis(
            _PART,
            "error",
            "what is there is no set of keys: it is not JSON with keys.",
            "Take the jwks_uri of the discovery document, or leave it out.",
        )


def _json(document: Document) -> Mapping[str, Any] | None:
    try:
        found = json.loads(document.content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
