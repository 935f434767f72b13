"""What a change of a log stream leads to: where the log goes, and what is missing from it."""

from collections.abc import Iterator

from pulumi_scalekit.model.field import Values
from pulumi_scalekit.model.finding import ResourceChange, Said, change_rule, known_at

CREDENTIALS = {"datadog": "api_key", "crowdstrike": "ingest_token"}
"""The blocks that hold a credential, and its key there."""
_PLACES = {
    "datadog": ("site",),
    "crowdstrike": ("ingest_url",),
    "google_secops": ("gcp_project_id", "location", "instance_id", "log_type"),
}


def _is_off(values: Values) -> bool:
    return known_at(values, "enabled") is False


def _types(values: Values) -> frozenset[str] | None:
    """The types that are sent; None: all of them."""
    types = known_at(values, "event_types")
    return frozenset(map(str, types)) if isinstance(types, list) and types else None


@change_rule("log-stream-moved", "warning")
def moved(change: ResourceChange) -> Iterator[Said]:
    """The log goes to another place: where people look for it and what raises alarms has nothing new from then on.

    With a changed Datadog site or CrowdStrike address the credential goes there too, the old one where no other is declared.
    """
    if not change.updated or _is_off(change.after):
        return
    for block, keys in _PLACES.items():
        for key in keys:
            before, after = change.becomes(f"{block}.{key}")
            if before != after and (before or after):
                too = ", and so does the credential" if block in CREDENTIALS else ""
                yield (
                    f"{block}.{key}",
                    f"the log goes to another place from now on{too}; the one before gets nothing new",
                )


@change_rule("log-stream-off", "warning")
def off(change: ResourceChange) -> Iterator[Said]:
    """A log stream is switched off or deleted: nobody is told of what happens meanwhile, and no alarm is raised by it."""
    before, after = change.becomes("enabled")
    if before is not False and (change.deleted or after is False) and change.before:
        yield (
            "" if change.deleted else "enabled",
            "the log is no longer sent: what happens from now on is missing there, and raises no alarm",
        )


@change_rule("log-stream-narrowed", "warning")
def narrowed(change: ResourceChange) -> Iterator[Said]:
    """Fewer types of events are sent than before."""
    before, after = _types(change.before), _types(change.after)
    if change.updated and not _is_off(change.after) and after is not None and (before is None or before - after):
        gone = (
            f"without {', '.join(sorted(before - after))}" if before else "of all types only the declared ones are sent"
        )
        yield "event_types", f"fewer events are sent from now on: {gone}"


LOG_STREAM_FINDINGS = (moved, off, narrowed)


def consequence(change: ResourceChange) -> str:
    """What a change of a log stream means for people. Empty where a finding says it."""
    if change.deleted or _is_off(change.after):
        return "It was switched off, so nothing is missing." if _is_off(change.before) else ""
    if not change.before:
        return "What happens in the environment is sent to the declared place."
    return "The log goes on being sent by the new settings." if change.updated else ""
