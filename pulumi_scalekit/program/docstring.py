"""What a docstring in Google's form says of arguments and attributes, for a schema that is made from it."""

from __future__ import annotations

import inspect
import re

_SECTION = re.compile(r"(Args|Attributes|Raises|Returns):|API: .*")
_ENTRY = re.compile(r"    (\w+): (.*)")


def summary(of: object) -> str:
    """What stands before the first section, as one line."""
    lines = []
    for line in _lines(of):
        if _SECTION.fullmatch(line):
            break
        lines.append(line)
    return " ".join(" ".join(lines).split())


def section(of: object, title: str) -> dict[str, str]:
    """The entries of a section by their names, each as one line: `section(call, "Args")`."""
    entries: dict[str, str] = {}
    inside, name = False, ""
    for line in _lines(of):
        if _SECTION.fullmatch(line):
            inside = line == f"{title}:"
        elif inside and (entry := _ENTRY.fullmatch(line)):
            name = entry[1]
            entries[name] = entry[2]
        elif inside and name and line.strip():
            entries[name] += f" {line.strip()}"
    return entries


def _lines(of: object) -> list[str]:
    return (inspect.getdoc(of) or "").splitlines()
