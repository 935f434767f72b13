"""The pages of a list, however Scalekit pages it, from the first or from where an earlier call ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.api.errors import Malformed
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.remote import wire

if TYPE_CHECKING:
    from pulumi_scalekit.remote.environment import Client

_AGAIN = "Run again; if it stays, report it to Scalekit's support"
_FURTHER = "+"
"""What begins the place of a page of the further list. No token of Scalekit's and no number begins so."""


@dataclass(frozen=True)
class Page:
    """A page of a list.

    Attributes:
        items: The objects on it that count, as the API has them.
        at: Where it begins: a page token or a page number; empty for the first.
        next: Where the next one begins; empty after the last.

    """

    items: list[Body]
    at: str
    next: str


def pages(
    client: Client, listing: Listing, values: Values, doing: str, *, at: str = "", size: int = 0
) -> Iterator[Page]:
    """The pages of a list, and of its further one, each requested when it is wanted.

    Args:
        client: Talks to the API.
        listing: Which list.
        values: Holds the path parameters, and what the query asks for.
        doing: For errors.
        at: Where to begin.
        size: Items wanted a page; the list's own number by default. The API may give fewer.

    Raises:
        Malformed: A page came twice, so the list would never end, or its items are no objects.
        ScalekitError: The API refused.

    """
    if listing.further is None:
        yield from _pages(client, listing, values, doing, at=at, size=size)
        return
    # Whoever begins in the further list has to know too what the first one holds.
    known: set[str] = set()
    for page in _pages(client, listing, values, doing, at="", size=size):
        known |= {str(found.get("id")) for found in page.items}
        if not at:
            yield replace(page, next=_FURTHER)
    also = listing.further
    size = min(size or also.page_size, also.page_size)
    for page in _pages(client, also, values, doing, at=at.removeprefix(_FURTHER), size=size):
        new = [found for found in page.items if str(found.get("id")) not in known]
        yield Page(new, _FURTHER + page.at, page.next and _FURTHER + page.next)


def _pages(client: Client, listing: Listing, values: Values, doing: str, *, at: str, size: int) -> Iterator[Page]:
    """The pages of one list."""
    path = wire.path(listing.path, values)
    query = {key: value.format(**values) for key, value in listing.query}
    size = size or listing.page_size
    known: set[str] = set()
    tokens = {at}
    while True:
        answer = client.request("GET", path, query={**query, **_paging(listing, at, size)}, doing=doing)
        items = _items(answer, listing, path, doing)
        following = _following(listing, answer, at, full=len(items) >= size)
        if following and listing.paged == "token":
            if following in tokens:
                raise _odd(path, doing, "a page token came twice, so the list would never end")
            tokens.add(following)
        elif following:
            texts = {json.dumps(found, sort_keys=True) for found in items}
            # One that was known may have moved on to this page meanwhile; a full page of them is no page further.
            if texts <= known:
                raise _odd(path, doing, f"it brings nothing new with page {at or 0}, so the list would never end")
            known |= texts
        yield Page(_counted(listing, items), at, following)
        if not following:
            return
        at = following


def _paging(listing: Listing, at: str, size: int) -> dict[str, Any]:
    match listing.paged:
        case "token":
            return {"page_size": size, "page_token": at or None}
        case "number":
            return {"page_number": int(at or 0), "page_size": size}
        case _:
            return {}


def _following(listing: Listing, answer: Body, at: str, *, full: bool) -> str:
    match listing.paged:
        case "token":
            return str(answer.get("next_page_token") or "")
        case "number":
            return str(int(at or 0) + 1) if full else ""
        case _:
            return ""


def _items(answer: Body, listing: Listing, path: str, doing: str) -> list[Body]:
    """The objects in an answer; none where it has no list of them."""
    *above, key = listing.items.split(".")
    for name in above:
        holder = answer.get(name)
        answer = holder if isinstance(holder, dict) else {}
    items = answer.get(key) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _odd(path, doing, f"{listing.items} is not a list of objects")
    return items


def _counted(listing: Listing, items: list[Body]) -> list[Body]:
    key, counted = listing.only or ("", (None,))
    return [
        found
        for found in items
        if found.get(key) in counted
        and not any(found.get(flag) for flag in listing.without)
        and (not listing.of or bool(found.get("organization_id")) == (listing.of == "organizations"))
    ]


def _odd(path: str, doing: str, what: str) -> Malformed:
    return Malformed(
        doing or f"GET {path}",
        f"GET {path} was answered with a list that cannot be read: {what}",
        _AGAIN,
        lasting=True,
    )
