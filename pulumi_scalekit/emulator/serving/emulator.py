"""The emulator: start it, read its address, its ledger and its store, and inject faults."""

from __future__ import annotations

import contextlib
import json
import secrets
import time
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pulumi_scalekit.emulator.behaviour.refusal import Refusal
from pulumi_scalekit.emulator.behaviour.store import Clock, Store, timestamp
from pulumi_scalekit.emulator.behaviour.switches import Switches
from pulumi_scalekit.emulator.pages import dashboard, page, site
from pulumi_scalekit.emulator.serving import api, control, discovery, inside, routes, rules, same_origin, tokens
from pulumi_scalekit.emulator.serving.api import Outcome
from pulumi_scalekit.emulator.serving.fault_injection import Fault, Faults, RetryAfter, retry_after_header
from pulumi_scalekit.emulator.serving.ledger import Entry, Ledger, masked
from pulumi_scalekit.emulator.serving.server import LOOPBACK, Hangup, HttpRequest, HttpResponse, Server

if TYPE_CHECKING:
    from typing_extensions import Self

_JSON = "application/json"
_RATE_LIMITED = 429


class Emulator:
    """A Scalekit environment on this machine, empty when it starts."""

    def __init__(
        self,
        switches: Switches | None = None,
        *,
        port: int = 0,
        client_id: str = "skc_12345678901234567",
        client_secret: str = "test_emulator",  # noqa: S107 - it is valid for this emulator only
        clock: Clock = time.time,
    ) -> None:
        self.switches = switches or Switches()
        self.credentials = tokens.Credentials(client_id, client_secret)
        self.clock = clock
        self.ledger = Ledger()
        self.faults = Faults()
        self.store = Store(clock, client_id)
        # In the forms of the dashboard, so that no page of another site can send them.
        self.form_token = secrets.token_urlsafe(32)
        self._server = Server(port, self._respond, clock)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Self:
        # Loaded now, so that a missing package and the time to load do not appear at the first request.
        routes.load()
        rules.ready()
        page.ready()
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self._server.port}"

    @property
    def dashboard(self) -> str:
        """The address of the page that shows what is going on."""
        return self.url + dashboard.HOME

    def portal_link(self, organization_id: str) -> str:
        """A link into the admin portal of an organization, for a test that does there what its administrator would.

        Raises:
            KeyError: There is no such organization.

        """
        outcome = inside.send(self, "PUT", f"organizations/{organization_id}/portal_links")
        if outcome.status != HTTPStatus.OK:
            raise KeyError(organization_id)
        location: str = outcome.json["link"]["location"]
        return location

    @property
    def client_id(self) -> str:
        return self.credentials.client_id

    @property
    def client_secret(self) -> str:
        return self.credentials.client_secret

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which a Scalekit client uses this environment."""
        return {
            "SCALEKIT_ENVIRONMENT_URL": self.url,
            "SCALEKIT_CLIENT_ID": self.client_id,
            "SCALEKIT_CLIENT_SECRET": self.client_secret,
        }

    def reset(self) -> None:
        """Forget everything but the switches."""
        self.store = Store(self.clock, self.client_id)
        self.ledger.clear()
        self.faults.clear()

    @contextlib.contextmanager
    def offline(self) -> Iterator[None]:
        """Refuse connections, like a host that is down, until the block ends."""
        self._server.close()
        try:
            yield
        finally:
            self._server.open()

    def _respond(self, request: HttpRequest) -> HttpResponse:
        target = urlsplit(request.target)
        if site.serves(target.path):
            return site.respond(self, request, target.path, target.query)
        if target.path.startswith(control.PREFIX):
            if reason := same_origin.refused(request):
                return HttpResponse(403, json.dumps({"error": reason}).encode(), {"Content-Type": _JSON})
            outcome = control.respond(self, request.method, target.path, target.query, request.body)
            return HttpResponse(outcome.status, outcome.content, {"Content-Type": _JSON})
        return _Exchange(self, request).reply()

    def refuse_connections(self, seconds: float) -> None:
        self._server.close(seconds)

    def wait(self, seconds: float) -> None:
        self._server.wait(seconds)


class _Exchange:
    """A request: the faults that apply to it, its answer, and its entry in the ledger."""

    def __init__(self, emulator: Emulator, request: HttpRequest) -> None:
        self._emulator = emulator
        self._request = request
        target = urlsplit(request.target)
        self._path, self._query = target.path, target.query
        self._is_oauth = self._path in (tokens.PATH, discovery.KEYS, discovery.OPENID)
        self._request_id = f"req_{uuid.uuid4().hex[:16]}"
        self._rpc = ""

    def reply(self) -> HttpResponse:
        emulator = self._emulator
        if emulator.faults.latency:
            emulator.wait(emulator.faults.latency)
        fault = emulator.faults.take(self._request.method, self._path, token=self._is_oauth)
        if fault is not None:
            return self._faulty(fault)
        wait = None if self._is_oauth else emulator.faults.over_limit()
        if wait is not None:
            return self._limited(wait)
        return self._sent(self._applied())

    def _faulty(self, fault: Fault) -> HttpResponse:
        if fault.kind == "refuse":
            self._record(0, fault)
            self._emulator.refuse_connections(fault.seconds)
            raise Hangup(reset=True)
        if fault.kind in ("drop_before", "drop_after"):
            if fault.kind == "drop_after":
                self._applied()
            self._record(0, fault)
            raise Hangup(reset=fault.reset)
        if fault.kind == "status":
            return self._status(fault)
        if fault.kind == "late":
            self._emulator.wait(fault.seconds)
            return self._sent(self._applied(), fault)
        if fault.kind == "slow":
            outcome = None if fault.applied is False else self._applied()
            self._emulator.wait(fault.seconds)
            if outcome is None:
                self._record(0, fault)
                raise Hangup(reset=fault.reset)
            return self._sent(outcome, fault)
        return self._sent(self._applied(), fault, truncated=True)

    def _status(self, fault: Fault) -> HttpResponse:
        if fault.applied:
            self._applied()
        headers = retry_after_header(fault.retry_after, self._emulator.clock())
        self._record(fault.status, fault)
        if fault.body == "json":
            refusal = Refusal(fault.status, fault.message, permissions=fault.permissions, help_url=fault.help_url)
            body = json.dumps(refusal.body(self._request_id)).encode()
            return HttpResponse(fault.status, body, {"Content-Type": _JSON, **headers})
        if fault.body == "empty":
            return HttpResponse(fault.status, b"", headers)
        page = f"<html><head><title>{fault.status}</title></head><body><h1>{fault.message}</h1></body></html>"
        return HttpResponse(fault.status, page.encode(), {"Content-Type": "text/html", **headers})

    def _limited(self, wait: float) -> HttpResponse:
        by_switch: dict[str, RetryAfter] = {
            "absent": None,
            "seconds": max(1, round(wait + 0.5)),
            "date": "date",
        }
        retry_after = by_switch[self._emulator.switches.retry_after]
        header = retry_after_header(retry_after, self._emulator.clock(), wait)
        refusal = Refusal(_RATE_LIMITED, "Rate limit exceeded")
        return self._sent(Outcome(_RATE_LIMITED, refusal.body(self._request_id), headers=header))

    def _applied(self) -> Outcome:
        emulator, request = self._emulator, self._request
        if self._path == tokens.PATH and request.method == "POST":
            return self._token()
        if request.method == "GET" and (document := discovery.document(self._path, emulator.url)):
            return Outcome(200, document)
        outcome = api.call(
            request.method,
            self._path,
            self._query,
            request.header("authorization"),
            request.body,
            request_id=self._request_id,
            store=emulator.store,
            switches=emulator.switches,
            url=emulator.url,
        )
        self._rpc = outcome.rpc
        return outcome

    def _token(self) -> Outcome:
        emulator = self._emulator
        try:
            answer = tokens.issue(
                self._request.body,
                self._request.header("authorization"),
                emulator.credentials,
                emulator.store,
                emulator.switches,
                emulator.url,
            )
        except tokens.TokenRefused as refusal:
            oauth = emulator.switches.token_error == "oauth"  # noqa: S105 - the name of a shape
            challenge = {"WWW-Authenticate": "Basic"} if refusal.status == HTTPStatus.UNAUTHORIZED else {}
            return Outcome(
                refusal.status, refusal.oauth if oauth else refusal.body(self._request_id), headers=challenge
            )
        return Outcome(200, answer, headers={"Cache-Control": "no-store"})

    def _sent(self, outcome: Outcome, fault: Fault | None = None, *, truncated: bool = False) -> HttpResponse:
        self._record(outcome.status, fault)
        content = outcome.content
        headers = {"Content-Type": _JSON, **outcome.headers} if content else outcome.headers
        return HttpResponse(outcome.status, content, headers, truncated=truncated)

    def _record(self, status: int, fault: Fault | None) -> None:
        """Before the answer is sent, so that a client with an answer has its entry in the ledger."""
        body = None
        if self._request.body and not self._is_oauth:
            try:
                body = masked(json.loads(self._request.body))
            except ValueError:
                body = "[not JSON]"
        entry = Entry(
            method=self._request.method,
            path=self._path,
            query=self._query,
            rpc=self._rpc,
            status=status,
            body=body,
            request_id=self._request_id,
            at=timestamp(self._emulator.clock()),
            fault=fault.kind if fault else "",
        )
        self._emulator.ledger.add(entry, token=self._is_oauth)
