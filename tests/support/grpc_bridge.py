"""A gRPC server before an emulator: each call becomes the HTTP request that the descriptors' `google.api.http` gives it.

The vendor's own clients speak gRPC with TLS, and HTTP without it for tokens and keys, both to the host and port of one
address. So one port takes both: what begins as TLS goes to the gRPC server, everything else to the emulator.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any, NamedTuple, NoReturn
from urllib.parse import quote, urlsplit

import grpc
import httpx
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from pulumi.runtime.proto import status_pb2

from pulumi_scalekit.emulator import Emulator
from pulumi_scalekit.emulator.serving import descriptors, routes
from pulumi_scalekit.emulator.serving.routes import Route
from tests.support.certificates import server_certificate

_HOST = "localhost"
_HANDSHAKE = b"\x16"
_CODES: Mapping[int, grpc.StatusCode] = {code.value[0]: code for code in grpc.StatusCode}


@dataclass(frozen=True)
class Bridge:
    """Where a client of the vendor finds an emulator.

    Attributes:
        url: The environment URL that it takes.
        variables: Of its process, so that it trusts the bridge.

    """

    url: str
    variables: Mapping[str, str]


@contextlib.contextmanager
def bridge(emulator: Emulator, folder: Path) -> Iterator[Bridge]:
    """Run a bridge to an emulator; its certificate is left in the folder."""
    certificate, key = server_certificate(_HOST)
    trusted = folder / "bridge.pem"
    trusted.write_bytes(certificate)
    server = grpc.server(ThreadPoolExecutor(4))
    with httpx.Client(base_url=emulator.url) as http:
        server.add_generic_rpc_handlers(_handlers(http))
        secure = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([(key, certificate)]))
        server.start()
        port = urlsplit(emulator.url).port
        assert port
        with _OnePort(("127.0.0.1", 0), secure, port) as switch:
            threading.Thread(target=switch.serve_forever, daemon=True).start()
            variables = {"GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(trusted)}
            try:
                yield Bridge(f"http://{_HOST}:{switch.server_address[1]}", variables)
            finally:
                switch.shutdown()
                server.stop(None).wait()


class Bound(NamedTuple):
    """The HTTP request of a call."""

    verb: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any


def _handlers(http: httpx.Client) -> list[Any]:
    """What answers every RPC that the descriptors have."""
    by_service: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for method in descriptors.load().methods():
        by_service[method.containing_service.full_name][method.name] = _handler(method, http)
    return [grpc.method_handlers_generic_handler(service, handlers) for service, handlers in by_service.items()]


def _handler(method: MethodDescriptor, http: httpx.Client) -> Any:
    known = descriptors.load()

    def answer(request: Message, context: Any) -> Message:
        bound = http_request(method, request)
        if bound is None:
            return _refuse(
                context, grpc.StatusCode.UNIMPLEMENTED, f"no rule says how HTTP would say this {method.name}"
            )
        sent = {name: str(value) for name, value in context.invocation_metadata() if name == "authorization"}
        reply = http.request(bound.verb, bound.path, params=bound.query, json=bound.body, headers=sent)
        if not reply.is_success:
            return _repeat(context, reply.json())
        answered = reply.json() if reply.content else {}
        return json_format.ParseDict(answered, known.message(method.output_type), descriptor_pool=known.pool)

    return grpc.unary_unary_rpc_method_handler(
        answer,
        request_deserializer=type(known.message(method.input_type)).FromString,
        response_serializer=lambda reply: reply.SerializeToString(),
    )


def http_request(method: MethodDescriptor, request: Message) -> Bound | None:
    """The HTTP request of a call, by its first rule whose path variables it all has; None without one."""
    given = json_format.MessageToDict(
        request, preserving_proto_field_name=True, descriptor_pool=descriptors.load().pool
    )
    rpc = f"{method.containing_service.name}.{method.name}"
    bindings = [route for route in routes.load() if route.rpc == rpc]
    route = next((one for one in bindings if all(given.get(name) for name in one.pattern.groupindex)), None)
    if route is None:
        return None
    rest = dict(given)
    path = route.template
    for name in route.pattern.groupindex:
        path = path.replace(f"{{{name}}}", quote(str(rest.pop(name)), safe=""))
    body = _body(route, rest)
    return Bound(route.verb, path, tuple(_flat(rest)), body)


def _body(route: Route, rest: dict[str, Any]) -> Any:
    if not route.body:
        return None
    if route.body == "*":
        body = dict(rest)
        rest.clear()
        return body
    return rest.pop(route.body, {})


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """What is left for the query: a nested value by its path, each item of a list by itself."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
            continue
        for item in value if isinstance(value, list) else [value]:
            yield f"{above}{name}", str(item).lower() if isinstance(item, bool) else str(item)


def _refuse(context: Any, code: grpc.StatusCode, message: str) -> NoReturn:
    context.abort(code, message)
    raise AssertionError("unreachable: an abort raises")


def _repeat(context: Any, error: dict[str, Any]) -> NoReturn:
    """End a call with the status that an error answer holds, its details included."""
    known = descriptors.load()
    status = status_pb2.Status(code=error["code"], message=error["message"])
    for detail in error["details"]:
        name = detail["@type"].rpartition("/")[2]
        content = {key: value for key, value in detail.items() if key != "@type"}
        written = json_format.ParseDict(content, known.new(name), descriptor_pool=known.pool)
        status.details.add(type_url=detail["@type"], value=written.SerializeToString())
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    _refuse(context, _CODES[error["code"]], error["message"])


class _OnePort(ThreadingTCPServer):
    """One port for two servers, chosen by the first byte of a connection."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], secure: int, plain: int) -> None:
        super().__init__(address, _Connection)
        self.ports = {True: secure, False: plain}


class _Connection(BaseRequestHandler):
    server: _OnePort

    def handle(self) -> None:
        begins = self.request.recv(1, socket.MSG_PEEK)
        if not begins:
            return
        with socket.create_connection(("127.0.0.1", self.server.ports[begins == _HANDSHAKE])) as onward:
            back = threading.Thread(target=_pump, args=(onward, self.request), daemon=True)
            back.start()
            _pump(self.request, onward)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Hand on what comes until it ends, on either side."""
    with contextlib.suppress(OSError):
        while content := source.recv(65536):
            target.sendall(content)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
