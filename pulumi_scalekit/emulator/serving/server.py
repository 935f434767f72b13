"""The standard library's threaded server, on loopback, with the network faults that a test can cause.

`socketserver` accepts connections and runs a thread for each; `http.server` parses requests and keeps connections
alive. What is added: an answer that is dropped or cut off, a connection that is reset, and a listening socket that
closes and opens again on the same port.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any

LOOPBACK = "127.0.0.1"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_JOIN_SECONDS = 5.0
_LARGEST_BODY = 8 * 1024 * 1024
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HttpRequest:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, in whatever case the client wrote its name; empty without it."""
        return next((value for known, value in self.headers.items() if known.lower() == name), "")


@dataclass(frozen=True)
class HttpResponse:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    # Announce the whole body, send half of it and close.
    truncated: bool = False


class Hangup(Exception):
    """Close the connection without an answer."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__()
        self.reset = reset


Respond = Callable[[HttpRequest], HttpResponse]


class Server:
    """Hands each request to `respond`; closes and opens again on the same port."""

    def __init__(self, port: int, respond: Respond, clock: Callable[[], float]) -> None:
        self.port = port
        self._respond = respond
        self._clock = clock
        self._lock = threading.Lock()
        self._listener: _Listener | None = None
        self._stopping = threading.Event()
        self._reopening: threading.Timer | None = None

    def start(self) -> None:
        self._stopping.clear()
        self.open()

    def open(self) -> None:
        """Accept connections, unless the server is open already or has been stopped."""
        with self._lock:
            if self._listener is None and not self._stopping.is_set():
                self._listener = _Listener(self.port, self._respond, self._clock)
                self.port = self._listener.server_address[1]
                threading.Thread(target=self._listener.serve_forever, name="emulator", daemon=True).start()

    def close(self, seconds: float | None = None) -> None:
        """Refuse new connections and reset the open ones; open again after `seconds`, if given."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        if seconds is not None:
            self._reopening = threading.Timer(seconds, self.open)
            self._reopening.daemon = True
            self._reopening.start()

    def stop(self) -> None:
        """Close for good and wait for the threads of the connections; a second call does nothing."""
        with self._lock:
            self._stopping.set()
            listener = self._listener
        if self._reopening is not None:
            self._reopening.cancel()
        self.close()
        if listener is not None:
            listener.join(_JOIN_SECONDS)

    def wait(self, seconds: float) -> None:
        """Sleep for `seconds`, or until the server stops."""
        self._stopping.wait(seconds)


class _Listener(ThreadingTCPServer):
    """One listening socket and the connections that it accepted.

    Not `ThreadingHTTPServer`: it looks up the host's name, which takes seconds on some machines.
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, respond: Respond, clock: Callable[[], float]) -> None:
        super().__init__((LOOPBACK, port), _Connection)
        self.respond = respond
        self.clock = clock
        self._open: set[Any] = set()
        self._changed = threading.Condition()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._changed:
            super().shutdown_request(request)
            self._open.discard(request)
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if isinstance(sys.exc_info()[1], OSError):
            _log.debug("a client closed its connection in the middle of a request")
        else:
            super().handle_error(request, client_address)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            # Wakes `serve_forever` at once; without it `shutdown` waits for the end of its poll.
            self.socket.shutdown(socket.SHUT_RDWR)
        self.shutdown()
        self.server_close()
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                    connection.shutdown(socket.SHUT_RDWR)

    def join(self, seconds: float) -> None:
        """Wait until every connection has ended, for at most `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open, seconds)


class _Connection(BaseHTTPRequestHandler):
    """The requests of one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # Buffered, so that head and body leave in one packet.
    wbufsize = -1
    server: Any

    def do_GET(self) -> None:
        body = self._body()
        if body is None:
            # What is left of it is not read.
            self.close_connection = True
            self._send(HttpResponse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"The request is too large.\n"))
            return
        request = HttpRequest(self.command, self.path, dict(self.headers.items()), body)
        try:
            response = self.server.respond(request)
        except Hangup as hangup:
            self.close_connection = True
            if hangup.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                # Without the orderly shutdown that the server would do.
                self.connection.close()
            return
        self._send(response)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815

    def _body(self) -> bytes | None:
        """The body of the request; None if it is larger than any that the API or a page takes."""
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            length = int(self.headers.get("Content-Length") or 0)
            return self.rfile.read(length) if length <= _LARGEST_BODY else None
        body = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            if len(body) + size > _LARGEST_BODY:
                return None
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            continue
        return body

    def _send(self, response: HttpResponse) -> None:
        self.send_response_only(response.status)
        self.send_header("Date", formatdate(self.server.clock(), usegmt=True))
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(response.body)))
        if response.truncated or self.close_connection:
            # Sets `close_connection` too.
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(response.body[: len(response.body) // 2] if response.truncated else response.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the ledger has every request, without secrets."""
