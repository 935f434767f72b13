"""Asking the token endpoint for an access token, once."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from pulumi_scalekit.api.answers import CHECK_URL
from pulumi_scalekit.api.auth import Token
from pulumi_scalekit.api.call import Call
from pulumi_scalekit.api.deadline import Deadline
from pulumi_scalekit.api.errors import (
    ApiError,
    Forbidden,
    Invalid,
    Malformed,
    RateLimited,
    Redirected,
    ServerError,
    Unauthorized,
)
from pulumi_scalekit.api.exchange import Exchange
from pulumi_scalekit.api.settings import Settings

__all__ = ["sign_in"]

_PATH = "/oauth/token"
_CHECK_CREDENTIALS = (
    "Check scalekit:clientId and scalekit:clientSecret, and that they belong to the environment of "
    "scalekit:environmentUrl. `pulumi refresh` and `pulumi destroy` use the credentials of the last `pulumi up`; with "
    "`--run-program` they use those of today"
)


def sign_in(exchange: Exchange, settings: Settings, clock: Callable[[], float], deadline: Deadline) -> Token:
    """Return a new token of the clock's time, requested once.

    Raises:
        Unauthorized: The credentials are refused, whatever the status.
        Malformed: What answered is no token endpoint. Never NotFound, which would pass for an object that is gone.
        ScalekitError: No answer came, or the API failed.
    """
    secret = settings.client_secret.get_secret_value()
    call = Call("POST", _PATH, f"signing in to {settings.environment_url}", hidden=frozenset({secret}))
    form = {"grant_type": "client_credentials", "client_id": settings.client_id, "client_secret": secret}
    requested_at = clock()
    try:
        answer = exchange.send(
            call, _PATH, deadline, content=urlencode(form).encode(), content_type="application/x-www-form-urlencoded"
        )
    except (Invalid, Unauthorized, Forbidden) as error:
        refused = Unauthorized(*error.args)
        refused.advice = _CHECK_CREDENTIALS
        raise refused from None
    except ApiError as error:
        if isinstance(error, (RateLimited, Redirected, ServerError)):
            raise
        raise Malformed(
            call.words,
            f"POST {_PATH} was answered {error.status}, so there is no token endpoint",
            CHECK_URL,
            lasting=True,
        ) from None
    value = answer.get("access_token")
    if not isinstance(value, str) or not value:
        raise Malformed(call.words, f"the answer to POST {_PATH} holds no access token", CHECK_URL, lasting=True)
    return Token.lasting(value, answer.get("expires_in"), requested_at)
