"""One request in the words of its errors, and what those must not show."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_plus

__all__ = ["Body", "Call", "secrets_in"]

Body = dict[str, Any]
"""A JSON object as the API has it."""

_LONGEST = 400
# Masking anything shorter would make a riddle of every sentence, and it would be no secret.
_SHORTEST_SECRET = 4
_SECRETIVE = ("secret", "password", "token", "private_key", "api_key", "credential", "credentials")


@dataclass(frozen=True)
class Call:
    """One request, as its errors and the trace tell it.

    Attributes:
        method: The verb.
        path: What of the address errors hold; never its query.
        doing: What the request is for, such as `creating organization "acme"`. Empty: verb and path.
        changes: Whether it may change something, so that a lost answer leaves a doubt.
        hidden: Texts that no error may show, even where an answer repeats them.
    """

    method: str
    path: str
    doing: str = ""
    changes: bool = False
    hidden: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def words(self) -> str:
        """What was being done, to begin a sentence with."""
        return self.doing or f"{self.method} {self.path}"

    def hiding(self, secret: str) -> Call:
        """Return the call with one more text that no error may show."""
        return replace(self, hidden=self.hidden | {secret})

    def masked(self, text: str) -> str:
        """Return foreign text on one line, without control characters, shortened, with what is hidden masked."""
        # Longest first: a secret that is part of another one must not leave the rest of it behind.
        for secret in sorted(self.hidden, key=len, reverse=True):
            if len(secret) < _SHORTEST_SECRET:
                continue
            for spelling in (secret, quote_plus(secret), json.dumps(secret)[1:-1]):
                text = text.replace(spelling, "[secret]")
        line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def secrets_in(body: object) -> frozenset[str]:
    """Return the texts of a request's body that stand under a name such as `client_secret`, however deep."""
    if isinstance(body, dict):
        own = (value for name, value in body.items() if isinstance(value, str) and str(name).endswith(_SECRETIVE))
        return frozenset(own).union(*map(secrets_in, body.values()))
    return frozenset().union(*map(secrets_in, body)) if isinstance(body, list) else frozenset()
