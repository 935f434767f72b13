"""List: which objects of a kind there are, one page after the other. Nothing is noted of them, and no list page is read twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from pulumi_scalekit.api.errors import ScalekitError
from pulumi_scalekit.lifecycle.advice import advised
from pulumi_scalekit.lifecycle.read import is_set, parse
from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.remote.listed import listed
from pulumi_scalekit.remote.objects import Objects


@dataclass(frozen=True)
class Named:
    """An object of a list.

    Attributes:
        id: What `get` and import take.
        title: What people call it; empty where the list does not tell.

    """

    id: str
    title: str


@dataclass(frozen=True)
class Wanted:
    """How much of a list is wanted.

    Attributes:
        limit: The most objects, of all pages together; 0 for all.
        page_size: The most objects of this page; 0 leaves it to Scalekit.
        continuation: What an earlier page ended with; empty for the first.

    """

    limit: int = 0
    page_size: int = 0
    continuation: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a list goes on.

    Attributes:
        at: Which of Scalekit's pages.
        size: Items of such a page, the same for all: a page number counts in them.
        known: How many objects of it were told already.
        left: How many are still wanted; 0 for all.

    """

    at: str = ""
    size: int = 0
    known: int = 0
    left: int = 0


@advised
def list_page(objects: Objects, given: Values, wanted: Wanted) -> tuple[list[Named], str]:
    """One page of a list, and what to ask for the next one with; that is empty after the last.

    A page holds what one of Scalekit's does: another is only requested where nothing on it counts.

    Args:
        objects: The objects of a kind that is listable.
        given: The fields of what they are listed below.
        wanted: How much of it.

    Raises:
        ScalekitError: What they are listed below is missing, or Scalekit refused.

    """
    kind = objects.kind
    doing = f"listing every {kind.words}"
    missing = [name for name, needed in kind.list_inputs.items() if needed and not given.get(name)]
    if missing:
        raise ScalekitError(f"{doing}: {' and '.join(kind.by_name[name].state for name in missing)} must be given.")
    listing = kind.listing(given)
    if listing is None:
        return list(_setting(objects, given, doing)), ""
    place = _place(wanted, listing, doing)
    most = min((number for number in (wanted.page_size, place.left) if number > 0), default=0)
    named: list[Named] = []
    following: _Place | None = None
    for page in objects.environment.pages(listing, given, doing, at=place.at, size=place.size):
        found = list(listed(kind, page.items, given, doing))[place.known :]
        shown = found[:most] if most else found
        named = [Named(one.import_id, one.title(doing)) for one in shown]
        if len(shown) < len(found):
            following = replace(place, at=page.at, known=place.known + len(shown))
        elif page.next:
            following = replace(place, at=page.next, known=0)
        else:
            following = None
        if named:
            break
        place = replace(place, known=0)
    if following is None or place.left == len(named) > 0:
        return named, ""
    return named, json.dumps(asdict(replace(following, left=max(place.left - len(named), 0))))


def _setting(objects: Objects, given: Values, doing: str) -> Iterator[Named]:
    """The one setting of what is given, if it says anything."""
    id_, parameters = parse(objects, objects.setting_id(given, doing), {})
    live = objects.read(id_, parameters, doing)
    if live is not None and is_set(objects.kind, live):
        yield Named(objects.kind.import_id(parameters, id_), objects.kind.title(live))


def _place(wanted: Wanted, listing: Listing, doing: str) -> _Place:
    if not wanted.continuation:
        size = min(wanted.page_size, listing.page_size) if wanted.page_size > 0 else listing.page_size
        return _Place(size=size, left=max(wanted.limit, 0))
    try:
        place = _Place(**json.loads(wanted.continuation))
    except (TypeError, ValueError):
        raise ScalekitError(f"{doing}: the continuation token is none that this provider gave.") from None
    # Pulumi's protocol repeats the limit of the first page, and its CLI gives what is left of it.
    left = min((number for number in (wanted.limit, place.left) if number > 0), default=0)
    return replace(place, left=left)
