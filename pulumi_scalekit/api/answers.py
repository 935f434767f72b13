"""What was answered, turned into a body or into the one error that says what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from pulumi_scalekit.api import errors
from pulumi_scalekit.api.call import Body, Call
from pulumi_scalekit.api.http import httpx
from pulumi_scalekit.api.network_errors import cut_off
from pulumi_scalekit.api.retry import retry_after

__all__ = ["CHECK_URL", "read", "request_id"]

CHECK_URL = (
    "Check scalekit:environmentUrl: what answers there is probably a website, a login page or a proxy, and not a "
    "Scalekit environment"
)
_REQUEST_IDS = ("x-request-id", "x-correlation-id", "cf-ray")
_CODES = (
    *("OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"),
    *(
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
    ),
    *("INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"),
)
_BY_STATUS: dict[int, type[errors.ApiError]] = {
    400: errors.Invalid,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    429: errors.RateLimited,
    501: errors.NotSupported,
}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _dicts(value: object) -> list[object]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[object]:
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []


def _or_nothing(value: object, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError:
        return validate({})


# An odd error body must not hide the error: what can be read is taken, and the rest left out.
_Text = Annotated[str, BeforeValidator(_text)]
_Lenient = WrapValidator(_or_nothing)


class _FieldViolation(BaseModel):
    field: _Text = ""
    description: _Text = ""
    constraint: _Text = ""


class _Violations(BaseModel):
    field_violations: Annotated[list[_FieldViolation], BeforeValidator(_dicts)] = []


class _Resource(BaseModel):
    required_permissions: Annotated[list[str], BeforeValidator(_texts)] = []


class _Link(BaseModel):
    url: _Text = ""


class _Help(BaseModel):
    links: Annotated[list[_Link], BeforeValidator(_dicts)] = []


class _Request(BaseModel):
    request_id: _Text = ""


class _Localized(BaseModel):
    message: _Text = ""


class _ErrorInfo(BaseModel):
    """`scalekit.v1.errdetails.ErrorInfo`, as far as a reader can act on it."""

    error_code: _Text = ""
    localized_message_info: Annotated[_Localized, _Lenient] = _Localized()
    help_info: Annotated[_Help, _Lenient] = _Help()
    request_info: Annotated[_Request, _Lenient] = _Request()
    resource_info: Annotated[_Resource, _Lenient] = _Resource()
    validation_error_info: Annotated[_Violations, _Lenient] = _Violations()


class _Status(BaseModel):
    """`google.rpc.Status`, or OAuth's `error` and `error_description`: whichever of them came."""

    code: Annotated[int | None, BeforeValidator(_number)] = None
    message: _Text = ""
    details: Annotated[list[_ErrorInfo], BeforeValidator(_dicts)] = []
    error: _Text = ""
    error_description: _Text = ""

    def word(self) -> str:
        """Return the most telling code there is."""
        named = next((detail.error_code for detail in self.details if detail.error_code), "") or self.error
        if not named and self.code is not None and 0 <= self.code < len(_CODES):
            return _CODES[self.code]
        return named

    def sentence(self) -> str:
        """Return the message, with the message for people where that says something else."""
        said = [self.message, self.error_description]
        said += [detail.localized_message_info.message for detail in self.details]
        return ": ".join(dict.fromkeys(part for part in said if part))

    def request_id(self) -> str:
        return next((found for detail in self.details if (found := detail.request_info.request_id)), "")

    def permissions(self) -> tuple[str, ...]:
        """Return the permissions that the request would have needed."""
        return tuple(
            dict.fromkeys(name for detail in self.details for name in detail.resource_info.required_permissions)
        )

    def help_url(self) -> str:
        """Return where to read on. Only what a person may open without a thought."""
        urls = (link.url for detail in self.details for link in detail.help_info.links)
        return next((url for url in urls if url.startswith("https://")), "")

    def violations(self, call: Call) -> Iterator[errors.Violation]:
        for detail in self.details:
            for found in detail.validation_error_info.field_violations:
                # The first part is the message that wraps the body on the server and that JSON bodies do not have.
                path = found.field.partition(".")[2] or found.field
                yield errors.Violation(call.masked(path), call.masked(found.description), call.masked(found.constraint))


def read(call: Call, response: httpx.Response) -> Body:
    """Return the JSON object of a 2xx answer; `{}` if it is empty.

    Raises:
        ApiError: The API said no.
        Malformed: Somebody else answered, or the answer is no JSON object.
    """
    parsed = _json(response)
    if not response.is_success:
        raise _refusal(call, response, parsed)
    if isinstance(parsed, dict):
        return parsed
    if not response.content.strip():
        return {}
    raise _malformed(call, response)


def request_id(response: httpx.Response) -> str:
    """Return the id that the answer's headers give, or an empty text."""
    found = next((response.headers[name] for name in _REQUEST_IDS if name in response.headers), "")
    return found if re.fullmatch(r"[\w.:/=+-]{1,128}", found) else ""


def _json(response: httpx.Response) -> object:
    try:
        parsed: object = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return parsed


def _malformed(call: Call, response: httpx.Response) -> errors.Malformed:
    status = response.status_code
    page = response.content.lstrip()[:1] == b"<" or "text/html" in response.headers.get("content-type", "")
    if response.is_success and not page:
        return cut_off(call, status)
    what = "a web page instead of" if page else "something other than"
    said = f"{call.method} {call.path} was answered {status} with {what} the API's JSON"
    return errors.Malformed(call.words, said, CHECK_URL, uncertain=call.changes and response.is_success, lasting=True)


def _refusal(call: Call, response: httpx.Response, parsed: object) -> errors.ScalekitError:
    status = response.status_code
    body = parsed if isinstance(parsed, dict) else {}
    if status < httpx.codes.BAD_REQUEST:
        target = call.masked(_target(response.headers.get("location", "")))
        return errors.Redirected(status, "", target, request_id(response), call.method, call.path, call.doing)
    if status < httpx.codes.INTERNAL_SERVER_ERROR and not _is_own(response, body):
        return _malformed(call, response)
    status_body = _Status.model_validate(body)
    kind = _BY_STATUS.get(status, errors.ServerError if response.is_server_error else errors.ApiError)
    error = kind(
        status,
        call.masked(status_body.word()),
        call.masked(status_body.sentence()),
        call.masked(status_body.request_id()) or request_id(response),
        call.method,
        call.path,
        call.doing,
        tuple(status_body.violations(call)),
        uncertain=call.changes and issubclass(kind, errors.ServerError),
    )
    error.permissions = tuple(map(call.masked, status_body.permissions()))
    error.help_url = call.masked(status_body.help_url())
    error.retry_after = retry_after(response.headers)
    return error


def _is_own(response: httpx.Response, body: Body) -> bool:
    """Tell an answer of the API from one of a proxy or website.

    Load balancers answer 429 (and 5xx) with pages of their own. Any other page is not the API's; and a 404 that the API
    did not write must never be taken for a deleted object.
    """
    if response.status_code == httpx.codes.NOT_FOUND:
        return any(name in body for name in ("code", "details", "error_code"))
    return bool(body) or not response.content.strip() or response.status_code == httpx.codes.TOO_MANY_REQUESTS


def _target(location: str) -> str:
    """Return where a redirect leads. Its path and query may hold a token, so only scheme and host are kept."""
    try:
        url = urlsplit(location)
        host, port = url.hostname, url.port
    except ValueError:
        return "a redirect"
    if not host:
        return "a redirect to another page of the same host"
    return f"a redirect to {url.scheme or 'https'}://{host}" + (f":{port}" if port else "")
