from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from pulumi_scalekit.emulator import Emulator

pytest_plugins = ["pulumi_scalekit.emulator.fixture"]


def test_the_fixture_is_an_empty_environment(scalekit_emulator):
    assert scalekit_emulator.environment == {
        "SCALEKIT_ENVIRONMENT_URL": scalekit_emulator.url,
        "SCALEKIT_CLIENT_ID": scalekit_emulator.client_id,
        "SCALEKIT_CLIENT_SECRET": scalekit_emulator.client_secret,
    }
    assert urlsplit(scalekit_emulator.url).hostname == "127.0.0.1"
    assert not scalekit_emulator.store.organizations


def test_32_clients_at_once_lose_nothing(api):
    def create(number):
        return [api.bare_organization(external_id=f"{number}-{turn}") for turn in range(8)]

    with ThreadPoolExecutor(32) as pool:
        created = [path for paths in pool.map(create, range(32)) for path in paths]
    assert len(set(created)) == 256
    assert len(api.store.organizations) == 256
    assert api.emulator.ledger.count("POST", "/api/v1/organizations") == 256


def test_one_external_id_is_given_once_even_in_a_race(api):
    with ThreadPoolExecutor(16) as pool:
        statuses = list(
            pool.map(
                lambda _: api.ask("POST", "/organizations", {"display_name": "A", "external_id": "a"}).status_code,
                range(16),
            )
        )
    assert sorted(statuses) == [201] + [409] * 15


def test_two_environments_live_beside_each_other(start):
    one, other = start(), start()
    path = one.bare_organization()
    other.refused(404, "GET", path)
    other.http.headers["Authorization"] = one.http.headers["Authorization"]
    other.refused(401, "GET", path)


def test_a_connection_is_kept_open(api):
    with httpx.Client(verify=False) as client:
        for _ in range(3):
            response = client.get(f"{api.emulator.url}/_emulator/ledger")
            assert response.http_version == "HTTP/1.1"
        pool = client._transport._pool
        assert len(pool.connections) == 1


def test_a_body_may_come_in_chunks(api):
    def chunks():
        yield b'{"display_'
        yield b'name": "Acme"}'

    assert api.http.post("/organizations", content=chunks()).status_code == 201
    assert api.ask("GET", "/organizations").status_code == 200


def test_an_emulator_that_stopped_is_gone():
    with Emulator() as emulator:
        url = emulator.url
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_port_can_be_chosen_and_used_again():
    with Emulator() as first:
        port = urlsplit(first.url).port
    with Emulator(port=port) as second:
        assert urlsplit(second.url).port == port
        with pytest.raises(OSError, match="in use"):
            Emulator(port=port).start()


def test_credentials_can_be_chosen(start):
    api = start(client_id="skc_mine", client_secret="mine")
    assert api.emulator.environment["SCALEKIT_CLIENT_ID"] == "skc_mine"
    assert api.ask_token(client_secret="mine").status_code == 200
    assert api.ask_token(client_secret="test_emulator").status_code == 401


def test_a_bug_of_the_emulator_looks_like_one(api, monkeypatch, caplog):
    monkeypatch.setattr(api.store, "organizations", None)
    refusal = api.refused(500, "GET", "/organizations")
    assert "failed in the emulator" in refusal["message"]
    assert "Traceback" in caplog.text
