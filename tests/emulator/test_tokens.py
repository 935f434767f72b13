from __future__ import annotations

import pytest


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_token_opens_the_api(api):
    granted = api.sign_in()
    assert granted["token_type"] == "Bearer"
    assert granted["expires_in"] == 86399
    assert granted["scope"] == "openid"
    assert api.ask("GET", "/organizations").status_code == 200


def test_without_a_token_the_answer_is_401_in_the_form_of_a_status(api):
    del api.http.headers["Authorization"]
    refusal = api.refused(401, "GET", "/organizations")
    assert refusal["code"] == 16
    assert refusal["message"] == "Token empty"
    assert refusal["details"][0]["error_code"] == "UNAUTHENTICATED"
    assert refusal["details"][0]["request_info"]["request_id"]


def test_a_token_that_nobody_granted_is_refused(api):
    api.http.headers["Authorization"] = "Bearer made-up"
    assert api.refused(401, "GET", "/organizations")["code"] == 16


def test_a_token_expires(start):
    clock = Clock()
    api = start(clock=clock, expires_in=1799)
    api.sign_in()
    clock.now += 1798
    assert api.ask("GET", "/organizations").status_code == 200
    clock.now += 2
    assert api.ask("GET", "/organizations").status_code == 401


def test_any_life_can_be_given_to_a_token(start):
    clock = Clock()
    api = start(clock=clock, expires_in=5)
    assert api.sign_in()["expires_in"] == 5
    clock.now += 6
    assert api.ask("GET", "/organizations").status_code == 401


def test_tokens_can_be_revoked(api):
    api.store.revoke_tokens()
    assert api.ask("GET", "/organizations").status_code == 401


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "skc_other"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_errors_of_the_token_endpoint_have_the_shape_of_oauth(api, form, status, error):
    response = api.ask_token(**form)
    assert response.status_code == status
    assert response.json()["error"] == error
    assert response.json()["error_description"]


def test_they_can_have_the_shape_of_every_other_error(start):
    api = start(token_error="rpc")
    assert api.ask_token(client_secret="wrong").json()["code"] == 16


@pytest.mark.parametrize(("switch", "shown"), [("absent", None), (1799, 1799), (86399, 86399)])
def test_the_life_of_a_token_is_told_or_not(start, switch, shown):
    api = start(expires_in=None if switch == "absent" else switch)
    assert api.token().get("expires_in") == shown


def test_spelling_and_form_of_a_token(start):
    plain, other = start(), start(token_type="bearer", token_form="opaque")
    assert plain.token()["access_token"].count(".") == 2
    assert other.token()["token_type"] == "bearer"
    assert "." not in other.token()["access_token"]
    assert other.ask("GET", "/organizations").status_code == 200
