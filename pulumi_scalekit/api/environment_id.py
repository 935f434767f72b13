"""The id of the environment, `env_…`: no call tells it to client credentials, and some answers carry it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from pulumi_scalekit.api.call import Body
from pulumi_scalekit.api.errors import Forbidden, Invalid, NotFound, NotSupported, ScalekitError

__all__ = ["EnvironmentId", "EnvironmentIdUnknown"]

_CARRIERS = (("POST", "/events/paginated", "events"), ("GET", "/users", "users"))
"""Published lists whose items carry it, the likelier one first: whatever happens leaves an event."""


class EnvironmentIdUnknown(ScalekitError):
    """Nothing that these credentials may read carries the id of the environment."""


class EnvironmentId:
    """The id of one environment, for all threads of this process: once it is known, nothing is sent for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = ""

    def note(self, found: Any) -> None:
        """Note what an answer carried that was asked for something else."""
        if isinstance(found, str) and found:
            self._known = found

    def get(self, request: Callable[..., Body], doing: str) -> str:
        """Return the id: from what any answer has carried, or else from the last event, or else from a user.

        Args:
            request: Sends what has to be asked, as `Client.request` does.
            doing: To begin an error with.

        Raises:
            EnvironmentIdUnknown: Nothing carries it.
            ScalekitError: Scalekit did not answer.

        """
        with self._lock:
            # Where nothing carried it, what has been written since may: it is not remembered.
            if not self._known:
                self.note(self._ask(request, doing))
        if self._known:
            return self._known
        raise EnvironmentIdUnknown(
            f"{doing}: the id of the environment is not known. No call tells it, and there is neither an event nor a user that carries "
            f"it, or these credentials may read none. Declare environment_id: every Domain has it as an output."
        )

    def _ask(self, request: Callable[..., Body], doing: str) -> str:
        words = f"{doing} (looking for the id of the environment)"
        for method, path, items in _CARRIERS:
            body: Body | None = {} if method == "POST" else None
            try:
                answer = request(method, path, body=body, query={"page_size": 1}, doing=words, reads=True)
            except (Forbidden, Invalid, NotFound, NotSupported):
                # What these credentials may not read carries nothing for them.
                continue
            if found := _carried(answer, items):
                return found
        return ""


def _carried(answer: Body, items: str) -> str:
    listed = answer.get(items)
    first = listed[0] if isinstance(listed, list) and listed else {}
    return str(first.get("environment_id") or "") if isinstance(first, dict) else ""
