"""What a look at one part of the set-up found."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

Level = Literal["ok", "note", "warning", "error"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note", "ok")
"""Worst first."""


@dataclass(frozen=True)
class Diagnosis:
    """A part of the set-up, and what to do about it.

    Attributes:
        part: What was looked at: `engine`, `configuration`, …
        level: `error`: it cannot work. `warning`: it will fail some day, or does something else than meant. `note`: worth
            knowing. `ok`: as it should be.
        text: What is there, a sentence or two.
        remedy: What to do, with the command; empty where nothing has to be done.

    """

    part: str
    level: Level
    text: str
    remedy: str = ""


R = TypeVar("R")

Diagnoses: TypeAlias = Generator[Diagnosis, None, R]
"""Diagnoses as they are made, and what they leave behind for the next part."""
