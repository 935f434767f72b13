"""A secret that a stack made, tried: the token that it gets is verified, and says what the program declared."""

from __future__ import annotations

import httpx
import jwt
import pytest

from pulumi_scalekit.model.registry import KINDS
from tests.support.cases.client import CLIENT
from tests.support.stack import PROVIDERS, Stack, plain


@pytest.fixture(params=PROVIDERS)
def stack_of(request, config):
    return lambda name: Stack(PROVIDERS[request.param](KINDS[f"scalekit:index:{name}"], config))


@pytest.fixture
def token_for(emulator):
    """Ask for a token with a client's credentials, and verify it; None where they are refused."""

    def ask(client_id, stack, **options):
        form = {"client_id": client_id, "client_secret": plain(stack.outputs)["plainSecret"]}
        response = httpx.post(f"{emulator.url}/oauth/token", data={"grant_type": "client_credentials", **form})
        if response.status_code == 401:
            assert response.json()["error"] == "invalid_client"
            return None
        token = response.raise_for_status().json()["access_token"]
        key = jwt.PyJWKClient(f"{emulator.url}/keys").get_signing_key_from_jwt(token)
        return jwt.decode(token, key, ["RS256"], issuer=emulator.url, **options)

    return ask


def test_a_machine_client_gets_what_the_program_declares(stack_of, token_for, api):
    program = CLIENT.program(api)
    client = stack_of("OrganizationClient")
    client.up(program)
    claims = token_for(client.id, client, audience=program["audience"])
    assert (claims["oid"], claims["sub"]) == (program["organizationId"], client.id)
    assert sorted(claims["scopes"]) == sorted(program["scopes"])
    assert claims["custom_claims"] == program["customClaims"]
    assert claims["exp"] - claims["iat"] == program["expiry"]

    client.up({**program, "customClaims": {"tenant": "acme2"}, "expiry": 60})
    claims = token_for(client.id, client, audience=program["audience"])
    assert claims["custom_claims"] == {"tenant": "acme2"}
    assert claims["exp"] - claims["iat"] == 60


@pytest.mark.parametrize("name", ["OrganizationClientSecret", "ApplicationSecret"])
def test_a_rotated_secret_works_and_the_old_one_no_longer(stack_of, token_for, api, name):
    if name == "ApplicationSecret":
        above = {"clientId": api.application()}
    else:
        organization = api.organization()
        above = {"organizationId": organization, "clientId": api.client(organization)}
    secret = stack_of(name)
    secret.up({**above, "rotation": "2026-01"})
    old = Stack(secret.provider, outputs=secret.outputs)
    assert token_for(above["clientId"], old, options={"verify_aud": False})["client_id"] == above["clientId"]

    assert secret.up({**above, "rotation": "2026-02"}) == "replace"
    assert token_for(above["clientId"], secret, options={"verify_aud": False})["client_id"] == above["clientId"]
    assert token_for(above["clientId"], old) is None
    gone = Stack(secret.provider, outputs=secret.outputs)
    secret.up(None)
    assert token_for(above["clientId"], gone) is None
