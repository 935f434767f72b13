"""Markdown of GitHub, GitLab and Bitbucket in which a value from outside is nothing but text."""

from __future__ import annotations

import re

from pulumi_scalekit.pages.values import printable_line

_ACTIVE = re.compile(r"([\\`*_{}\[\]#+!|~$])")


def escaped(text: str) -> str:
    """A text that is shown as it is: no markup, no link, no mention of a person."""
    plain = _ACTIVE.sub(r"\\\1", printable_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return plain.replace("@", "&#64;").replace("://", ":&#8203;//")


def code(text: str) -> str:
    """A value in a code span, whatever is in it."""
    plain = printable_line(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def block(text: str) -> str:
    """Several lines, as they are."""
    lines = "\n".join("".join(sign if sign.isprintable() else " " for sign in line) for line in text.splitlines())
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", lines)), default=0) + 1)
    return f"{fence}text\n{lines}\n{fence}"
