"""The developer's dashboard: tenants, requests as they come, switches and faults."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.pages import form as forms
from pulumi_scalekit.emulator.pages.faults import KINDS, METHODS, PRESETS, add_preset, change_all, custom
from pulumi_scalekit.emulator.pages.form import Form
from pulumi_scalekit.emulator.pages.page import page, problem, see
from pulumi_scalekit.emulator.serving.server import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from pulumi_scalekit.emulator.behaviour.store import Record
    from pulumi_scalekit.emulator.serving.emulator import Emulator

HOME = "/_emulator/dashboard"
_SHOWN = 200
_SECONDS = 2
_BAD_REQUEST = 400


def serves(path: str) -> bool:
    """Whether a path is one of the dashboard's."""
    return path == HOME or path.startswith(f"{HOME}/")


def respond(emulator: Emulator, request: HttpRequest, path: str, query: str) -> HttpResponse:
    """Answer a request to the dashboard."""
    topic = path.removeprefix(HOME).strip("/")
    if request.method == "GET" and topic in _VIEWS:
        return _VIEWS[topic](emulator, {name: values[0] for name, values in parse_qs(query).items()})
    if request.method == "POST" and topic in _ACTS:
        form = forms.read(request)
        if not form.has_token(emulator.form_token):
            return problem(
                403, "This form is out of date", "The emulator was started anew: reload the page, and send it again."
            )
        return _ACTS[topic](emulator, form)
    return problem(404, "There is no such page", f"The dashboard is at {HOME}.")


def _page(emulator: Emulator, template: str, topic: str, *, status: int = 200, **values: Any) -> HttpResponse:
    return page(
        template,
        status=status,
        home=HOME,
        topic=topic,
        form_token=emulator.form_token,
        error=values.pop("error", ""),
        **values,
    )


def _tenants(emulator: Emulator, _: dict[str, str]) -> HttpResponse:
    store = emulator.store
    connections, domains, directories = (
        _by_organization(collection) for collection in (store.connections, store.domains, store.directories)
    )
    tenants = [
        {
            "organization": organization,
            "features": [f["name"] for f in organization.get("settings", {}).get("features", ()) if f["enabled"]],
            "connections": connections[organization["id"]],
            "domains": [domain["domain"] for domain in domains[organization["id"]]],
            "directories": directories[organization["id"]],
        }
        for organization in reversed(store.organizations.values())
    ]
    numbers = {
        "organizations": len(store.organizations),
        "connections": len(store.connections),
        "requests": len(emulator.ledger),
        "faults waiting": len(emulator.faults.waiting()),
    }
    return _page(
        emulator,
        "dashboard.html.j2",
        "",
        tenants=tenants,
        numbers=numbers,
        url=emulator.url,
        client_id=emulator.client_id,
    )


def _by_organization(collection: dict[str, Record]) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = defaultdict(list)
    for record in collection.values():
        grouped[record.get("organization_id", "")].append(record)
    return grouped


def _open_portal(emulator: Emulator, form: Form) -> HttpResponse:
    """Make a link as a program does, and open it."""
    try:
        location = emulator.portal_link(form.get("organization_id"))
    except KeyError:
        return problem(404, "There is no link", "The organization may have been deleted.")
    # Without the host: the browser stays at the name by which it came.
    return see(urlsplit(location).path)


def _requests(emulator: Emulator, query: dict[str, str]) -> HttpResponse:
    entries = [
        {**asdict(entry), "body": None if entry.body is None else json.dumps(entry.body, indent=2, ensure_ascii=False)}
        for entry in emulator.ledger.since(max(0, len(emulator.ledger) - _SHOWN))[::-1]
    ]
    return _page(
        emulator,
        "requests.html.j2",
        "requests",
        entries=entries,
        total=len(emulator.ledger),
        tokens=len(emulator.ledger.tokens),
        refresh=_SECONDS if "follow" in query else 0,
    )


def _clear_requests(emulator: Emulator, _: Form) -> HttpResponse:
    emulator.ledger.clear()
    return see(f"{HOME}/requests")


def _switches(emulator: Emulator, _: dict[str, str], *, status: int = 200, error: str = "") -> HttpResponse:
    documented, default = Switches.documented(), Switches()
    switches = [
        {
            "name": name,
            "value": str(getattr(emulator.switches, name)),
            "default": str(getattr(default, name)),
            # A life of a token is any number; the list has those that the sources name.
            "allowed": dict.fromkeys([str(getattr(emulator.switches, name)), *map(str, allowed)]),
            "doc": documented[name],
        }
        for name, allowed in Switches.allowed().items()
    ]
    return _page(emulator, "switches.html.j2", "switches", switches=switches, status=status, error=error)


def _change_switches(emulator: Emulator, form: Form) -> HttpResponse:
    sent = {name: values[0] for name, values in form.fields.items() if name != forms.TOKEN}
    try:
        emulator.switches = Switches() if "defaults" in sent else emulator.switches.changed(**sent)
    except ValueError as error:
        return _switches(emulator, {}, status=_BAD_REQUEST, error=str(error))
    return see(f"{HOME}/switches")


def _faults(emulator: Emulator, _: dict[str, str], *, status: int = 200, error: str = "") -> HttpResponse:
    return _page(
        emulator,
        "faults.html.j2",
        "faults",
        presets=PRESETS,
        kinds=KINDS,
        methods=METHODS,
        waiting=emulator.faults.waiting(),
        latency=emulator.faults.latency,
        rate_limit=emulator.faults.rate_limit,
        status=status,
        error=error,
    )


def _add_fault(emulator: Emulator, form: Form) -> HttpResponse:
    return _with_faults(emulator, form, add_preset if form.get("preset") else custom)


def _change_all(emulator: Emulator, form: Form) -> HttpResponse:
    return _with_faults(emulator, form, change_all)


def _with_faults(emulator: Emulator, form: Form, do: Callable[[Any, Form], None]) -> HttpResponse:
    try:
        do(emulator.faults, form)
    except ValueError as error:
        return _faults(emulator, {}, status=_BAD_REQUEST, error=str(error))
    return see(f"{HOME}/faults")


def _clear_faults(emulator: Emulator, _: Form) -> HttpResponse:
    emulator.faults.clear()
    return see(f"{HOME}/faults")


_VIEWS: dict[str, Callable[[Emulator, dict[str, str]], HttpResponse]] = {
    "": _tenants,
    "requests": _requests,
    "switches": _switches,
    "faults": _faults,
}
_ACTS: dict[str, Callable[[Emulator, Form], HttpResponse]] = {
    "portal": _open_portal,
    "requests/clear": _clear_requests,
    "switches": _change_switches,
    "faults": _add_fault,
    "faults/all": _change_all,
    "faults/clear": _clear_faults,
}
