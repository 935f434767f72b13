"""How old an object is, by the server's own clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.remote.objects import Objects

_KNOWN_TO_ALL = timedelta(minutes=1)


def made_at(live: Values) -> datetime | None:
    """When an object was made; None where it does not say."""
    made = str(live.get("create_time"))[:19]  # Python 3.10 reads no nanoseconds
    try:
        return datetime.strptime(made, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def is_old(objects: Objects, state: Values) -> bool:
    """Whether an object is known to have been made so long ago that every read shows it, if it is there."""
    made = made_at(state)
    now = made and objects.client.server_time()
    return made is not None and now is not None and now - made > _KNOWN_TO_ALL
