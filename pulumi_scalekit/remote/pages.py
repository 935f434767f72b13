"""The pages of a list, however Scalekit pages it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from pulumi_scalekit.api.errors import Malformed
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.model.field import Body, Values
from pulumi_scalekit.remote import wire

if TYPE_CHECKING:
    from pulumi_scalekit.remote.environment import Client


def pages(client: Client, listing: Listing, values: Values, doing: str) -> Iterator[list[Body]]:
    """The pages of a list, each requested when it is wanted.

    Args:
        client: Talks to the API.
        listing: Which list.
        values: Holds the path parameters, and what the query asks for.
        doing: For errors.

    Raises:
        Malformed: A page came twice, so the list would never end.
        ScalekitError: The API refused.

    """
    for page in _all_pages(client, listing, values, doing):
        if listing.only:
            key, counted = listing.only
            yield [found for found in page if found.get(key) in counted]
        else:
            yield page


def _all_pages(client: Client, listing: Listing, values: Values, doing: str) -> Iterator[list[Body]]:
    path = wire.path(listing.path, values)
    query = {key: value.format(**values) for key, value in listing.query}
    if listing.paged == "token":
        yield from client.pages(path, items=listing.items, query=query, page_size=listing.page_size, doing=doing)
        return
    *above, items = listing.items.split(".")
    known: set[str] = set()
    for number in count():
        paging = {"page_number": number, "page_size": listing.page_size} if listing.paged == "number" else {}
        holder = client.request("GET", path, query={**query, **paging}, doing=doing)
        for key in above:
            holder = holder.get(key) or {}
        page = holder.get(items) or []
        last = listing.paged == "no" or len(page) < listing.page_size
        texts = {json.dumps(found, sort_keys=True) for found in page}
        # One that was known may have moved on to this page meanwhile; a full page of them is no page further.
        if not last and texts <= known:
            raise Malformed(
                doing or f"GET {path}",
                f"GET {path} brings nothing new with page {number}, so the list would never end",
                "Run again; if it stays, report it to Scalekit's support",
                lasting=True,
            )
        yield [found for found in page if isinstance(found, dict)]
        if last:
            return
        known |= texts
