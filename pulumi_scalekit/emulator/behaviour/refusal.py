"""An error answer, in the shape of a google.rpc.Status with Scalekit's ErrorInfo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

# HTTP status -> gRPC code and the word that Scalekit's ErrorInfo carries.
_CODES = {
    400: (3, "INVALID_ARGUMENT"),
    401: (16, "UNAUTHENTICATED"),
    403: (7, "PERMISSION_DENIED"),
    404: (5, "NOT_FOUND"),
    409: (6, "ALREADY_EXISTS"),
    429: (8, "RATE_LIMITED"),
    500: (13, "INTERNAL"),
    501: (12, "UNIMPLEMENTED"),
    502: (14, "UNAVAILABLE"),
    503: (14, "UNAVAILABLE"),
    504: (4, "DEADLINE_EXCEEDED"),
}


class Violation(NamedTuple):
    """One broken rule; `field` is the path from the request message, wrapper included."""

    field: str
    description: str
    constraint: str


class Refusal(Exception):
    """Raised by a behaviour, or by a check before it, to answer with an error."""

    def __init__(
        self,
        status: int,
        message: str,
        violations: Sequence[Violation] = (),
        *,
        permissions: Sequence[str] = (),
        help_url: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.violations = tuple(violations)
        self.permissions = tuple(permissions)
        self.help_url = help_url

    def body(self, request_id: str) -> dict[str, Any]:
        code, word = _CODES.get(self.status, (2, "UNKNOWN"))
        info: dict[str, Any] = {
            "@type": "type.googleapis.com/scalekit.v1.errdetails.ErrorInfo",
            "error_code": word,
            "request_info": {"request_id": request_id, "serving_data": ""},
        }
        if self.violations:
            info["validation_error_info"] = {"field_violations": [violation._asdict() for violation in self.violations]}
        if self.permissions:
            info["resource_info"] = {"resource_name": "", "required_permissions": list(self.permissions)}
        if self.help_url:
            info["help_info"] = {"links": [{"description": "", "url": self.help_url}]}
        return {"code": code, "message": self.message, "details": [info]}


class Unrouted(Refusal):
    """The gateway's own answer to a path that it does not know: the JSON of a missing object, but without details."""

    def __init__(self) -> None:
        super().__init__(404, "Not Found")

    def body(self, request_id: str) -> dict[str, Any]:
        return {**super().body(request_id), "details": []}


def not_found(noun: str, name: str) -> Refusal:
    return Refusal(404, f"{noun} {name} not found")


def invalid(field: str, description: str, constraint: str = "") -> Refusal:
    """A rule that no descriptor carries, in the form of the rules that they carry."""
    return Refusal(400, "Validation error", [Violation(field, description, constraint)])
