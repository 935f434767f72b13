import pytest

from pulumi_scalekit import OrganizationClient, OrganizationClientSecret
from pulumi_scalekit.api.errors import ScalekitError
from tests.support.stack import Stack, sent


def test_the_secret_is_shown_once_and_kept(stack, organization):
    client = stack(OrganizationClient)
    client.up({"organizationId": organization, "name": "Importer"})
    secret = sent(client.outputs)["plainSecret"]
    assert secret.startswith("test_")

    client.refresh()
    assert sent(client.outputs)["plainSecret"] == secret
    client.up({"organizationId": organization, "name": "Exporter"})
    assert sent(client.outputs)["plainSecret"] == secret


def test_a_number_goes_out_as_an_integer(stack, organization, emulator):
    """The engine hands over floats, and `3600.0` is none of the numbers that the API takes."""
    client = stack(OrganizationClient)
    before = emulator.ledger.mark()
    client.up({"organizationId": organization, "name": "Importer", "expiry": 3600})
    client.up({"organizationId": organization, "name": "Importer", "expiry": 60})

    lives = [entry.body["expiry"] for entry in emulator.ledger.since(before) if entry.method != "GET"]
    assert [(life, type(life)) for life in lives] == [(3600, int), (60, int)]


def test_it_is_not_there_after_an_import(stack, organization):
    client = stack(OrganizationClient)
    client.up({"organizationId": organization, "name": "Importer"})
    taken = Stack(client.provider)
    taken.id, taken.inputs, taken.outputs = client.provider.read(f"{organization}/{client.id}", {}, {})

    assert "plainSecret" not in taken.outputs
    assert taken.preview({"organizationId": organization, "name": "Importer"}) == "same"


def test_a_rotated_secret_is_made_before_the_old_one_goes(stack, api, organization, asked):
    secret = stack(OrganizationClientSecret)
    program = {"organizationId": organization, "clientId": api.client(organization)}
    secret.up(program)
    old_id, old = secret.id, sent(secret.outputs)["plainSecret"]
    asked()

    assert secret.up({**program, "rotation": "2026-02"}) == "replace"

    path = f"/organizations/{organization}/clients/{program['clientId']}/secrets"
    assert asked() == [f"POST {path}", f"DELETE {path}/{old_id}"]
    assert sent(secret.outputs)["plainSecret"] != old


def test_the_last_secret_cannot_go(stack, api, organization, emulator):
    secret = stack(OrganizationClientSecret)
    client = api.client(organization)
    secret.up({"organizationId": organization, "clientId": client})
    del emulator.store.organization_clients[client]["secrets"][0]

    with pytest.raises(
        ScalekitError, match=r"A client keeps its last secret. Create another one first, or delete the client"
    ):
        secret.up(None)


def test_secrets_go_with_their_client(stack, api, organization):
    secret = stack(OrganizationClientSecret)
    client = api.client(organization)
    secret.up({"organizationId": organization, "clientId": client})
    api.send("DELETE", f"/organizations/{organization}/clients/{client}")

    assert secret.refresh() == ["deleted"]
