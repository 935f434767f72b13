from __future__ import annotations

import json
import random

import pytest

from pulumi_scalekit.emulator import Switches

VARIANTS = dict(Switches.variants())


def test_each_alternative_is_one_variant_with_a_readable_id():
    alternatives = sum(len(allowed) - 1 for allowed in Switches.allowed().values())
    assert len(VARIANTS) == 1 + alternatives
    assert VARIANTS["default"] == Switches()
    assert VARIANTS["client_secret_echo=masked"] == Switches(client_secret_echo="masked")


def test_each_switch_is_documented_and_takes_only_what_it_lists():
    assert all(Switches.documented().values())
    for name, allowed in Switches.allowed().items():
        assert getattr(Switches(), name) in allowed
        with pytest.raises(ValueError, match=name):
            Switches(**{name: "nonsense"})


def test_switches_are_read_from_texts():
    changed = Switches().changed(duplicate_status="400", expires_in="90", order="shuffled")
    assert (changed.duplicate_status, changed.expires_in, changed.order) == (400, 90, "shuffled")
    assert Switches().changed(expires_in="None").expires_in is None
    with pytest.raises(ValueError, match="no switch is called"):
        Switches().changed(unknown="1")


@pytest.mark.parametrize(
    "name", [name for name in VARIANTS if not name.startswith(("unpublished_endpoints", "read_lag"))]
)
def test_a_whole_tenant_can_be_kept_under_every_switch(start, name):
    api = start(switches=VARIANTS[name])
    path = api.bare_organization(external_id="acme", metadata={"tier": "gold"})
    api.enable_features(path, "sso", "dir_sync", "session_policy")
    api.patch(path, {"display_name": "New"})
    domain = api.post(f"{path}/domains", {"domain": "acme.com"})["domain"]["id"]
    connection = api.bare_connection(path)
    oidc = {"issuer": "https://idp", "client_id": "a", "client_secret": "b", "scopes": ["openid"]}
    oidc |= {"authorize_uri": "https://idp/a", "token_uri": "https://idp/t"}
    api.patch(connection, {"provider": "OKTA", "type": "OIDC", "oidc_config": oidc})
    api.put(f"{connection}/domains", {"domain_ids": [domain]})
    assert api.patch(f"{connection}:enable") == {"enabled": True}
    shown = api.get(connection)["connection"]
    assert shown["oidc_config"]["issuer"] == "https://idp"
    api.patch(f"{connection}:disable")
    for child in (connection, f"{path}/domains/{domain}", path):
        api.delete(child)
        assert api.ask("GET", child).status_code == 404


@pytest.mark.parametrize(
    ("switch", "expected"),
    [
        ("emitted", {"ui_button_title": "", "attribute_mapping": {}, "domains": []}),
        ("omitted", {}),
        ("null", {"ui_button_title": "", "attribute_mapping": {}, "domains": []}),
    ],
)
def test_how_empty_values_are_answered(start, switch, expected):
    api = start(empty_values=switch)
    shown = api.get(api.bare_connection(api.bare_organization()))["connection"]
    assert {
        name: shown[name] for name in ("ui_button_title", "attribute_mapping", "domains") if name in shown
    } == expected
    assert ("issuer" in shown["oidc_config"]) == (switch == "null")
    assert shown["oidc_config"].get("issuer") is None


def test_how_enums_are_answered(start):
    def provider_and_configuration(**switches):
        api = start(**switches)
        shown = api.get(api.bare_connection(api.bare_organization()))["connection"]
        return shown["provider"], shown.get("configuration_type")

    assert provider_and_configuration() == ("OKTA", "CONFIGURATION_TYPE_UNSPECIFIED")
    assert provider_and_configuration(enum_zero="hidden") == ("OKTA", None)
    assert provider_and_configuration(enum_form="number") == (1, 0)


def test_enums_are_taken_as_numbers_too(api):
    created = api.post(f"{api.bare_organization()}/connections", {"provider": 1, "type": 1})["connection"]
    assert (created["provider"], created["type"]) == ("OKTA", "OIDC")


@pytest.mark.parametrize(("switch", "length"), [("seconds", 20), ("milliseconds", 24), ("nanoseconds", 30)])
def test_how_precise_timestamps_are(start, switch, length):
    api = start(timestamps=switch)
    stamp = api.get(api.bare_organization())["organization"]["create_time"]
    assert len(stamp) == length
    assert stamp.endswith("Z")


def test_the_order_of_keys_and_sets_can_be_shuffled(start, monkeypatch):
    monkeypatch.setattr(random.Random, "shuffle", lambda _, items: items.reverse())
    plain, other = start(), start(order="shuffled")

    def answer(api):
        path = api.bare_organization()
        api.enable_features(path, "sso", "dir_sync")
        return api.get(path)["organization"]

    kept, shuffled = answer(plain), answer(other)
    assert next(iter(kept)) == "id"
    assert list(shuffled)[-1] == "id"
    assert [feature["name"] for feature in kept["settings"]["features"]] == ["sso", "dir_sync"]
    assert [feature["name"] for feature in shuffled["settings"]["features"]] == ["dir_sync", "sso"]


def test_preview_fields_can_be_hidden(start):
    for switch, there in (("shown", True), ("hidden", False)):
        api = start(preview_fields=switch)
        path = api.bare_organization()
        domain = api.post(f"{path}/domains", {"domain": "acme.com"})["domain"]
        assert ("txt_record_secret" in domain) == there
        assert ("create_time" in api.get(api.bare_connection(path))["connection"]) == there


def test_unknown_keys_can_be_ignored(start):
    for switch, status in (("refused", 400), ("ignored", 201)):
        api = start(unknown_keys=switch)
        response = api.ask("POST", "/organizations", {"display_name": "A", "colour": "red"})
        assert response.status_code == status
        assert ("colour" in response.text) == (status == 400)


@pytest.mark.parametrize("status", [200, 201])
def test_the_status_of_a_create(start, status):
    api = start(create_status=status)
    assert api.ask("POST", "/organizations", {"display_name": "A"}).status_code == status
    assert api.ask("POST", f"{api.bare_organization()}/domains", {"domain": "acme.com"}).status_code == status
    assert api.ask("PATCH", api.bare_organization(), {"display_name": "B"}).status_code == 200


def test_every_switch_makes_a_difference_somewhere():
    """A switch that nothing reads would promise a variant that is the default again."""
    from pathlib import Path

    import pulumi_scalekit.emulator as package

    sources = [path for path in Path(package.__file__).parent.rglob("*.py") if path.name != "switches.py"]
    text = "\n".join(path.read_text() for path in sources)
    assert [name for name in Switches.allowed() if f"switches.{name}" not in text] == []
    assert json.dumps(Switches.documented())
