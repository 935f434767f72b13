"""Scalekit's events: what happened to which object, and when. They do not name who did it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_scalekit.model.field import Body
    from pulumi_scalekit.remote.environment import Client

PATH = "/events/paginated"
_PAGE_SIZE = 100
_NAMES = ("id", "name")


@dataclass(frozen=True)
class Event:
    """Something that happened to an object.

    Attributes:
        type: `organization.deleted`.
        at: When, UTC.
        organization: The organization that it is in, or is; empty where it is in none.
        names: The object's id, and its name where it has one, by the keys `id` and `name`. What else an event holds of an
            object, such as the value of a DNS record, is not kept.

    """

    type: str
    at: datetime
    organization: str
    names: Mapping[str, str]


def events(client: Client, types: Collection[str], since: datetime, *, pages: int) -> Iterator[Event]:
    """The events of some types, newest first, each page requested when it is wanted.

    An event that cannot be read is left out.

    Args:
        client: Talks to the API.
        types: Which ones.
        since: What is older is left out.
        pages: How many pages of 100 events to request at most.

    Raises:
        ScalekitError: They cannot be read.

    """
    wanted = {"event_types": sorted(types), "start_time": since.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
    token = ""
    for _ in range(pages):
        query = {"page_size": _PAGE_SIZE, "page_token": token or None}
        answer = client.request("POST", PATH, body=wanted, query=query, doing="reading Scalekit's events", reads=True)
        listed = answer.get("events")
        for each in listed if isinstance(listed, list) else ():
            found = _event(each) if isinstance(each, dict) else None
            if found:
                yield found
        token = str(answer.get("next_page_token") or "")
        if not token:
            return


def _event(body: Body) -> Event | None:
    at = _instant(body.get("occurred_at"))
    data: Any = body.get("data")
    data = data if isinstance(data, dict) else {}
    if at is None:
        return None
    names = {key: data[key] for key in _NAMES if isinstance(data.get(key), str)}
    organization = body.get("organization_id") or data.get("organization_id") or ""
    return Event(str(body.get("type")), at, str(organization), names)


def _instant(written: Any) -> datetime | None:
    """A time in RFC 3339, to the second."""
    try:
        found = datetime.fromisoformat(re.sub(r"\.\d+", "", str(written)).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(timezone.utc) if found.tzinfo else None
