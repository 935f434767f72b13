"""The picture of the operations: how much longer each takes than with a provider that only sends the bare requests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PROVIDERS = ("dynamic", "plugin")
LIMIT = 1.10
"""The line that is drawn: what both providers should stay below."""


def picture(rows: Sequence[dict[str, Any]], file: Path) -> None:
    """Draw the largest stack that was measured, a group of bars for each operation and latency.

    The colours follow the reader's light or dark theme, which an SVG can do by itself.

    Args:
        rows: Of `operations`.
        file: The SVG to write.

    """
    largest = max(row["organizations"] for row in rows)
    shown = [row for row in rows if row["organizations"] == largest]
    groups = {
        latency: {
            row["operation"]: {each["provider"]: each for each in shown if _is(each, latency, row["operation"])}
            for row in shown
        }
        for latency in sorted({row["latency, ms"] for row in shown})
    }
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True)
    highest = max(2.0, *(row["wall, ratio"] for row in shown))
    drawn = templates.get_template("picture.svg.j2").render(
        groups=groups, providers=PROVIDERS, count=largest, highest=highest, limit=LIMIT
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(drawn, encoding="utf-8")


def _is(row: dict[str, Any], latency: int, operation: str) -> bool:
    return bool(row["latency, ms"] == latency and row["operation"] == operation)
