"""The events of an environment, noted where its store changes: by a request, or by a test that edits the store."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.behaviour.store import Record, Store


@dataclass(frozen=True)
class Noun:
    """What Scalekit keeps events of, by the name of a collection in the store.

    Attributes:
        prefix: How the types of its events begin.
        verbs: How they end.
        object: What an event calls it.
        data: What an event holds of an object: the event's keys, and those of its record.
        owner: The key of its record that holds the organization's id.

    """

    prefix: str
    verbs: tuple[str, ...]
    object: str
    data: Mapping[str, str]
    owner: str = "organization_id"


def _data(*same: str, **other: str) -> dict[str, str]:
    return {**{name: name for name in same}, **other}


_KEPT = ("created", "updated", "deleted")
_ROLE = Noun("role.", _KEPT, "Role", _data("id", "name", "display_name", "description", "extends"))
NOUNS = {
    "organizations": Noun(
        "organization.",
        _KEPT,
        "Organization",
        _data("id", "display_name", "external_id", "region_code", "create_time", "update_time", "metadata", "settings"),
        owner="id",
    ),
    "domains": Noun(
        "organization.domain_",
        ("created", "deleted"),
        "Organization",
        _data(
            *("id", "domain", "domain_type", "organization_id", "environment_id", "txt_record_key"),
            *("txt_record_secret", "verification_status", "verification_method"),
            updated_at="update_time",
        ),
    ),
    "connections": Noun(
        "organization.sso_",
        ("created", "deleted", "enabled", "disabled"),
        "Connection",
        _data("id", "organization_id", "provider", "enabled", "status", connection_type="type"),
    ),
    "directories": Noun(
        "organization.directory_",
        ("enabled", "disabled"),
        "Directory",
        _data(
            *("id", "organization_id", "directory_type", "enabled"),
            provider="directory_provider",
            updated_at="update_time",
        ),
    ),
    "roles": _ROLE,
    "organization_roles": _ROLE,
    "permissions": Noun("permission.", _KEPT, "Permission", _data("id", "name", "description")),
}


@dataclass(frozen=True)
class _Known:
    """An object as it was when the log last looked."""

    record: Record
    settled: str
    enabled: Any

    @classmethod
    def of(cls, record: Record) -> _Known:
        return cls(record, record.settled, record.get("enabled"))


def _added(there: Mapping[Any, Record], known: Mapping[Any, _Known]) -> list[Any]:
    """The keys of what is not known yet, which stand behind all that is."""
    added: list[Any] = []
    for key in reversed(there):
        if key in known:
            break
        added.append(key)
    return added[::-1]


class EventLog:
    """What happened in a store: each call of `note` compares it with what it was at the last.

    Objects are compared by what `Record.settle` keeps. Only those are looked at that were settled anew and that stand behind the last one
    known, and all where one is missing, so that to make or change one costs the same among ten thousand.

    Args:
        store: What it holds now did not happen.

    Attributes:
        events: In the order in which they were noticed.

    """

    def __init__(self, store: Store) -> None:
        self.events: list[dict[str, Any]] = []
        self._known: dict[str, dict[Any, _Known]] = {name: {} for name in NOUNS}
        self._collections = {name: getattr(store, name) for name in NOUNS}
        self._settled: dict[str, dict[Any, None]] = {name: {} for name in NOUNS}
        for name, collection in self._collections.items():
            for key, record in collection.items():
                self._keep(name, key, record)

    def note(self, store: Store, *, whole: bool = False) -> None:
        """Note what has happened since the last time.

        Args:
            store: What holds the objects.
            whole: Look at every object, and so at one too that a test has put in another one's place.

        """
        for name, noun in NOUNS.items():
            known, there = self._known[name], getattr(store, name)
            put_back = there is not self._collections[name]
            for key in list(known) if whole or put_back else self._settled[name]:
                if key in there and (there[key].settled != known[key].settled or put_back):
                    # What a test put there has never been settled, and is what it was.
                    if known[key].settled not in ("", there[key].settled):
                        self._changed(store, noun, key, there[key], known[key])
                    self._keep(name, key, there[key])
            self._collections[name] = there
            self._settled[name] = {}
            for key in _added(there, known):
                self._add(store, noun, "created", key, there[key], there[key].get("create_time") or store.now())
                self._keep(name, key, there[key])
            for key in known.keys() - there.keys() if len(known) != len(there) else ():
                self._add(store, noun, "deleted", key, known.pop(key).record, store.now())

    def _keep(self, name: str, key: Any, record: Record) -> None:
        self._known[name][key] = _Known.of(record)
        record.settled_anew = partial(self._note_settled, name, key)

    def _note_settled(self, name: str, key: Any) -> None:
        self._settled[name][key] = None

    def _changed(self, store: Store, noun: Noun, key: Any, record: Record, before: _Known) -> None:
        at, enabled = record["update_time"], record.get("enabled")
        if enabled != before.enabled:
            self._add(store, noun, "enabled" if enabled else "disabled", key, record, at)
        self._add(store, noun, "updated", key, record, at)

    def _add(self, store: Store, noun: Noun, verb: str, key: Any, record: Record, at: str) -> None:
        """Note what happened to an object, if Scalekit has an event for it."""
        if verb not in noun.verbs:
            return
        event = {
            "id": store.new_id("evt"),
            "spec_version": "1",
            "type": f"{noun.prefix}{verb}",
            "occurred_at": at,
            "environment_id": store.environment_id,
            "organization_id": key[0] if isinstance(key, tuple) else record.get(noun.owner, ""),
            "object": noun.object,
            "data": {name: copy.deepcopy(record[kept]) for name, kept in noun.data.items() if kept in record},
            "display_name": f"{noun.object} {verb}",
        }
        self.events.append(event)
