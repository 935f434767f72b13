"""Pages: templates beside this file and one stylesheet, without a script and without anything from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi_scalekit.emulator.serving.descriptors import ExtraMissing
from pulumi_scalekit.emulator.serving.server import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

STYLESHEET = "/_emulator/style.css"
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    # The address of a link is a secret, and none of another site's business.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_SEE_OTHER = 303


def ready() -> None:
    """Fail now, and not at the first page, if a library is missing.

    Raises:
        ExtraMissing: It is.

    """
    _templates()
    try:
        import lxml.etree  # noqa: F401 - metadata that is uploaded
    except ImportError:
        raise ExtraMissing("lxml") from None


def page(template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> HttpResponse:
    """A page. Everything in `values` is text: markup from outside is shown as it is written."""
    text = _templates().get_template(template).render(stylesheet=STYLESHEET, **values)
    return HttpResponse(status, text.encode(), {**_HEADERS, **(headers or {})})


def problem(status: int, title: str, *sentences: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A page that says why there is no other."""
    return page("problem.html.j2", status=status, headers=headers, title=title, sentences=sentences)


def see(path: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Lead the browser on, so that a reload sends no form a second time."""
    return HttpResponse(_SEE_OTHER, b"", {"Location": path, "Cache-Control": "no-store", **(headers or {})})


def stylesheet() -> HttpResponse:
    """The one stylesheet."""
    return HttpResponse(200, _style(), {"Content-Type": "text/css; charset=utf-8", "X-Content-Type-Options": "nosniff"})


@cache
def _style() -> bytes:
    return Path(__file__).with_name("style.css").read_bytes()


@cache
def _templates() -> jinja2.Environment:
    try:
        # Late, so that a missing extra is a message at start and not a traceback at import.
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise ExtraMissing("jinja2") from None
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
