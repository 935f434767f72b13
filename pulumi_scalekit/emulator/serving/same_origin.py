"""Keeps pages of the Internet away from what this machine's people may do: a browser runs both.

A page elsewhere can let its own host name lead to this address (DNS rebinding), and send forms to it. The first shows in the
`Host` that the browser asks for, the second in the `Origin` that it says it comes from.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from pulumi_scalekit.emulator.serving.server import HttpRequest

_HERE = ("127.0.0.1", "localhost", "::1")


def refused(request: HttpRequest) -> str:
    """Why a request is not from a person or a program of this machine; empty if it may be."""
    host = request.header("host")
    if host and _name(f"//{host}") not in _HERE:
        return "This emulator answers as 127.0.0.1 and as localhost only: open its pages by one of these names."
    origin = request.header("origin")
    if request.method != "GET" and origin and (_name(origin) not in _HERE or urlsplit(origin).netloc != host):
        return "This request was sent by a page of another site."
    return ""


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
