"""Events: what happened to objects, newest first, and not who did it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pulumi_scalekit.emulator.behaviour.call import Call, rpc
from pulumi_scalekit.emulator.behaviour.refusal import Refusal, Unrouted, invalid
from pulumi_scalekit.emulator.behaviour.store import Record
from pulumi_scalekit.emulator.serving.request import Json

_DEFAULT_PAGE = 10
_LARGEST_PAGE = 100
_OTHERS = (
    "auth_request_id", "interceptor_id", "interceptor_status", "interceptor_decision", "connected_account_id",
)  # fmt: skip
"""What a filter may ask for besides, and no event of the emulator has."""


@rpc("EventsService.ListEventsPaginated")
def list_events(call: Call) -> Json:
    if call.switches.events == "missing":
        raise Unrouted
    if call.switches.events == "forbidden":
        raise Refusal(403, "these credentials may not list events")
    size = min(call.get("page_size", 0) or _DEFAULT_PAGE, _LARGEST_PAGE)
    page, paging = call.page(_matching(call), size, _DEFAULT_PAGE)
    del paging["total_size"]
    return {"events": [dict(event) for event in page], **paging}


def _matching(call: Call) -> Iterable[Record]:
    wanted = call.body
    first, last = (_instant(wanted[name]) if name in wanted else None for name in ("start_time", "end_time"))
    if first and last and first > last:
        raise invalid("filter.start_time", "must not be after end_time")
    if wanted.get("source") == "DIR_SYNC" or any(wanted.get(name) for name in _OTHERS):
        return
    for event in sorted(call.store.events(), key=lambda event: str(event["occurred_at"])):
        at = _instant(event["occurred_at"])
        if (
            (not wanted.get("event_types") or event["type"] in wanted["event_types"])
            and (not first or at >= first)
            and (not last or at <= last)
            and wanted.get("organization_id", "") in ("", event["organization_id"])
            and wanted.get("connection_id", "") in ("", event["data"].get("id"))
        ):
            yield Record(event)


def _instant(text: str) -> datetime:
    """A time in RFC 3339 as protobuf writes it, to the microsecond."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{fraction[:6]:0<6}+00:00")
