"""A project with a stack, and `pulumi-scalekit doctor` in it: each fault is caused, and has to be found with its remedy."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from pulumi_scalekit.cli import main
from pulumi_scalekit.emulator import Emulator
from tests.support.doctor_report import CANARY, Report
from tests.support.stack_on_paper import StackOnPaper


@pytest.fixture
def ahead():
    """By how many seconds the emulator's clock is ahead of this machine's: a list of one."""
    return [0.0]


@pytest.fixture
def emulator(switches, ahead):
    with Emulator(switches, client_secret=CANARY, clock=lambda: time.time() + ahead[0]) as running:
        yield running


@pytest.fixture
def project(tmp_path, monkeypatch, emulator):
    """A project whose stack leads to the emulator."""
    for variable in ("ENVIRONMENT_URL", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.delenv(f"SCALEKIT_{variable}", raising=False)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    made = StackOnPaper(tmp_path, monkeypatch)
    made.good = {"environmentUrl": emulator.url, "clientId": emulator.client_id, "clientSecret": CANARY}
    made.config(**made.good)
    return made


@pytest.fixture
def examine(project):
    """Runs the command in the project, checks that no secret is printed, and returns the report."""

    def run(*words):
        ended = CliRunner().invoke(
            main, ["doctor", "--cwd", str(project.folder), "--json", *words], catch_exceptions=False
        )
        assert CANARY not in ended.output
        return Report(ended)

    return run


@pytest.fixture
def website():
    """Makes a website of paths and their answers, (status, body) or with headers, and returns its address."""
    servers = []

    def make(answers):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.seen.append((self.path, dict(self.headers)))
                status, body, *headers = answers.get(self.path, (404, b""))
                self.send_response(status)
                for name, value in (headers[0] if headers else {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the standard library's name

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.seen = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})  # else it ends late
        thread.start()
        servers.append((server, thread))
        make.seen = server.seen
        return f"http://127.0.0.1:{server.server_port}"

    yield make
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()
