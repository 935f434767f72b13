from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import click
import httpx
import pytest
from click.testing import CliRunner

from pulumi_scalekit.emulator import Emulator, command
from pulumi_scalekit.emulator.command import emulate
from pulumi_scalekit.emulator.pages import page
from pulumi_scalekit.emulator.serving import descriptors, rules
from pulumi_scalekit.emulator.serving.seed import plant

SEED = {
    "permissions": [{"name": "read"}],
    "roles": [{"name": "viewer", "display_name": "Viewer", "permissions": ["read"]}],
    "organizations": [
        {
            "display_name": "Acme",
            "external_id": "acme",
            "features": {"sso": True, "dir_sync": True},
            "domains": [{"domain": "acme.com"}],
            "clients": [{"name": "machine"}],
            "directories": [{"directory_type": "SCIM"}],
            "roles": [{"name": "chief", "display_name": "Chief", "extends": "viewer"}],
            "connections": [
                {
                    "provider": "OKTA",
                    "type": "OIDC",
                    "oidc_config": {"issuer": "https://idp", "client_id": "a", "client_secret": "canary"},
                    "domains": ["acme.com"],
                    "enabled": True,
                }
            ],
        }
    ],
}


@pytest.fixture
def interrupted(monkeypatch):
    """The command as a person would end it at once."""

    def interrupt():
        click.echo("interrupted")

    monkeypatch.setattr(command, "_until_interrupted", interrupt)


def test_it_serves_until_it_is_ended_and_ends_quietly(tmp_path):
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps(SEED))
    script = "from pulumi_scalekit.emulator.command import emulate; emulate()"
    arguments = ["--port", "0", "--seed", str(seed), "--switch", "client_secret_echo=masked"]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    with process:
        *lines, how, pages, lasting = [process.stdout.readline() for _ in range(6)]
        exported = dict(re.fullmatch(r"export (\w+)=(\S+)\n", line).groups() for line in lines)
        assert set(exported) == set(Emulator().environment)
        url = exported["SCALEKIT_ENVIRONMENT_URL"]
        form = {
            "grant_type": "client_credentials",
            "client_id": exported["SCALEKIT_CLIENT_ID"],
            "client_secret": exported["SCALEKIT_CLIENT_SECRET"],
        }
        with httpx.Client(base_url=url, verify=False) as client:
            token = client.post("/oauth/token", data=form).json()["access_token"]
            client.headers["Authorization"] = f"Bearer {token}"
            listed = client.get("/api/v1/connections").json()["connections"]
            assert [item["organization_name"] for item in listed] == ["Acme"]
            dashboard = client.get(re.search(r"http\S+", pages)[0])
            assert (dashboard.status_code, "Acme" in dashboard.text) == (200, True)
            switches = client.get("/_emulator/switches").json()
            assert switches["client_secret_echo"]["value"] == "masked"
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=10)
    assert process.returncode == 0
    assert errors == ""
    assert "canary" not in rest
    assert "canary" not in how + lasting
    assert "keeps nothing over a restart" in lasting


def test_a_seed_is_planted_by_the_rules_of_the_api():
    emulator = Emulator()
    plant(emulator, SEED)
    (connection,) = emulator.store.connections.values()
    assert (connection["enabled"], connection["status"]) == (True, "COMPLETED")
    assert len(connection["_domain_ids"]) == 1
    assert emulator.store.roles["viewer"]["permissions"] == ["read"]
    assert len(emulator.store.directories) == len(emulator.store.organization_clients) == 1
    with pytest.raises(ValueError, match=r"string\.min_len"):
        plant(emulator, {"organizations": [{"display_name": ""}]})
    with pytest.raises(ValueError, match="not tenants"):
        plant(emulator, {"tenants": []})


def test_the_help_names_all_that_a_seed_may_hold():
    shown = CliRunner().invoke(emulate, ["--help"]).output
    organization = SEED["organizations"][0]
    assert {name for name in {*SEED, *organization, "enabled"} - {"external_id"} if f'"{name}"' not in shown} == set()


@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--switch", "nonsense=1"], "no switch is called nonsense; see --switches"),
        (["--switch", "client_secret_echo=loud"], "none, masked, clear"),
        (["--switch", "client_secret_echo"], "NAME=VALUE"),
        (["--seed", "nowhere.json"], "does not exist"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments, message):
    result = CliRunner().invoke(emulate, ["--port", "0", *arguments])
    assert result.exit_code == 2
    assert message in result.output.replace("\n", " ")
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("interrupted")
def test_a_port_that_is_taken_is_named():
    with Emulator() as emulator:
        port = emulator.url.rpartition(":")[2]
        result = CliRunner().invoke(emulate, ["--port", port])
    assert result.exit_code == 1
    assert f"cannot listen on port {port}" in result.output


@pytest.mark.usefixtures("interrupted")
def test_a_missing_extra_is_one_line_that_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(descriptors, "_VENDOR", "not-installed")
    caches = (descriptors.load, descriptors._vendor_files, descriptors._files, command_routes())
    for cached in caches:
        cached.cache_clear()
    try:
        result = CliRunner().invoke(emulate, ["--port", "0"])
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()
    assert result.exit_code == 1
    assert result.output == ("Error: the emulator needs not-installed: pip install 'pulumi-scalekit[emulator]'\n")


def command_routes():
    from pulumi_scalekit.emulator.serving import routes

    return routes.load


@pytest.mark.usefixtures("interrupted")
def test_a_missing_rules_engine_is_the_same_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "protovalidate", None)
    rules._validator.cache_clear()
    result = CliRunner().invoke(emulate, ["--port", "0"])
    rules._validator.cache_clear()
    assert (result.exit_code, "needs protovalidate" in result.output) == (1, True)


@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize("library", ["jinja2", "lxml"])
def test_so_is_a_missing_library_of_the_pages(monkeypatch, library):
    page._templates.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, "lxml.etree", raising=False)
    result = CliRunner().invoke(emulate, ["--port", "0"])
    page._templates.cache_clear()
    expected = f"Error: the emulator needs {library}: pip install 'pulumi-scalekit[emulator]'\n"
    assert (result.exit_code, result.output) == (1, expected)


def test_the_switches_can_be_listed():
    result = CliRunner().invoke(emulate, ["--switches"])
    assert result.exit_code == 0
    assert "client_secret_echo=none  (none | masked | clear)" in result.output
