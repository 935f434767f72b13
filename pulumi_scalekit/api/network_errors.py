"""What the network did to a request, as one of our errors."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from pulumi_scalekit.api.call import Call
from pulumi_scalekit.api.errors import Malformed, Unreachable
from pulumi_scalekit.api.http import httpx

__all__ = ["cut_off", "unreachable"]

# Raised before the first byte of the request has left.
_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_CHECK = "Check scalekit:environmentUrl, and HTTPS_PROXY and NO_PROXY if you use a proxy"
_LATER = "Run again; if it stays, look at the proxy or network between here and Scalekit"
# The first that fits tells the reason: what the operating system said is more telling than what httpx made of it.
_REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        socket.gaierror,
        "the host name {host} cannot be resolved",
        f"{_CHECK}: a typing error is the usual cause",
    ),
    (ConnectionRefusedError, "{host} refused the connection", _CHECK),
    (httpx.ProxyError, "the proxy did not let the request to {host} through ({error})", _CHECK),
    (httpx.PoolTimeout, "no connection to {host} became free in time", "Lower `--parallel`"),
    (httpx.ConnectTimeout, "{host} did not accept the connection in time", _CHECK),
    (
        httpx.TimeoutException,
        "{host} did not answer in time",
        "Run again later; if it stays, see Scalekit's status page",
    ),
    (httpx.ConnectError, "no connection to {host} could be made", _CHECK),
    (httpx.TransportError, "{host} dropped the connection before it had answered", _LATER),
)


def cut_off(call: Call, status: int) -> Malformed:
    """Return the error for an answer that ended, or stopped making sense, in the middle."""
    return Malformed(
        call.words,
        f"{call.method} {call.path} was answered {status} with something cut off or garbled",
        _LATER,
        uncertain=call.changes and status < httpx.codes.BAD_REQUEST,
    )


def unreachable(call: Call, host: str, error: httpx.TransportError) -> Unreachable:
    """Return the error for a request that no answer came to.

    Args:
        call: The request.
        host: Host and port it was sent to.
        error: What httpx raised. It holds the request with its headers, so nothing of it is kept.
    """
    said, advice = _reason(host, error)
    uncertain = call.changes and not isinstance(error, _UNSENT)
    return Unreachable(
        call.words,
        call.masked(said),
        advice,
        uncertain=uncertain,
        unfinished=uncertain and isinstance(error, httpx.TimeoutException),
        # A certificate does not become trusted by asking again.
        lasting=any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)),
    )


def _reason(host: str, error: httpx.TransportError) -> tuple[str, str]:
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            said = f"the certificate of {host} is not trusted ({cause.verify_message})"
            return (
                said,
                "If your company signs certificates itself, name the file with its CA in SSL_CERT_FILE",
            )
        if isinstance(cause, ssl.SSLError):
            said = f"no TLS connection to {host} could be made ({cause.reason or 'the handshake failed'})"
            return said, f"{_CHECK}; for a private CA set SSL_CERT_FILE"
    said, advice = next(
        (said, advice) for kind, said, advice in _REASONS if any(isinstance(cause, kind) for cause in causes)
    )
    return said.format(host=host, error=error), advice


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
