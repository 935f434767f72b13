"""A document of somebody else, such as an identity provider's metadata: fetched without any credentials."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from pulumi_scalekit.api.call import Call
from pulumi_scalekit.api.errors import Malformed, Unreachable
from pulumi_scalekit.api.http import httpx
from pulumi_scalekit.api.network_errors import cut_off, unreachable
from pulumi_scalekit.api.settings import is_loopback

__all__ = ["Document", "fetch", "shown"]

SECONDS = 10.0
"""For a document, all redirects included."""
LARGEST = 2_000_000
"""Bytes. The metadata of a federation of universities has many more, and no provider's of its own has."""
_REDIRECTS = 3
_ADVICE = "Open the address in a browser: if that shows the document, look at the network between here and there"


@dataclass(frozen=True)
class Document:
    """What was answered.

    Attributes:
        url: Where it was in the end.
        status: The HTTP status; 200 alone means that `content` is the document.
        content: The body.
    """

    url: str
    status: int
    content: bytes


def fetch(url: str, *, seconds: float = SECONDS, largest: int = LARGEST) -> Document:
    """Fetch a document.

    https only, and http on this machine. Redirects are followed three times, to https alone, and never to this machine
    from another one. No cookie, token or password is sent, nor one that the address holds.

    Args:
        url: Its address.
        seconds: For all of it.
        largest: Bytes that are read at most.

    Raises:
        Unreachable: No answer came.
        Malformed: It is too large, or leads to where it must not.
    """
    ends = time.monotonic() + seconds
    here = _is_here(url)
    # A proxy cannot reach the loopback of this machine, whatever the environment variables say.
    mounts = {"http://": None, "https://": None} if here else None
    headers = {"User-Agent": "pulumi-scalekit", "Accept-Encoding": "identity"}
    with httpx.Client(mounts=mounts, headers=headers, follow_redirects=False) as client:
        for _ in range(_REDIRECTS + 1):
            doing = f"fetching {shown(url)}"
            if reason := _refused(url, from_loopback=here):
                raise Malformed(doing, reason, "Give an https address that holds the document itself", lasting=True)
            document, url = _once(client, Call("GET", urlsplit(url).path, doing), url, ends, largest)
            if document:
                return document
    raise Malformed(f"fetching {shown(url)}", f"it redirects more than {_REDIRECTS} times", _ADVICE, lasting=True)


def shown(url: str) -> str:
    """An address as it may be printed: without a password, and without its query, which may hold a key."""
    try:
        parts = urlsplit(url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        text = f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "") + parts.path
    except ValueError:
        return "an address that cannot be read"
    return text + ("?…" if parts.query else "")


def _is_here(url: str) -> bool:
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False


def _refused(url: str, *, from_loopback: bool) -> str | None:
    """Why an address is not fetched, as the rest of a sentence."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "it is no address"
    if parts.username or parts.password:
        return "it holds a user name or a password, which is not sent"
    if is_loopback(host):
        return None if from_loopback else f"it leads to {shown(url)}, which is on this machine"
    return None if parts.scheme == "https" and host else f"{shown(url)} is not https"


def _once(client: httpx.Client, call: Call, url: str, ends: float, largest: int) -> tuple[Document | None, str]:
    """The document; or, where the answer leads elsewhere, None. And its address, or the one that it leads to."""
    try:
        return _read(client, call, url, ends, largest)
    except httpx.TransportError as caught:
        error: Unreachable | Malformed = unreachable(call, urlsplit(url).netloc, caught)
        error.advice = _ADVICE
    except (httpx.InvalidURL, httpx.DecodingError):
        error = cut_off(call, httpx.codes.OK)
    # Here and not where it was caught, so that it does not carry httpx's error, which holds the whole address.
    raise error


def _read(client: httpx.Client, call: Call, url: str, ends: float, largest: int) -> tuple[Document | None, str]:
    content = bytearray()
    with client.stream("GET", url, timeout=max(ends - time.monotonic(), 0.001)) as response:
        location = response.headers.get("Location", "")
        if response.is_redirect and location:
            return None, str(response.url.join(location))
        # As they come: chunks of a size would be waited for, and the clock looked at only then.
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > largest:
                raise Malformed(call.words, f"it is larger than {largest:,} bytes", _ADVICE, lasting=True)
            if time.monotonic() > ends:
                # A server that sends a byte now and then would hold this for hours.
                raise httpx.ReadTimeout("too slow")
    return Document(url, response.status_code, bytes(content)), url
