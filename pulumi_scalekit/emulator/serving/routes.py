"""The RPC of a verb and a path, from the `google.api.http` annotations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import unquote

from google.protobuf.descriptor import Descriptor, MethodDescriptor

from pulumi_scalekit.emulator.serving import descriptors

PathEscapes = Literal["kept", "decoded"]

_VARIABLE = re.compile(r"\{([^}=]+)(?:=[^}]*)?\}")
_ANYTHING = "**"
# Bits of scalekit.v1.options.AuthenticationType.
_NO_TOKEN = 1
_CLIENT = 4


@dataclass(frozen=True)
class Route:
    """An HTTP binding of an RPC."""

    verb: str
    template: str
    body: str
    rpc: str
    request: Descriptor
    response: Descriptor
    success: int
    needs_token: bool
    client_allowed: bool
    published: bool
    pattern: re.Pattern[str]

    def match(self, path: str, escapes: PathEscapes) -> dict[str, str] | None:
        match = self.pattern.fullmatch(path if escapes == "kept" else unquote(path))
        if match is None or escapes == "decoded":
            return match and match.groupdict()
        return {name: unquote(value) for name, value in match.groupdict().items()}


@dataclass(frozen=True)
class Match:
    route: Route
    variables: Mapping[str, str]


class Routes:
    """Every binding: one with a `:verb` at its end first, then the most literal.

    A variable may hold a colon, so a path that ends with a verb that some binding has is that binding's.
    """

    def __init__(self, bindings: Iterator[Route]) -> None:
        self._by_shape: dict[tuple[str, int], list[Route]] = defaultdict(list)
        self._open_ended: list[Route] = []
        ordered = sorted(
            bindings,
            key=lambda route: (
                ":" not in route.template.rpartition("/")[2],
                route.template.count("{"),
                -len(route.template),
            ),
        )
        for route in ordered:
            if _ANYTHING in route.template:
                self._open_ended.append(route)
            else:
                self._by_shape[route.verb, route.template.count("/")].append(route)

    def __iter__(self) -> Iterator[Route]:
        for routes in self._by_shape.values():
            yield from routes
        yield from self._open_ended

    def find(self, verb: str, path: str, escapes: PathEscapes) -> Match | Literal["other verb"] | None:
        length = (path if escapes == "kept" else unquote(path)).count("/")
        for route in (*self._by_shape.get((verb, length), ()), *self._open_ended):
            if route.verb == verb and (variables := route.match(path, escapes)) is not None:
                return Match(route, variables)
        known = any(route.match(path, escapes) is not None for route in self)
        return "other verb" if known else None


@cache
def load() -> Routes:
    api = descriptors.load()
    return Routes(route for method in api.methods() for route in _bindings(api, method))


def _bindings(api: descriptors.Descriptors, method: MethodDescriptor) -> Iterator[Route]:
    http = api.options(method, "google.api.http")
    kind = api.options(method, "scalekit.v1.options.auth_option").authentication_type
    documented = api.options(method, "grpc.gateway.protoc_gen_openapiv2.options.openapiv2_operation").responses
    for binding in (http, *http.additional_bindings):
        verb = binding.WhichOneof("pattern")
        if verb is None or verb == "custom":
            continue
        template = getattr(binding, verb)
        yield Route(
            verb=verb.upper(),
            template=template,
            body=binding.body,
            rpc=f"{method.containing_service.name}.{method.name}",
            request=method.input_type,
            response=method.output_type,
            success=201 if "201" in documented else 200,
            needs_token=kind != _NO_TOKEN,
            client_allowed=bool(kind & _CLIENT),
            published=not api.options(method, "google.api.method_visibility").restriction,
            pattern=_pattern(template),
        )


def _pattern(template: str) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for variable in _VARIABLE.finditer(template):
        parts.append(re.escape(template[end : variable.start()]))
        parts.append(f"(?P<{variable.group(1)}>[^/]+)")
        end = variable.end()
    parts.append(re.escape(template[end:]))
    return re.compile("".join(parts).replace(re.escape(_ANYTHING), ".*"))
