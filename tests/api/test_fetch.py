"""What is fetched from others: how long, how much, and where it may lead."""

import contextlib
import socket
import threading

import pytest

from pulumi_scalekit.api import fetch as module
from pulumi_scalekit.api.errors import Malformed, Unreachable
from pulumi_scalekit.api.fetch import fetch, shown


@pytest.fixture
def dripping():
    """A server that sends a byte of its document now and then, and hangs up in the middle after ten seconds."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(200):
                if over.wait(0.05):
                    break
                connection.sendall(b"x")

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/?key=canary"
    over.set()
    thread.join()
    listening.close()


def test_a_document_that_comes_drop_by_drop_is_given_up(dripping):
    """Each byte alone comes in time: who looks at no more than that is hung up on, and says so."""
    with pytest.raises(Unreachable, match="did not answer in time") as raised:
        fetch(dripping, seconds=0.3)

    assert "canary" not in str(raised.value)
    assert raised.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://idp.example/", "is not https"),
        ("ftp://idp.example/", "is not https"),
        ("file:///etc/passwd", "is not https"),
        ("https://", "is not https"),
        ("https://[::1", "it is no address"),
        ("https://a:b@idp.example/", "user name or a password"),
        ("", "is not https"),
    ],
)
def test_an_address_that_is_not_fetched(url, reason):
    with pytest.raises(Malformed, match=reason):
        fetch(url)


def test_nobody_else_leads_to_this_machine():
    for url in ("https://127.0.0.1/", "https://localhost/", "https://[::1]/", "http://127.0.0.1/"):
        assert "on this machine" in module._refused(url, from_loopback=False)
        assert module._refused(url, from_loopback=True) is None


def test_an_address_is_shown_without_what_may_be_secret():
    assert shown("https://me:pass@idp.example:8443/a?key=canary#x") == "https://idp.example:8443/a?…"
    assert shown("https://[::1]/a") == "https://[::1]/a"
    assert shown("https://[::1") == "an address that cannot be read"
