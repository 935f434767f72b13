"""A canary in every secret place; it must not be found in logs, errors or their wrappings."""

import http.server
import json
import logging
import pickle
import threading

import httpx
import pytest

from pulumi_scalekit.api import ScalekitError
from pulumi_scalekit.api.auth import Token
from pulumi_scalekit.api.client import Client
from pulumi_scalekit.api.settings import Settings
from tests.support.error_chain import chain, everything_about
from tests.support.fake_api import SECRET

TOKEN = "canary-token-93d2"  # the API's answers repeat it, which a careless one might
PASSWORD = "canary-body-51aa"
QUERY = "canary-query-08be"
CANARIES = ("canary", SECRET.split("/", maxsplit=1)[0], TOKEN, PASSWORD)
BODY = {"oidc_config": {"client_secret": PASSWORD}, "list": [{"password": PASSWORD + "2"}]}


class Careless(http.server.BaseHTTPRequestHandler):
    """Repeats everything it was told in its answer, which is of the status that the path ends in."""

    def do_POST(self):
        told = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if self.path == "/oauth/token":
            if "client_id=refused" in told:
                return self.answer(401, {"error": "invalid_client", "error_description": told})
            return self.answer(200, {"access_token": TOKEN, "expires_in": 3600})
        everything = f"{told} {self.headers['Authorization']} {SECRET}"
        violation = {"field": "a.client_secret", "description": everything}
        details = [{"error_code": SECRET, "validation_error_info": {"field_violations": [violation]}}]
        code = int(self.path.partition("?")[0].rpartition("/")[2])
        if code == 0:
            return self.connection.close()
        return self.answer(code, {"code": 3, "message": everything, "details": details})

    def answer(self, code, body):
        content = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(content)))
        if code == 302:
            self.send_header("Location", f"https://elsewhere.test/{SECRET}")
        self.send_header("x-request-id", "req_9")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("code", [0, 302, 400, 401, 403, 404, 409, 429, 500, 501, 503])
@pytest.mark.parametrize("client_id", ["skc_1", "refused"])
def test_no_error_and_no_log_holds_a_secret(host, caplog, code, client_id, time):
    caplog.set_level(logging.DEBUG)
    client = Client(Settings(host, client_id, SECRET), clock=time.clock, sleep=time.sleep)
    with pytest.raises(ScalekitError) as caught:
        client.request("POST", f"/roles/{code}", body=BODY, query={"page_token": QUERY})
    client.close()
    assert "canary" not in everything_about(caught.value)
    assert "canary" not in pickle.dumps(caught.value).decode("latin-1")
    # An error of httpx holds its request, with the token on it.
    assert all(isinstance(error, ScalekitError) for error in chain(caught.value))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("pulumi_scalekit")]
    assert ours
    assert "canary" not in "\n".join(ours)


def test_the_loggers_of_httpx_and_httpcore_are_loud_and_still_say_no_secret(host, caplog, time):
    """They print addresses with their query, and the headers of answers; never a request's headers, nor any body."""
    caplog.set_level(logging.DEBUG)
    client = Client(Settings(host, "skc_1", SECRET), clock=time.clock, sleep=time.sleep)
    client.request("POST", "/roles/200", body=BODY)
    client.close()
    loggers = {record.name.split(".")[0] for record in caplog.records}
    assert {"httpx", "httpcore", "pulumi_scalekit"} <= loggers
    told = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert not [canary for canary in CANARIES if canary in told]


def test_the_trace_tells_what_an_issue_needs(client, api, caplog):
    caplog.set_level(logging.DEBUG, "pulumi_scalekit.api")
    api.answers = [
        httpx.Response(200, json={}, headers={"x-request-id": "req_1"}),
        httpx.ReadTimeout("x"),
        httpx.Response(200, json={}),
    ]
    client.request("GET", "/roles", query={"page_token": QUERY})
    client.request("PUT", "/roles/x", body=BODY)
    assert [record.getMessage() for record in caplog.records] == [
        "POST /oauth/token: 200 in 0.000 s, request id not given",
        "GET /roles: 200 in 0.000 s, request id req_1",
        "PUT /roles/x: no answer after 0.000 s",
        "PUT /roles/x: 200 in 0.000 s, request id not given",
    ]


def test_nothing_that_a_crash_report_prints_holds_a_secret(settings, client):
    token = Token.lasting(TOKEN, 3600, 0.0)
    assert "canary" not in f"{settings!r} {settings} {client!r} {client} {token!r} {token}"
