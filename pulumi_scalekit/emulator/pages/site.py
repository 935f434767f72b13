"""The pages by their addresses."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pulumi_scalekit.emulator.behaviour.portal_links import PATH as LINKS
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.pages import dashboard, portal
from pulumi_scalekit.emulator.pages.page import STYLESHEET, problem, stylesheet
from pulumi_scalekit.emulator.serving import same_origin
from pulumi_scalekit.emulator.serving.server import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.serving.emulator import Emulator

_log = logging.getLogger(__name__)


def serves(path: str) -> bool:
    """Whether a path is one of a page; all others are the API's or the control's."""
    return path == STYLESHEET or path.startswith((LINKS, portal.PREFIX)) or dashboard.serves(path)


def respond(emulator: Emulator, request: HttpRequest, path: str, query: str) -> HttpResponse:
    """Answer a request for a page. None of these is in the ledger: it counts what clients of the API send."""
    if reason := same_origin.refused(request):
        return problem(403, "Not from here", reason)
    if request.method not in ("GET", "POST"):
        return problem(405, "Pages are read, and forms are sent", f"Nothing here answers {request.method}.")
    if path == STYLESHEET:
        return stylesheet()
    try:
        with emulator.store.lock:
            if dashboard.serves(path):
                return dashboard.respond(emulator, request, path, query)
            return portal.respond(emulator, request, path)
    except Refusal as refusal:
        return problem(refusal.status, "This does not work", refusal.message)
    except Exception:  # noqa: BLE001 - logged with its trace and answered with 500
        # An error in the emulator must look like an error, to the reader and in the log.
        _log.exception("the page %s failed in the emulator", path)
        return problem(500, "This page failed", "It is an error in the emulator; see its log.")
