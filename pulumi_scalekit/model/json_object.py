"""A JSON object as a text: its one spelling, and what is none.

The API keeps it as a structure, which has no order of keys and only floating-point numbers. So texts that say the same are equal,
whatever their order and blanks; the texts in it are code, and are equal to the letter.
"""

from __future__ import annotations

import json
from typing import Any

_EXACT = 2**53
"""From here on a floating-point number is not exact."""


class _Twice(ValueError):
    """A key stands twice in an object."""


def normal(text: str) -> str:
    """The spelling that is sent. What is no JSON object stays as it is."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except ValueError:
        return text
    return spelled(found) if isinstance(found, dict) else text


def spelled(found: Any) -> str:
    """The one spelling of a structure."""
    return json.dumps(_whole(found), sort_keys=True, ensure_ascii=False)


def refused(text: str) -> str | None:
    """Why this is no JSON object that arrives as it is, as the end of a sentence about it. The text is never in it."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except _Twice:
        return "has a key twice in one object"
    except json.JSONDecodeError as error:
        return f"is no JSON ({error.msg}, line {error.lineno}, column {error.colno}): make it with json.dumps(…)"
    except ValueError:
        return "holds NaN or Infinity, which is no JSON"
    if not isinstance(found, dict):
        return 'is JSON, but no object: give it as {"name": "value"}'
    return (
        "holds a number of more than 15 digits, which would be rounded: give it as a text" if _rounds(found) else None
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_number(word: str) -> None:
    raise ValueError(word)


def _whole(found: Any) -> Any:
    """The same with numbers without a fraction as integers: what comes back has no other way to say so."""
    if isinstance(found, dict):
        return {key: _whole(item) for key, item in found.items()}
    if isinstance(found, list):
        return [_whole(item) for item in found]
    return int(found) if isinstance(found, float) and found.is_integer() and abs(found) < _EXACT else found


def _rounds(found: Any) -> bool:
    if isinstance(found, dict | list):
        return any(map(_rounds, found.values() if isinstance(found, dict) else found))
    return isinstance(found, int) and abs(found) >= _EXACT
