"""Texts from outside, as a terminal may show them."""

from __future__ import annotations

import click


def printable_lines(text: str) -> str:
    """A text without what a terminal would obey, line by line: names of tenants and answers of servers stand in it."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def say(line: str) -> None:
    """Show a line."""
    click.echo(printable_lines(line))
