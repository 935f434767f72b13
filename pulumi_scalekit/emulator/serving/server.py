"""A small threaded HTTP/1.1 server: one thread per connection, keep-alive, and a socket that can misbehave."""

from __future__ import annotations

import logging
import selectors
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

LOOPBACK = "127.0.0.1"
_BACKLOG = 256
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_JOIN_SECONDS = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
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


class Server:
    """Listens on loopback and hands each request to `answer`."""

    def __init__(self, port: int, answer: Callable[[Asked], Reply], clock: Callable[[], float]) -> None:
        self.answer = answer
        self.clock = clock
        self.port = port
        self._lock = threading.Lock()
        self._door: socket.socket | None = None
        self._connections: dict[socket.socket, threading.Thread] = {}
        self._waker: socket.socket | None = None
        self._wake: socket.socket | None = None
        self._stopping = threading.Event()
        self._reopening: threading.Timer | None = None
        self._doorkeeper = threading.Thread(target=self._accept, name="emulator", daemon=True)

    def start(self) -> None:
        self.open_door()
        self._waker, self._wake = socket.socketpair()
        self._doorkeeper.start()

    def open_door(self) -> None:
        """Accept connections; again on the same port after the door was closed."""
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((LOOPBACK, self.port))
        except OSError:
            door.close()
            raise
        door.listen(_BACKLOG)
        door.setblocking(False)  # noqa: FBT003 - the socket's own signature
        self.port = door.getsockname()[1]
        with self._lock:
            self._door = door
        self._look_again()

    def close_door(self, seconds: float | None = None) -> None:
        """Refuse new connections and reset those that are open; open again after `seconds`, if given."""
        with self._lock:
            door, self._door = self._door, None
            open_now = list(self._connections)
        if door is not None:
            door.close()
        self._look_again()
        for connection in open_now:
            _reset(connection)
        if seconds is not None:
            self._reopening = threading.Timer(seconds, self.open_door)
            self._reopening.daemon = True
            self._reopening.start()

    def _look_again(self) -> None:
        """Wake the doorkeeper, who may be waiting at a door that is no more."""
        if self._wake is not None:
            self._wake.send(b"!")

    def stop(self) -> None:
        """End every connection; stopping twice is as good as once."""
        if self._stopping.is_set() or self._waker is None or self._wake is None:
            return
        self._stopping.set()
        if self._reopening is not None:
            self._reopening.cancel()
            self._reopening.join(_JOIN_SECONDS)
        self.close_door()
        self._doorkeeper.join(_JOIN_SECONDS)
        with self._lock:
            threads = list(self._connections.values())
        for thread in threads:
            thread.join(_JOIN_SECONDS)
        self._wake.close()
        self._waker.close()

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the server."""
        self._stopping.wait(seconds)

    def _accept(self) -> None:
        while not self._stopping.is_set() and self._waker is not None:
            with self._lock:
                door = self._door
            with selectors.DefaultSelector() as waiting:
                waiting.register(self._waker, selectors.EVENT_READ)
                if door is not None:
                    try:
                        waiting.register(door, selectors.EVENT_READ)
                    except (ValueError, OSError):
                        continue  # closed a moment ago
                self._serve_until_woken(waiting, self._waker, door)

    def _serve_until_woken(
        self, waiting: selectors.BaseSelector, waker: socket.socket, door: socket.socket | None
    ) -> None:
        while True:
            for key, _ in waiting.select():
                if key.fileobj is waker:
                    waker.recv(64)
                    return
                if door is None:
                    return
                try:
                    connection, address = door.accept()
                except BlockingIOError:
                    continue
                except OSError:
                    return
                self._serve(connection, address)

    def _serve(self, connection: socket.socket, address: Any) -> None:
        connection.setblocking(True)  # noqa: FBT003 - the socket's own signature
        thread = threading.Thread(target=self._converse, args=(connection, address), daemon=True)
        with self._lock:
            self._connections[connection] = thread
        thread.start()

    def _converse(self, connection: socket.socket, address: Any) -> None:
        try:
            _Conversation(connection, address, self)  # type: ignore[arg-type] # it only hands it on
        except OSError:
            _log.debug("a client left in the middle of a request")
        finally:
            with self._lock:
                self._connections.pop(connection, None)
            connection.close()


def _reset(connection: socket.socket) -> None:
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        _log.debug("the connection was closed already")


class _Conversation(BaseHTTPRequestHandler):
    """The requests of one connection; parsing is the standard library's, answering is ours."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Any

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        asked = Asked(self.command, self.path, dict(self.headers.items()), self._body())
        try:
            reply = self.server.answer(asked)
        except Hangup as hangup:
            if hangup.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self.close_connection = True
            return
        self._send(reply)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            continue
        return body

    def _send(self, reply: Reply) -> None:
        headers = {"Date": formatdate(self.server.clock(), usegmt=True), **reply.headers}
        if reply.status != HTTPStatus.NO_CONTENT:
            headers["Content-Length"] = str(len(reply.body))
        if reply.truncated or self.close_connection:
            self.close_connection = True
            headers["Connection"] = "close"
        phrase = HTTPStatus(reply.status).phrase if reply.status in set(HTTPStatus) else ""
        head = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
        body = reply.body[: len(reply.body) // 2] if reply.truncated else reply.body
        # In one piece: two small writes would be two packets.
        self.wfile.write("\r\n".join((*head, "", "")).encode("latin-1") + body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the ledger tells more, and tells no secrets."""
