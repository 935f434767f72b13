"""Logical names: unique in the stack, the same from run to run, and a variable in any language."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count

from pulumi_scalekit.adopt.existing import Existing

_WINDOWS = ("aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
"""Names that no file may have there, whatever its ending."""
_RESERVED = {*_WINDOWS, *keyword.kwlist, *keyword.softkwlist, *dir(builtins), "pulumi", "scalekit", "environment"}


class Names:
    """Gives each object its logical name.

    Who comes first keeps the short name, so objects are named from the oldest to the newest: a later one takes no name away.

    Args:
        taken: The names that the stack has, and the words of the kinds that have them.

    """

    def __init__(self, taken: Iterable[tuple[str, str]] = ()) -> None:
        # Pulumi's YAML keeps the name pulumi for itself.
        self._taken = {"pulumi": "", **{name: slug(words) for name, words in taken}}

    def name(self, existing: Existing, above: str = "") -> str:
        """The name of an object.

        Args:
            existing: The object.
            above: The name of its organization.

        """
        kind, own = slug(existing.kind.words), slug(_word(existing))
        id_ = slug(existing.id.rpartition("_")[2]) or slug(existing.id) or "unnamed"
        base = "-".join(part for part in (above, own or kind, "" if own else id_) if part)
        # Beside a namesake of another kind the kind tells them apart, beside one of its own only the id does.
        by_kind = [base, f"{base}-{kind}"] if self._taken.get(base) != kind else [base]
        numbered = (f"{base}-{number}" for number in count(2))
        candidates = chain(by_kind, (f"{base}-{id_[-6:]}", f"{base}-{id_}", f"{base}-{kind}-{id_}"), numbered)
        name = next(candidate for candidate in candidates if candidate not in self._taken)
        self._taken[name] = kind
        return name


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; empty where a text has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def variable(name: str) -> str:
    """The name of a variable or module of Python for a logical name. Different names give different ones."""
    word = name.replace("-", "_")
    if word[0].isdigit():
        return f"_{word}"
    return f"{word}_" if word in _RESERVED else word


def _word(existing: Existing) -> str:
    """What tells an object from others of its kind, in a person's words."""
    values = existing.state
    for name in (
        "external_id",
        "display_name",
        "name",
        "key",
        "domain",
        "redirect_uri",
        "directory_provider",
        "provider",
        "provider_key",
    ):
        field, value = existing.kind.by_name.get(name), values.get(name)
        if field and not field.output and isinstance(value, str) and slug(value):
            return value
    return existing.kind.words if existing.kind.api.setting_of else ""
