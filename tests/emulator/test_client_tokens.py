"""Tokens of machine clients and applications, by their secrets; verified as anybody would who knows the address alone."""

from __future__ import annotations

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.clocks import StillClock

M2M = {
    "name": "machine",
    "scopes": ["deploy:applications", "read:deployments"],
    "audience": ["https://api.acme.example"],
    "custom_claims": [{"key": "tier", "value": "gold"}, {"key": "empty", "value": ""}],
    "expiry": 600,
}


def machine(api, **changed):
    organization = api.bare_organization()
    created = api.post(f"{organization}/clients", {**M2M, **changed})
    path = f"{organization}/clients/{created['client']['client_id']}"
    return path, {"client_id": created["client"]["client_id"], "client_secret": created["plain_secret"]}


def application(api, **given):
    body = {"name": "Web", "client_type": "WEB_APP", **given}
    path = f"/clients/{api.post('/clients', body)['client']['id']}"
    return path, {"client_id": path.rpartition("/")[2], "client_secret": api.post(f"{path}/secrets")["plain_secret"]}


def verified(api, token, **options):
    """The claims, with the keys that discovery leads to."""
    url = api.emulator.url
    known = httpx.get(f"{url}/.well-known/openid-configuration").raise_for_status().json()
    assert known["token_endpoint"] == f"{url}/oauth/token"
    key = jwt.PyJWKClient(known["jwks_uri"]).get_signing_key_from_jwt(token)
    return jwt.decode(token, key, ["RS256"], issuer=known["issuer"], **options)


def refusal(response):
    return response.status_code, response.json()["error"]


def test_the_token_of_a_machine_client_says_what_was_declared(api):
    path, known = machine(api)
    granted = api.token(**known)
    assert (granted["token_type"], granted["expires_in"]) == ("Bearer", 600)
    assert granted["scope"] == "deploy:applications read:deployments"
    claims = verified(api, granted["access_token"], audience=M2M["audience"])
    assert claims.pop("exp") - claims["iat"] == 600
    assert claims.pop("nbf") == claims.pop("iat")
    assert claims.pop("jti").startswith("tkn_")
    assert claims == {
        "iss": api.emulator.url,
        "client_id": known["client_id"],
        "sub": known["client_id"],
        "oid": path.split("/")[2],
        "aud": M2M["audience"],
        "scope": granted["scope"],
        "scopes": M2M["scopes"],
        "custom_claims": {"tier": "gold", "empty": ""},
    }


def test_a_client_without_settings_has_a_token_for_an_hour(api):
    _, known = machine(api, scopes=[], audience=[], custom_claims=[], expiry=0)
    granted = api.token(**known)
    assert (granted["expires_in"], granted["scope"]) == (3600, "")
    assert not {"aud", "custom_claims"} & set(verified(api, granted["access_token"]))


def test_the_token_of_a_machine_client_does_not_open_the_api(api):
    _, known = machine(api)
    api.http.headers["Authorization"] = f"Bearer {api.token(**known)['access_token']}"
    assert api.refused(401, "GET", "/organizations")["message"] == "Token expired or invalid"


@pytest.mark.parametrize(("disallowed", "status"), [(False, 200), (True, 401)])
def test_the_token_of_an_application(api, disallowed, status):
    body = {"scopes": ["email"], "access_token_expiry": 120, "disallow_scalekit_api_access": disallowed}
    _, known = application(api, **body, custom_claims=[{"key": "app", "value": "web"}])
    granted = api.token(**known)
    claims = verified(api, granted["access_token"], audience=known["client_id"])
    assert claims["exp"] - claims["iat"] == granted["expires_in"] == 120
    assert (claims["sub"], claims["scopes"], claims["custom_claims"]) == (known["client_id"], ["email"], {"app": "web"})
    assert "oid" not in claims
    api.http.headers["Authorization"] = f"Bearer {granted['access_token']}"
    assert api.ask("GET", "/organizations").status_code == status


def test_an_application_of_other_grants_has_none(api):
    _, known = application(api, grant_types=["authorization_code"])
    assert refusal(api.ask_token(**known)) == (400, "unauthorized_client")
    _, known = application(api, grant_types=["authorization_code", "client_credentials"])
    assert api.ask_token(**known).status_code == 200


def test_each_live_secret_works_and_no_other(api):
    path, first = machine(api)
    added = api.post(f"{path}/secrets")
    second = {**first, "client_secret": added["plain_secret"]}
    assert [api.ask_token(**one).status_code for one in (first, second)] == [200, 200]
    api.delete(f"{path}/secrets/{added['secret']['id']}")
    assert refusal(api.ask_token(**second)) == (401, "invalid_client")
    assert api.ask_token(**first).status_code == 200
    api.delete(path)
    assert refusal(api.ask_token(**first)) == (401, "invalid_client")


def test_an_inactive_secret_is_refused(api):
    path, known = application(api)
    secret = f"{path}/secrets/{api.get(path)['client']['secrets'][0]['id']}"
    api.patch(secret, {"status": "INACTIVE"})
    assert refusal(api.ask_token(**known)) == (401, "invalid_client")
    api.patch(secret, {"status": "ACTIVE"})
    assert api.ask_token(**known).status_code == 200


def test_an_expired_secret_is_refused(start):
    clock = StillClock()
    api = start(clock=clock.clock)
    _, known = machine(api)
    (secret,) = api.store.organization_clients[known["client_id"]]["secrets"]
    secret["expire_time"] = "2030-01-01T00:00:00Z"
    clock.now = 1_893_455_999
    assert api.ask_token(**known).status_code == 200
    clock.now += 1
    assert refusal(api.ask_token(**known)) == (401, "invalid_client")


@pytest.mark.parametrize("wrong", [{"client_secret": "wrong"}, {"client_secret": ""}, {"client_id": "m2morg_1"}])
def test_what_nobody_knows_is_refused(api, wrong):
    _, known = machine(api)
    response = api.ask_token(**{**known, **wrong})
    assert refusal(response) == (401, "invalid_client")
    assert response.headers["WWW-Authenticate"] == "Basic"


def test_the_environments_own_secret_opens_no_other_client(api):
    _, known = machine(api)
    assert refusal(api.ask_token(client_id=known["client_id"])) == (401, "invalid_client")
    assert refusal(api.ask_token(client_secret=known["client_secret"])) == (401, "invalid_client")


def test_a_further_secret_of_the_environment_opens_the_api(api):
    added = api.post(f"/clients/{api.emulator.client_id}/secrets")
    api.http.headers["Authorization"] = f"Bearer {api.token(client_secret=added['plain_secret'])['access_token']}"
    assert api.ask("GET", "/organizations").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "granted"),
    [
        ("", "deploy:applications read:deployments"),
        ("openid profile email", "deploy:applications read:deployments"),
        ("openid read:deployments", "read:deployments"),
    ],
)
def test_scopes_can_be_asked_for(api, wanted, granted):
    _, known = machine(api)
    answer = api.token(**known, scope=wanted)
    assert answer["scope"] == granted
    assert verified(api, answer["access_token"], audience=M2M["audience"])["scopes"] == granted.split()


def test_a_scope_that_the_client_has_not_is_refused(api):
    _, known = machine(api)
    assert refusal(api.ask_token(**known, scope="read:deployments delete:all")) == (400, "invalid_scope")


def test_credentials_can_come_in_the_header(api):
    _, known = machine(api)
    url, form = f"{api.emulator.url}/oauth/token", {"grant_type": "client_credentials"}
    with httpx.Client(verify=False) as client:
        answer = client.post(url, data=form, auth=(known["client_id"], known["client_secret"]))
        assert answer.json()["scope"] == "deploy:applications read:deployments"
        assert refusal(client.post(url, data=form, auth=(known["client_id"], "wrong"))) == (401, "invalid_client")
        malformed = client.post(url, data=form, headers={"Authorization": "Basic !"})
    assert refusal(malformed) == (400, "invalid_request")
    assert refusal(httpx.post(url, data={}, verify=False)) == (400, "invalid_request")


def test_a_token_of_somebody_else_is_not_verified(api):
    (key,) = httpx.get(f"{api.emulator.url}/keys").json()["keys"]
    assert {name: key[name] for name in ("use", "kty", "alg")} == {"use": "sig", "kty": "RSA", "alg": "RS256"}
    assert set(key) == {"use", "kty", "kid", "alg", "n", "e"}
    other = rsa.generate_private_key(65537, 2048)
    forged = jwt.encode({"iss": api.emulator.url}, other, "RS256", headers={"kid": key["kid"]})
    with pytest.raises(jwt.InvalidSignatureError):
        verified(api, forged)


def test_no_secret_and_no_digest_is_shown(api):
    _, known = machine(api)
    shown = httpx.get(f"{api.emulator.url}/_emulator/store?secrets=shown").text
    assert known["client_id"] in shown
    assert known["client_secret"] not in shown
    assert "digest" not in shown


def test_keys_and_discovery_are_no_requests_to_the_api(api):
    mark = api.emulator.ledger.mark()
    for path in ("/keys", "/.well-known/openid-configuration"):
        httpx.get(api.emulator.url + path).raise_for_status()
    assert api.emulator.ledger.since(mark) == []
    assert [entry.path for entry in api.emulator.ledger.tokens][-2:] == ["/keys", "/.well-known/openid-configuration"]
    assert httpx.post(f"{api.emulator.url}/keys").status_code == 404
