"""A Scalekit of a dozen lines behind httpx's own seam, and time that passes when it is told to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import httpx

Answer: TypeAlias = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]

SECRET = "canary-secret-7c1f/+&"


class FakeApi:
    """Gives the answers it was handed, one after the other; the last one for ever.

    An answer is a response, an exception to raise in place of one, or a function of the request.
    """

    def __init__(self) -> None:
        self.answers: list[Answer] = [httpx.Response(200, json={})]
        self.sign_ins: list[Answer] = [httpx.Response(200, json={"access_token": "token-1", "expires_in": 3600})]
        self.requests: list[httpx.Request] = []
        self.tokens_asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            self.tokens_asked += 1
            script = self.sign_ins
        else:
            # A copy, because the request is used again with another token after a 401.
            self.requests.append(
                httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
            )
            script = self.answers
        answer = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            return answer(request)
        # A response can be read once, so each answer is a new one.
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def status(
    code: int,
    error_code: str = "",
    message: str = "",
    *,
    http: int = 400,
    request_id: str = "",
    violations: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """An answer as google.rpc.Status with Scalekit's ErrorInfo."""
    info: dict[str, Any] = {"@type": "type.googleapis.com/scalekit.v1.errdetails.ErrorInfo", "error_code": error_code}
    if request_id:
        info["request_info"] = {"request_id": request_id}
    if violations:
        info["validation_error_info"] = {"field_violations": list(violations)}
    return httpx.Response(http, json={"code": code, "message": message, "details": [info]}, headers=headers)
