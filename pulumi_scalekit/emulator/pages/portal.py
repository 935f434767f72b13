"""The admin portal: what a customer's administrator sees behind a portal link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_scalekit.emulator.behaviour.portal_links import PATH as LINKS
from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.pages import form as forms
from pulumi_scalekit.emulator.pages.page import page, problem, see
from pulumi_scalekit.emulator.pages.portal_connection import ConnectionPage
from pulumi_scalekit.emulator.serving.server import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.behaviour.store import Record
    from pulumi_scalekit.emulator.serving.emulator import Emulator

PREFIX = "/portal/"
_FEATURE = "sso"
_COOKIE = "portal_session"
_ASK = "Ask the company whose service you set up for a new link."


def respond(emulator: Emulator, request: HttpRequest, path: str) -> HttpResponse:
    """Answer a request below `/magicLink/` or `/portal/`."""
    if path.startswith(LINKS):
        return _opened(emulator, path.removeprefix(LINKS))
    organization_id, *rest = path.removeprefix(PREFIX).split("/")
    session = emulator.store.portal.session(_cookie(request), organization_id)
    if session is None:
        return problem(403, "You are not signed in here", "Your session is over, or never began in this browser.", _ASK)
    organization = emulator.store.organizations.get(organization_id)
    if organization is None:
        return problem(410, "There is nothing here any more", "This organization was deleted.")
    if not session.allows(_FEATURE):
        return problem(403, "This link is not for single sign-on", "Directory sync has no pages in this emulator.")
    if request.method == "POST" and not forms.read(request).has_token(session.form_token):
        return problem(403, "This form is out of date", "Go back, reload the page, and send it again.")
    where = f"{PREFIX}{organization_id}"
    if rest in ([], [""]) and request.method == "GET":
        return _home(emulator, organization, where)
    match rest:
        case ["connections", connection_id, *act]:
            connection = emulator.store.connections.get(connection_id)
            # Whoever has a link of another organization gets no more than with an invented id.
            if connection is not None and connection["organization_id"] == organization_id:
                here = ConnectionPage(
                    emulator, session, organization, connection, f"{where}/connections/{connection_id}"
                )
                return _connection(here, request, act)
    return problem(404, "There is no such page", "The connection may have been deleted.")


def _connection(here: ConnectionPage, request: HttpRequest, act: list[str]) -> HttpResponse:
    if not act and request.method == "GET":
        return here.show()
    if len(act) == 1 and act[0] in here.acts and request.method == "POST":
        return here.acts[act[0]](forms.read(request))
    return problem(404, "There is no such page", "Go back, and reload the page.")


def _opened(emulator: Emulator, token: str) -> HttpResponse:
    try:
        session = emulator.store.portal.open(token, once=emulator.switches.portal_link == "single_use")
    except Refusal as refusal:
        return problem(refusal.status, "This link does not open", refusal.message, _ASK)
    # For this organization alone, so that an administrator of two has both open side by side; a browser keeps the
    # cookies of all ports together, and no two environments have an id in common.
    where = f"{PREFIX}{session.organization_id}"
    return see(where, {"Set-Cookie": f"{_COOKIE}={session.token}; Path={where}; HttpOnly; SameSite=Lax"})


def _cookie(request: HttpRequest) -> str:
    named = (part.strip().partition("=") for part in request.header("cookie").split(";"))
    return next((value for name, _, value in named if name == _COOKIE), "")


def _home(emulator: Emulator, organization: Record, where: str) -> HttpResponse:
    connections = [c for c in emulator.store.connections.values() if c["organization_id"] == organization["id"]]
    return page("portal.html.j2", where=where, organization=organization, connections=connections)
