"""What a network really does, on real sockets: each fault, and that its one line says what to do."""

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pulumi_scalekit.api import Malformed, Unreachable
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings

# Says that the connection is closed: a client that does not know yet would send the next request on it.
TOKEN = b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\n\r\n{"access_token":"t"}'
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
CUT_OFF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"organization": {"id'
NOT_GZIP = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
NOT_HTTP = b"SSH-2.0-OpenSSH_9.6\r\n"
DROPPED = b""
TLS_HELLO = b"\x16\x03"


class Host:
    """A server that answers each request with the next of its byte strings, and then closes the connection.

    Asking for a token is always answered.
    """

    def __init__(self, *answers, tls=None):
        self.answers = list(answers)
        self.requests = []
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # shutdown() wakes accept(), which close() alone does not.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)

    def _serve(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._answer(self._tls.wrap_socket(connection, server_side=True) if self._tls else connection)

    def _answer(self, connection):
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                if not (received := connection.recv(65536)):
                    return
                request += received
                if request.startswith(TLS_HELLO):
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            head, _, body = request.partition(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")),
                0,
            )
            while len(body) < length:
                body += connection.recv(65536)
            if head.startswith(b"POST /oauth/token"):
                connection.sendall(TOKEN)
                return
            self.requests.append(head.split(b" ")[0].decode())
            connection.sendall(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


@pytest.fixture
def client_of(time):
    """Make a client for a port of this machine whose sleeps take no time."""
    with contextlib.ExitStack() as stack:

        def client_of(port, scheme="http"):
            settings = Settings(f"{scheme}://127.0.0.1:{port}", "skc_1", "secret")
            return stack.enter_context(contextlib.closing(Client(settings, clock=time.clock, sleep=time.sleep)))

        yield client_of


def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def one_line(error):
    assert "\n" not in str(error)
    return str(error)


def test_a_refused_connection(client_of):
    port = unused_port()
    with pytest.raises(Unreachable) as caught:
        client_of(port).request("POST", "/organizations", body={}, doing="creating acme")
    assert f"127.0.0.1:{port} refused the connection. Check scalekit:environmentUrl, and HTTPS_PROXY" in one_line(
        caught.value
    )
    assert not caught.value.uncertain


def test_an_unknown_host(time):
    settings = Settings("https://acme.scalekit.invalid", "skc_1", "secret")
    client = Client(settings, clock=time.clock, sleep=time.sleep)
    with contextlib.closing(client), pytest.raises(Unreachable) as caught:
        client.request("GET", "/roles")
    assert "acme.scalekit.invalid" in one_line(caught.value)
    assert "Check scalekit:environmentUrl" in str(caught.value)


@pytest.mark.parametrize("answer", [DROPPED, NOT_HTTP, CUT_OFF, NOT_GZIP])
def test_a_read_is_repeated_after_any_fault(client_of, answer):
    with Host(answer, answer, EMPTY) as host:
        assert client_of(host.port).request("GET", "/roles") == {}
    assert host.requests == ["GET"] * 3


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (
            DROPPED,
            Unreachable,
            "dropped the connection before it had answered. The change may have taken effect all",
        ),
        (
            NOT_HTTP,
            Unreachable,
            "dropped the connection before it had answered. The change may have taken effect all",
        ),
        (
            CUT_OFF,
            Malformed,
            "was answered 200 with something cut off or garbled. The change may have taken effect all",
        ),
        (
            NOT_GZIP,
            Malformed,
            "was answered 200 with something cut off or garbled. The change may have taken effect all",
        ),
    ],
)
def test_a_create_is_in_doubt_after_any_fault(client_of, answer, kind, said):
    with Host(answer) as host, pytest.raises(kind) as caught:
        client_of(host.port).request("POST", "/organizations", body={}, doing="creating acme")
    assert host.requests == ["POST"]
    assert caught.value.uncertain
    assert one_line(caught.value).startswith("creating acme failed: ")
    assert said in str(caught.value)
    assert "Run again; if it stays, look at the proxy or network between here and Scalekit." in str(caught.value)


@pytest.mark.parametrize(
    ("fault", "said", "advice"),
    [
        (httpx.ReadTimeout, "did not answer in time", "Run again later"),
        (httpx.ConnectTimeout, "did not accept the connection in time", "Check scalekit:environmentUrl"),
        (httpx.PoolTimeout, "became free in time", "Lower `--parallel`"),
        (
            httpx.ProxyError,
            "the proxy did not let the request to acme.scalekit.test through (407",
            "HTTPS_PROXY",
        ),
        (httpx.WriteError, "dropped the connection", "Run again"),
    ],
)
def test_faults_that_take_a_minute_on_a_socket(client, api, fault, said, advice):
    api.answers = [fault("407 Proxy Authentication Required")]
    with pytest.raises(Unreachable) as caught:
        client.request("GET", "/roles")
    assert said in one_line(caught.value)
    assert advice in str(caught.value)


class _Stalls(httpx.SyncByteStream):
    """A body whose rest never comes."""

    def __iter__(self):
        yield b"{"
        raise httpx.ReadTimeout("timed out")


def test_an_answer_whose_rest_does_not_come_in_time(client, api):
    api.answers = [lambda _: httpx.Response(200, stream=_Stalls())]
    with pytest.raises(Unreachable, match="acme.scalekit.test did not answer in time") as caught:
        client.request("POST", "/roles", body={}, doing="creating acme")
    assert caught.value.uncertain
    assert caught.value.unfinished


def test_https_to_a_port_that_speaks_http(client_of):
    with Host(EMPTY) as host, pytest.raises(Unreachable) as caught:
        client_of(host.port, "https").request("GET", "/roles")
    assert "no TLS connection to 127.0.0.1:" in one_line(caught.value)
    assert "Check scalekit:environmentUrl" in str(caught.value)


@pytest.fixture
def private_ca(tmp_path):
    """A certificate for 127.0.0.1 that nobody knows: its file, and a server context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Acme Private CA")])
    now, day = dt.datetime.now(dt.timezone.utc), dt.timedelta(1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "ca.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, tmp_path / "key.pem")
    return file, context


def test_an_untrusted_certificate_is_not_tried_again(client_of, private_ca, time):
    with Host(EMPTY, tls=private_ca[1]) as host, pytest.raises(Unreachable) as caught:
        client_of(host.port, "https").request("GET", "/roles")
    assert f"the certificate of 127.0.0.1:{host.port} is not trusted (" in one_line(caught.value)
    assert "name the file with its CA in SSL_CERT_FILE" in str(caught.value)
    assert time.slept == []


def test_a_private_ca_is_trusted_by_the_usual_variable(client_of, private_ca, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(private_ca[0]))
    with Host(EMPTY, tls=private_ca[1]) as host:
        assert client_of(host.port, "https").request("GET", "/roles") == {}


def test_loopback_is_reached_without_the_proxy_that_everything_else_uses(client_of, monkeypatch):
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, f"http://127.0.0.1:{unused_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Host(EMPTY) as host:
        assert client_of(host.port).request("GET", "/roles") == {}


def test_everything_else_uses_the_proxy(monkeypatch, time):
    port = unused_port()
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    for variable in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(variable, raising=False)
    settings = Settings("https://acme.scalekit.invalid", "skc_1", "secret")
    client = Client(settings, clock=time.clock, sleep=time.sleep)
    with contextlib.closing(client), pytest.raises(Unreachable, match="refused the connection"):
        client.request("GET", "/roles")
