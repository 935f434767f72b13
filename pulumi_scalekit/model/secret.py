"""Secrets and ids that nobody set: an empty text, a mask that an API or a log showed, a variable that was not replaced."""

from __future__ import annotations

import re

_MASK = re.compile(r"[*•●∙·xX#._-]{3,}|.*(?:\*{4}|[•●]{2}).*", re.DOTALL)
"""Nothing but what masks are made of, or a few true characters beside a mask, as `****wxyz`."""
_PLACEHOLDER = re.compile(r"\$?[\[<({]+[\w .:/*•$-]*[\]>)}]+|\$[A-Z_][A-Z0-9_]*|%[A-Z_][A-Z0-9_]*%")
"""`[secret]`, `<redacted>`, `(sensitive value)`, `${OKTA_SECRET}`, `{{ secret }}`, `$OKTA_SECRET`, `%OKTA_SECRET%`."""
_NOTHING = frozenset({"masked", "nil", "none", "null", "redacted", "undefined"})


def refused(value: str) -> str | None:
    """Why this cannot be a secret, as the end of a sentence about it. The text is never in it."""
    text = value.strip()
    advice = "give the secret itself, or leave it out to keep the one that Scalekit has"
    if not text:
        return (
            f"is empty: the variable that it comes from is probably not set. Set it, or {advice.partition(', or ')[2]}"
        )
    if _stands_for_another(text):
        return (
            "is a mask or a placeholder in place of a secret: the variable that it comes from is probably not set, or it was "
            f"copied from where it is hidden; {advice}"
        )
    return None


def placeholder(value: str) -> str | None:
    """Why this cannot be an id that an identity provider gave, which is no secret, but is copied from the same page."""
    if _stands_for_another(value.strip()):
        return (
            "is a placeholder in place of the true value: the variable that it comes from is probably not set. Set it, or "
            "give what the identity provider shows"
        )
    return None


def _stands_for_another(text: str) -> bool:
    return bool(_MASK.fullmatch(text) or text.lower() in _NOTHING or _PLACEHOLDER.fullmatch(text))
