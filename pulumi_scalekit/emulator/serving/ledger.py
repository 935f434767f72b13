"""The requests that the emulator received, in order, so that a test can count them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

MASKED = "[secret]"
_SECRET_WORDS = ("secret", "password", "credential", "private_key", "api_key", "service_account", "developer_token")
_SECRET_NAMES = ("token", "access_token", "refresh_token", "ingest_token", "authorization")
# Names with a word for a secret whose values are none.
_HARMLESS = ("secret_id", "secret_suffix", "txt_record_secret", "include_plain_secret")


@dataclass(frozen=True)
class Entry:
    """A request and its status; 0 means that the client got no answer."""

    method: str
    path: str
    query: str
    rpc: str
    status: int
    body: Any
    request_id: str
    at: str
    fault: str = ""


class Ledger:
    """Requests to the API; those for tokens, and for the keys to verify them, are in `tokens`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._tokens: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.since(0))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    @property
    def tokens(self) -> list[Entry]:
        with self._lock:
            return list(self._tokens)

    def add(self, entry: Entry, *, token: bool = False) -> None:
        with self._lock:
            (self._tokens if token else self._entries).append(entry)

    def mark(self) -> int:
        return len(self._entries)

    def since(self, mark: int) -> list[Entry]:
        with self._lock:
            return self._entries[mark:]

    def count(
        self, method: str | None = None, path: str | None = None, *, rpc: str | None = None, since: int = 0
    ) -> int:
        """How many requests had this verb, exactly this path and this RPC; an argument that is left out matches all."""
        return sum(
            method in (None, entry.method) and path in (None, entry.path) and rpc in (None, entry.rpc)
            for entry in self.since(since)
        )

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._tokens.clear()

    def as_json(self, since: int = 0) -> dict[str, Any]:
        return {
            "entries": [asdict(entry) for entry in self.since(since)],
            "tokens": [asdict(entry) for entry in self.tokens],
            "mark": self.mark(),
        }


def masked(value: Any, name: str = "") -> Any:
    """The same value, with every text masked whose name is that of a secret."""
    if isinstance(value, dict):
        return {key: masked(item, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, name) for item in value]
    return MASKED if value and isinstance(value, str) and _is_secret(name) else value


def _is_secret(name: str) -> bool:
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    if snake in _HARMLESS:
        return False
    return snake in _SECRET_NAMES or any(word in snake for word in _SECRET_WORDS)
