"""Everything that can go wrong with a request, one class for each thing a caller does differently.

    ScalekitError
    ├── ConfigurationError    the settings are missing or wrong: nothing was sent
    ├── Cancelled             the user stopped the run
    ├── Unreachable           no answer: refused, DNS, TLS, timed out, dropped
    ├── Malformed             an answer that is not the API's: a web page, cut off, not JSON
    └── ApiError              the API said no
        ├── Invalid           400
        ├── Unauthorized      401, or the token endpoint refused the credentials
        ├── Forbidden         403
        ├── NotFound          404
        ├── Conflict          409
        ├── RateLimited       429
        ├── Redirected        3xx: never followed, a token does not travel to another host
        ├── NotSupported      501
        └── ServerError       any other 5xx

`str()` of each is one line: what was being done, what was answered, what to do next. None holds a secret, a token or a
request's body, and all can be pickled.
"""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import Self

__all__ = [
    "ApiError",
    "Cancelled",
    "ConfigurationError",
    "Conflict",
    "Forbidden",
    "Invalid",
    "Malformed",
    "NotFound",
    "NotSupported",
    "RateLimited",
    "Redirected",
    "ScalekitError",
    "ServerError",
    "Unauthorized",
    "Unreachable",
    "Violation",
]

_GATEWAY_TIMEOUT = 504
_REPEATABLE = frozenset({429, 502, 503, _GATEWAY_TIMEOUT})
_MAYBE = "The change may have taken effect all the same. "


class ScalekitError(Exception):
    """The root of the tree.

    Attributes:
        uncertain: The write may have taken effect, although no usable answer to it came. Always false for a read.
        took_effect: The write took effect, and what came after it failed.
        unfinished: The server may still be at it, so that what is not there yet may be there later.
        lasting: Trying once more is of no use: it would fail in the same way, or has been tried often enough.
    """

    took_effect: bool = False
    unfinished: bool = False
    lasting: bool = True

    def __init__(self, *args: object, uncertain: bool = False) -> None:
        super().__init__(*args)
        self.uncertain = uncertain

    def known(self, *, uncertain: bool | None = None, took_effect: bool | None = None) -> Self:
        """The same error, for a caller who knows more of what became of the write. It is raised in place of this one."""
        same = type(self).__new__(type(self), *self.args)
        same.__dict__.update(self.__dict__)
        same.uncertain = self.uncertain if uncertain is None else uncertain
        same.took_effect = self.took_effect if took_effect is None else took_effect
        return same


class ConfigurationError(ScalekitError):
    """A setting is missing or cannot be used. Nothing was sent."""


class _Failure(ScalekitError):
    """A request that failed without an answer of the API, in three parts.

    Args:
        doing: What was being done, such as `creating organization "acme"`.
        said: What happened, as the rest of a sentence.
        advice: What to do next, as a sentence without its full stop.
        uncertain: See `ScalekitError`.
        unfinished: See `ScalekitError`.
        lasting: See `ScalekitError`.
    """

    def __init__(
        self,
        doing: str,
        said: str,
        advice: str,
        *,
        uncertain: bool = False,
        unfinished: bool = False,
        lasting: bool = False,
    ) -> None:
        # Positional arguments are what a pickled exception is rebuilt from; the flags travel in its __dict__.
        super().__init__(doing, said, advice, uncertain=uncertain)
        self.doing = doing
        self.said = said
        self.advice = advice
        self.unfinished = unfinished
        self.lasting = lasting

    def __str__(self) -> str:
        return f"{self.doing} failed: {self.said}. {_MAYBE if self.uncertain else ''}{self.advice}."


class Cancelled(_Failure):
    """The run was cancelled while this request waited for its turn. What was in flight had been left to finish."""


class Unreachable(_Failure):
    """No answer came: the connection was refused, timed out, was dropped, or could not be trusted."""


class Malformed(_Failure):
    """An answer came that the API cannot have meant: a web page, something cut off, no JSON object."""


@dataclass(frozen=True)
class Violation:
    """One field that the API refuses.

    Attributes:
        field: The path of the field as the body has it, `display_name` or `features[0].name`.
        description: What is wrong with it, in the API's words.
        constraint: The id of the rule, such as `string.min_len`. May be empty.
    """

    field: str
    description: str
    constraint: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {self.description or self.constraint}" if self.field else self.description


class ApiError(ScalekitError):
    """The API answered with an error.

    Attributes:
        status: The HTTP status.
        code: The API's word for the error, such as `INVALID_ARGUMENT` or `invalid_client`. May be empty.
        message: The API's message, on one line. May be empty.
        request_id: What Scalekit's support finds the request by. May be empty.
        method: The verb of the request.
        path: The path below `/api/v1`, or of the token endpoint. Never with its query.
        doing: What was being done, in the caller's words.
        violations: The fields that the API refuses.
        retry_after: The seconds the API asks to wait, where it does.
        permissions: The permissions that the request needs, where the answer names them.
        help_url: Where the answer says to read on.
    """

    advice: str = "Look the answer up in Scalekit's API reference, or ask its support"
    retry_after: float | None = None
    permissions: tuple[str, ...] = ()
    help_url: str = ""

    def __init__(
        self,
        status: int,
        code: str = "",
        message: str = "",
        request_id: str = "",
        method: str = "",
        path: str = "",
        doing: str = "",
        violations: tuple[Violation, ...] = (),
        *,
        uncertain: bool = False,
    ) -> None:
        super().__init__(status, code, message, request_id, method, path, doing, violations, uncertain=uncertain)
        self.status = status
        self.code = code
        self.message = message
        self.request_id = request_id
        self.method = method
        self.path = path
        self.doing = doing
        self.violations = violations
        self.lasting = status not in _REPEATABLE
        self.unfinished = status == _GATEWAY_TIMEOUT

    def __str__(self) -> str:
        request = f"{self.method} {self.path}".strip()
        said = f"{request} {self._fate()}".strip()
        if self.message:
            said += f", {self.message.rstrip('.')}"
        if self.violations:
            said += f" ({'; '.join(str(violation) for violation in self.violations)})"
        line = f"{self.doing or request} failed: {said}. {_MAYBE if self.uncertain else ''}{self._next_step()}."
        if self.help_url:
            line += f" See {self.help_url}"
        return f"{line} [request id {self.request_id}]" if self.request_id else line

    def _fate(self) -> str:
        return f"was answered {self.status} {self.code}".strip()

    def _next_step(self) -> str:
        return self.advice


class Invalid(ApiError):
    """400: a field is wrong, or the object is not in a state that allows this."""

    advice: str = "The request was refused as it stands: correct what the answer names and run again"


class Unauthorized(ApiError):
    """401 to a new token, or a token endpoint that refuses the credentials."""

    advice: str = (
        "The credentials could sign in, so either they may not do this (use others), or they belong to another "
        "environment than that of scalekit:environmentUrl"
    )


class Forbidden(ApiError):
    """403: the feature is off in this environment, or these credentials may not do this."""

    advice: str = (
        "Either the feature is switched off for this environment (ask Scalekit to switch it on), or these "
        "credentials may not do this (use others)"
    )

    def _next_step(self) -> str:
        if not self.permissions:
            return self.advice
        # Then nothing has to be guessed.
        return f"It needs the permission {', '.join(self.permissions)}: use credentials that have it"


class NotFound(ApiError):
    """404: the object, or the object above it, does not exist in this environment."""

    advice: str = (
        "It was deleted, or it is in another environment than scalekit:environmentUrl: `pulumi refresh` brings "
        "the state up to date"
    )


class Conflict(ApiError):
    """409: something with this name exists, or changed meanwhile."""

    advice: str = (
        "Something with the same name or id exists already, or changed meanwhile: import it, choose another "
        "name, or run again"
    )


class RateLimited(ApiError):
    """429, and still so after waiting as long as it makes sense.

    Attributes:
        sent: Whether this request was sent, or only had to wait too long after the 429 of another request.
    """

    advice: str = "Run again later, lower `--parallel`, or ask Scalekit for a higher limit"
    sent: bool = True

    def _fate(self) -> str:
        return super()._fate() if self.sent else f"was not sent, because an earlier request was answered {self.status}"

    def _next_step(self) -> str:
        if self.retry_after is None:
            return self.advice
        return f"The API asks to wait {self.retry_after:.0f} s. {self.advice}"


class Redirected(ApiError):
    """3xx: the environment URL belongs to something that points elsewhere."""

    advice: str = "Redirects are not followed with credentials: set scalekit:environmentUrl to that host"


class NotSupported(ApiError):
    """501: the environment does not offer this endpoint."""

    advice: str = (
        "This environment does not offer the endpoint: leave the resource or property out, or ask Scalekit to enable it"
    )


class ServerError(ApiError):
    """A 5xx other than 501: the API failed, not the request."""

    advice: str = "The fault is on Scalekit's side: run again later, and give its support the request id"
