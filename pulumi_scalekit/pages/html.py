"""HTML pages: one self-contained file each, which works without a network, in light and dark, and on paper."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any


class MissingExtra(RuntimeError):
    """A library is not installed; the text says how to install it."""


def page(template: str, **values: Any) -> str:
    """A page.

    Args:
        template: The file beside this one.
        **values: What it shows. Everything in it is text: markup from outside stays as it is written.

    Raises:
        MissingExtra: jinja2 is not installed.

    """
    # Late: only a page needs it.
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("an HTML page needs jinja2: pip install 'pulumi-scalekit[html]'") from None
    environment = Environment(
        loader=PackageLoader("pulumi_scalekit", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(version=version("pulumi-scalekit"), **values)
