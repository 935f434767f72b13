"""`python use.py PROGRAMS`: use what is installed beside this Python, each dependency at least once.

PROGRAMS is tests/support/mocked_programs.py, whose programs are registered under Pulumi's mocks.
"""

import json
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import grpc
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.protobuf import json_format, struct_pb2
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc

import pulumi_scalekit
from pulumi_scalekit.provider.dynamic import DynamicProvider

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "s3cret"}
BIN = Path(sys.executable).parent


class Scalekit(BaseHTTPRequestHandler):
    """Gives a token, and is once too busy before it shows an organization."""

    busy = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, {"access_token": "token", "expires_in": 1799, "token_type": "Bearer"})

    def do_GET(self) -> None:
        busy, Scalekit.busy = Scalekit.busy, False
        self._answer(503 if busy else 200, {"organization": {"id": "org_1", "display_name": "Acme"}})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def run(*command: object) -> str:
    return subprocess.run([str(one) for one in command], check=True, capture_output=True, text=True).stdout


def struct(values: dict[str, Any]) -> struct_pb2.Struct:
    return json_format.ParseDict(values, struct_pb2.Struct())


def certificate() -> str:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(timezone.utc)
    name = x509.Name([])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(1)).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def programs(file: str) -> None:
    for plugin, prefix in (("false", "pulumi-python:dynamic/scalekit:"), ("true", "scalekit:index:")):
        told = json.loads(run(sys.executable, file, "acme", json.dumps({"plugin": plugin})))
        assert told["error"] == "", told["error"]
        assert told["seen"]["acme"]["type"] == f"{prefix}Organization", told


def commands() -> None:
    assert run(BIN / "pulumi-scalekit", "--version").strip()
    assert "scalekit:index:Organization" in run(BIN / "pulumi-scalekit", "schema")


def plugin(url: str) -> None:
    serving = subprocess.Popen([BIN / "pulumi-resource-scalekit"], stdout=subprocess.PIPE, text=True)
    try:
        assert serving.stdout is not None
        with grpc.insecure_channel(f"127.0.0.1:{serving.stdout.readline().strip()}") as channel:
            ask(provider_pb2_grpc.ResourceProviderStub(channel), url)
    finally:
        serving.terminate()
        serving.wait(60)


def ask(served: Any, url: str) -> None:
    served.Handshake(proto.ProviderHandshakeRequest(), wait_for_ready=True, timeout=60)
    schema = json.loads(served.GetSchema(proto.GetSchemaRequest()).schema)
    assert "scalekit:index:Connection" in schema["resources"]
    saml = {"idpMetadataUrl": "https://idp.example", "idpCertificate": certificate()}
    declared = {"organizationId": "org_1", "provider": "CUSTOM", "type": "SAML", "saml": saml}
    check = proto.CheckRequest(urn="urn", type="scalekit:index:Connection", news=struct(declared))
    assert not served.Check(check).failures
    check.news.update({"saml": {**saml, "idpCertificate": "none"}})
    assert [one.property for one in served.Check(check).failures] == ["saml.idpCertificate"]
    settings = {"environmentUrl": url, "clientId": "skc_1", "clientSecret": SECRET}
    served.Configure(proto.ConfigureRequest(args=struct(settings)))
    found = served.Read(proto.ReadRequest(id="org_1", urn="urn", type="scalekit:index:Organization"))
    assert found.properties["displayName"] == "Acme"


def dynamic(url: str) -> None:
    settings = {"scalekit:environmentUrl": url, "scalekit:clientId": "skc_1", "scalekit:clientSecret": "s3cret"}
    provider = DynamicProvider("scalekit:index:Organization")
    provider.configure(ConfigureRequest(Config(settings, "project")))
    assert provider.read("org_1", {}).inputs == {"displayName": "Acme"}


def main() -> None:
    programs(sys.argv[1])
    commands()
    server = HTTPServer(("127.0.0.1", 0), Scalekit)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    plugin(url)
    dynamic(url)
    assert not Scalekit.busy, "nothing was asked"
    print(f"{Path(pulumi_scalekit.__file__).parent} works")


if __name__ == "__main__":
    main()
