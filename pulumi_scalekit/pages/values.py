"""A value in a few words: secrets as such, a certificate by whose it is, what is long cut and counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_scalekit.model.field import UNKNOWN
from pulumi_scalekit.model.x509_details import details

SECRET = "(secret)"  # noqa: S105 - stands in place of one
NOTHING = "(not set)"
CERTIFICATE = "certificate of "
"""How a certificate in words begins."""
_WIDTH = 160
_MARKS = ("[secret]", SECRET)


def in_words(value: Any, *, width: int = _WIDTH) -> str:
    """A value as a reader needs it.

    Args:
        value: A value of a property; `None` where it is not set.
        width: Characters after which a text is cut.

    """
    if value is None or value == "":
        return NOTHING
    if value is UNKNOWN:
        return "(known after pulumi up)"
    if value in _MARKS:
        return SECRET
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _cut(_certificate(value) or printable_line(value), width)
    if isinstance(value, Mapping):
        parts = [f"{key}: {in_words(item, width=width)}" for key, item in value.items()]
        return _cut(", ".join(parts), 3 * width) or "{}"
    if isinstance(value, list | tuple):
        return _cut(", ".join(in_words(item, width=width) for item in value), 3 * width) or "[]"
    return _cut(printable_line(json.dumps(value, default=str)), width)


def printable_line(text: str) -> str:
    """A text on one line, without what would steer a terminal or a page."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _certificate(text: str) -> str:
    if "-----BEGIN CERTIFICATE" not in text and not (len(text) > _WIDTH and text.startswith("MII")):
        return ""
    found = details(text)
    return f"{CERTIFICATE}{found}" if found else ""


def _cut(text: str, width: int) -> str:
    # A certificate's fingerprint stands at its end, and is what is compared.
    if len(text) <= width or text.startswith(CERTIFICATE):
        return text
    return f"{text[:width]}… ({len(text)} characters)"
