"""What a run has read so far, kept in a file, so that a run after an interruption reads only the rest."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_scalekit.adopt.existing import Existing, Tenant
from pulumi_scalekit.model.kind import Kind

_FRESH = 900.0
"""Seconds for which what was read counts."""


class Journal:
    """A line for each tenant that was read.

    Args:
        path: The file.
        kinds: By token.
        what: What the run reads: the lines of a run that read something else do not count.

    """

    def __init__(self, path: Path, kinds: Mapping[str, Kind], what: list[Any]) -> None:
        self._path = path
        self._kinds = kinds
        self._what = json.loads(json.dumps(what))
        self._lock = threading.Lock()
        self._lines = self._earlier()

    def tenant(self, organization: Existing, listed: Mapping[str, set[str]]) -> Tenant | None:
        """A tenant as an earlier run read it, if its organization is as it was then, and has what it had.

        Args:
            organization: The organization as it is.
            listed: The ids of what is in it, by kind, where one list holds those of all organizations.

        """
        line = self._lines.get(organization.id)
        if line is None or line["state"] != json.loads(json.dumps(organization.state)):
            return None
        if any({id_ for kind, id_, *_ in line["children"] if kind == token} != ids for token, ids in listed.items()):
            return None
        children = [
            Existing(self._kinds[token], id_, inputs, state, tuple(unmanaged))
            for token, id_, inputs, state, unmanaged in line["children"]
        ]
        return Tenant(organization, children)

    def add(self, tenant: Tenant) -> None:
        """Keep a tenant."""
        children = [[each.kind.token, each.id, each.inputs, each.state, each.unmanaged] for each in tenant.children]
        line = {
            "what": self._what,
            "time": time.time(),
            "organization": tenant.organization.id,
            "state": tenant.organization.state,
            "children": children,
        }
        with self._lock:
            self._path.touch(mode=0o600)
            with self._path.open("a", encoding="utf-8") as file:
                # The interruption may have cut off the line before.
                file.write("\n" + json.dumps(line))

    def remove(self) -> None:
        """Forget everything: the run is through."""
        self._path.unlink(missing_ok=True)

    def _earlier(self) -> dict[str, Any]:
        lines: dict[str, Any] = {}
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return lines
        for line in text.splitlines():
            try:
                read = json.loads(line)
            except ValueError:
                continue  # the line that the interruption cut off
            if read["what"] == self._what and time.time() - read["time"] < _FRESH:
                lines[read["organization"]] = read
        return lines
