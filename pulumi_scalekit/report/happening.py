"""When what a report tells happened, as far as Scalekit's events say it.

Events are requested only where there is something to date: a deleted object, a difference that an event explains, an object
that no stack has, a setting that the customer changed. At most ten pages of a hundred are read, newest first, and no further
than until everything has its date. They reach back a month and not to the last report: drift that stays keeps its date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from pulumi_scalekit.api.errors import Cancelled, Forbidden, NotFound, NotSupported, ScalekitError
from pulumi_scalekit.lifecycle import Change
from pulumi_scalekit.model.api import Happened
from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.remote.events import Event, events
from pulumi_scalekit.stack.tenants import ORGANIZATION

_BACK = timedelta(days=31)
_PAGES = 10
_SECONDS = 30.0
"""For each page: no report should wait long for what it can do without."""
_OPPOSITE: dict[Happened, Happened] = {"enabled": "disabled", "disabled": "enabled"}
_SWITCH = "enabled"


@dataclass
class Happening:
    """Something that happened to one object, which an event may date.

    Attributes:
        what: What.
        type: The type of the event.
        against: The type of the event that undoes it: where the last one is of that type, none explains what is there. Or
            empty.
        key: What an event has the object's id under: `id`, or `name`.
        id: The object's id.
        organization: The organization that it lives in; empty for none, None where the id says it.
        at: When it happened, UTC; None where no event says it.
        told: An event about it was read.

    """

    what: Happened
    type: str
    against: str
    key: str
    id: str
    organization: str | None
    at: datetime | None = None
    told: bool = False

    def hear(self, event: Event) -> bool:
        """Take the time of the last event about the object; answers whether this was the one."""
        if self.told or (self.organization is not None and self.organization != event.organization):
            return False
        self.told = True
        if event.type == self.type:
            self.at = event.at
        return True


def happening(what: Happened, kind: Kind, id: str, values: Values) -> Happening | None:
    """What may be dated; None where Scalekit keeps no event of it.

    Args:
        what: What happened.
        kind: What the object is.
        id: Its id.
        values: Holds its organization, if it lives in one.

    """
    known = kind.api.events
    if what not in known:
        return None
    organization: str | None = str(values.get(ORGANIZATION) or "")
    if kind.api.cascades_to:
        organization = None
    against = known.get(_OPPOSITE[what], "") if what in _OPPOSITE else ""
    return Happening(what, known[what], against, kind.api.id, id, organization)


def of_changes(changes: Sequence[Change], kind: Kind, id: str, values: Values) -> Happening | None:
    """What may be dated of an object that is not as declared: that it was switched on or off, or else its last change."""
    switched = next((each for each in changes if each.path == _SWITCH and not each.secret), None)
    if switched:
        return happening("enabled" if switched.new else "disabled", kind, id, values)
    return happening("updated", kind, id, values)


def of_setting(path: str, value: str, kind: Kind, id: str, values: Values) -> Happening | None:
    """What may be dated of a setting that the customer changed.

    Args:
        path: The setting.
        value: What it is now, in words.
        kind: What the object is.
        id: Its id.
        values: Holds its organization.

    """
    if path == _SWITCH:
        return happening("enabled" if value == "true" else "disabled", kind, id, values)
    return happening("updated", kind, id, values)


def date(here: Environment, happenings: Iterable[Happening]) -> str:
    """Read the events, if there is anything to date, and note their times.

    Args:
        here: The environment.
        happenings: What there is to date.

    Returns:
        Why events could not be read, as a sentence; empty where they were, or were not needed.

    """
    waiting: defaultdict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    count = 0
    for each in happenings:
        count += 1
        for type_ in filter(None, (each.type, each.against)):
            waiting[type_, each.key, each.id].append(each)
    types = {type_ for type_, _, _ in waiting}
    if not types:
        return ""
    since = datetime.now(timezone.utc) - _BACK
    try:
        for event in events(here.client.within(_SECONDS), types, since, pages=_PAGES):
            for key, name in event.names.items():
                count -= sum(each.hear(event) for each in waiting.get((event.type, key, name), ()))
            if not count:
                break
    except Cancelled:
        raise
    except ScalekitError as error:
        return _unread(error)
    return ""


def _unread(error: ScalekitError) -> str:
    if isinstance(error, Forbidden | NotFound | NotSupported):
        return (
            f"Scalekit's events, which say when something happened, cannot be read with these credentials ({error.method} "
            f"{error.path} was answered {error.status})."
        )
    return f"It is not known when things happened: {error}"
