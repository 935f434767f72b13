"""What a customer changed in the portal stays, whatever else the program changes: a write holds what changed in the program."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

import pytest

from pulumi_scalekit.emulator import Switches
from pulumi_scalekit.model.registry import KINDS
from tests.support import identity_provider
from tests.support.cases import CERTIFICATE
from tests.support.stack import PROVIDERS, Stack

MERGE = Switches()
REPLACE = Switches(
    partial_connection="reset", partial_config="replaced", application_update="reset", features_update="replace"
)
API = {
    "merge": MERGE,
    "replace": REPLACE,
    "merge, and answers nothing": replace(MERGE, update_answer="empty"),
    "replace, and answers nothing": replace(REPLACE, update_answer="empty"),
    "replace, and shows a mask": replace(REPLACE, client_secret_echo="masked"),
    "merge, and shows a mask": replace(MERGE, client_secret_echo="masked"),
}
OIDC = {
    "issuer": "https://acme.okta.com",
    "clientId": "0oa1",
    "clientSecret": "s3cret-canary",
    "scopes": ["email", "openid"],
    "pkceEnabled": True,
}
MANUAL = {
    "authorizeUri": "https://acme.okta.com/a",
    "tokenUri": "https://acme.okta.com/t",
    "jwksUri": "https://acme.okta.com/k",
    "clientId": "0oa1",
    "clientSecret": "s3cret-canary",
}
SAML = {"idpEntityId": "https://idp", "idpSsoUrl": "https://idp/sso", "idpCertificate": CERTIFICATE}
NEW_CERTIFICATE = [{"id": "cer_9", "certificate": identity_provider.OTHER}]


@pytest.fixture(params=API)
def switches(request):
    return API[request.param]


@pytest.fixture(params=PROVIDERS)
def stack(request, config):
    return lambda token: Stack(PROVIDERS[request.param](KINDS[f"scalekit:index:{token}"], config))


def merged(record: Any, change: Any) -> Any:
    """Change nested keys of a record in place."""
    for key, value in change.items():
        if isinstance(value, dict) and isinstance(record.get(key), dict):
            merged(record[key], value)
        else:
            record[key] = value


def holds(record: Any, change: Any) -> bool:
    return all(
        holds(record.get(key) or {}, value) if isinstance(value, dict) else (record.get(key) or False) == value
        for key, value in change.items()
    )


@dataclass(frozen=True)
class Scene:
    """What is declared, what a customer makes of it, and what the program changes then."""

    token: str
    program: dict[str, Any]
    portal: dict[str, Any]
    edit: dict[str, Any]
    arrives: dict[str, Any]
    lost_where_replaced: tuple[str, ...] = ()
    """The keys of a block that nobody can read, so that they cannot be kept where the API drops them."""


CONNECTION = {"provider": "OKTA", "type": "OIDC", "uiButtonTitle": "Sign in", "attributeMapping": {"email": "mail"}}
SAML_CONNECTION = {"provider": "CUSTOM", "type": "SAML"}
ROTATED = {"oidc_config": {"client_id": "0oa2", "client_secret": "r0tated", "issuer": "https://new.okta.com"}}
SCENES = {
    "a secret rotated, a title added": Scene(
        "Connection",
        {"provider": "OKTA", "type": "OIDC", "oidc": OIDC, "enabled": True},
        ROTATED,
        {"uiButtonTitle": "Log in"},
        {"ui_button_title": "Log in"},
    ),
    "a mapping changed, a title changed": Scene(
        "Connection",
        {**CONNECTION, "oidc": OIDC, "enabled": True},
        {**ROTATED, "attribute_mapping": {"email": "upn"}},
        {"uiButtonTitle": "Log in"},
        {"ui_button_title": "Log in"},
    ),
    "a secret rotated, scopes changed": Scene(
        "Connection",
        {**CONNECTION, "oidc": OIDC, "enabled": True},
        ROTATED,
        {"oidc": {**OIDC, "scopes": ["openid"]}},
        {"oidc_config": {"scopes": ["openid"], "pkce_enabled": True}, "ui_button_title": "Sign in"},
        lost_where_replaced=("client_secret",),
    ),
    "addresses given by hand, one changed": Scene(
        "Connection",
        {**CONNECTION, "configurationType": "MANUAL", "oidc": MANUAL, "enabled": True},
        {"oidc_config": {"token_uri": "https://new.okta.com/t"}},
        {"oidc": {**MANUAL, "jwksUri": "https://acme.okta.com/k2"}},
        {"oidc_config": {"jwks_uri": "https://acme.okta.com/k2", "client_secret": "s3cret-canary"}},
        lost_where_replaced=("client_secret",),
    ),
    "a certificate rolled over, a title added": Scene(
        "Connection",
        {**SAML_CONNECTION, "saml": SAML, "enabled": True},
        {"saml_config": {"idp_sso_url": "https://new/sso", "idp_certificates": NEW_CERTIFICATE}},
        {"uiButtonTitle": "Log in"},
        {"ui_button_title": "Log in"},
    ),
    "an address changed, signing changed": Scene(
        "Connection",
        {**SAML_CONNECTION, "saml": SAML, "enabled": True},
        {"saml_config": {"idp_sso_url": "https://new/sso"}},
        {"saml": {**SAML, "wantRequestSigned": True}},
        {"saml_config": {"want_request_signed": True, "idp_entity_id": "https://idp"}},
    ),
    "settings elsewhere": Scene(
        "ConnectionSettings",
        {**CONNECTION, "oidc": OIDC, "enabled": True},
        ROTATED,
        {"uiButtonTitle": "Log in"},
        {"ui_button_title": "Log in"},
    ),
    "an application": Scene(
        "Application",
        {"name": "Portal", "clientType": "WEB_APP", "postLoginUris": ["https://a.example"], "enforcePkce": True},
        {"post_login_uris": ["https://b.example"], "scopes": ["openid"], "initiate_login_uri": "https://b.example"},
        {"name": "Console"},
        {"name": "Console", "enforce_pkce": True},
    ),
    "a list of addresses": Scene(
        "Application",
        {
            "name": "Portal",
            "clientType": "WEB_APP",
            "ipAllowlist": {"optedIn": False, "cidrs": ["203.0.113.0/24"]},
        },
        {"ip_allowlist": {"cidrs": [{"value": "198.51.100.0/24", "type": "IPV4"}]}},
        {"ipAllowlist": {"optedIn": True, "cidrs": ["203.0.113.0/24"]}},
        {"ip_allowlist": {"opted_in": True}},
    ),
    "a user attribute": Scene(
        "UserAttribute",
        {"key": "cost_center", "label": "Cost center", "datatype": "STRING", "required": True, "enabled": True},
        {"required": False, "datatype": "NUMBER"},
        {"label": "Cost centre"},
        {"label": "Cost centre", "enabled": True},
    ),
    "an attribute of directories' users": Scene(
        "DirectoryUserAttribute",
        {"key": "badge", "label": "Badge", "datatype": "STRING", "required": True, "enabled": True},
        {"required": False, "datatype": "NUMBER"},
        {"label": "Badge number"},
        {"label": "Badge number", "enabled": True},
    ),
    "a name of an attribute": Scene(
        "UserAttribute",
        {
            "key": "cost_center",
            "label": "Cost center",
            "datatype": "STRING",
            "ssoAdditionInfo": {"defaultSamlMapping": "cost", "defaultOidcMapping": "cost"},
        },
        {"sso_addition_info": {"default_saml_mapping": "portal"}},
        {"ssoAdditionInfo": {"defaultSamlMapping": "cost", "defaultOidcMapping": "centre"}},
        {"sso_addition_info": {"default_oidc_mapping": "centre"}},
    ),
    "metadata": Scene(
        "Organization",
        {"displayName": "Acme", "metadata": {"tier": "gold", "region": "eu"}},
        {"metadata": {"tier": "lead", "seats": "7"}},
        {"metadata": {"tier": "gold", "region": "us"}},
        {"metadata": {"region": "us"}},
    ),
    "features": Scene(
        "Organization",
        {"displayName": "Acme", "features": {"sso": True}},
        {"settings": {"features": [{"name": "sso", "enabled": True}, {"name": "session_policy", "enabled": True}]}},
        {"features": {"sso": True, "dir_sync": True}},
        {},
    ),
}
COLLECTIONS = {
    "Connection": "connections",
    "ConnectionSettings": "connections",
    "Application": "applications",
    "UserAttribute": "user_attributes",
    "DirectoryUserAttribute": "directory_user_attributes",
    "Organization": "organizations",
}


@pytest.mark.parametrize("name", SCENES)
def test_what_changed_in_the_portal_stays(stack, api, emulator, name, capsys):
    scene, taken = SCENES[name], stack(SCENES[name].token)
    program = copy.deepcopy(scene.program)
    if scene.token.startswith("Connection"):
        program["organizationId"] = api.organization()
    if scene.token == "ConnectionSettings":
        program["connectionId"] = api.connection(program["organizationId"])
    taken.up(program)
    record = getattr(emulator.store, COLLECTIONS[scene.token])[taken.id]
    merged(record, copy.deepcopy(scene.portal))
    changed = {**program, **scene.edit}
    changes = set(taken.changed({**taken.inputs, **changed}))

    assert taken.up(changed) == "update"

    record = getattr(emulator.store, COLLECTIONS[scene.token])[taken.id]
    assert holds(record, scene.arrives), record
    expected = copy.deepcopy(scene.portal)
    told = "".join(capsys.readouterr())
    if is_replacing(emulator.switches) and scene.lost_where_replaced:
        for key in scene.lost_where_replaced:
            expected["oidc_config"].pop(key, None)
            assert record["oidc_config"][key] == OIDC["clientSecret"]
        assert "Scalekit dropped oidc.client_secret" in told
        assert "r0tated" not in told
        assert "s3cret" not in told
    else:
        assert told == ""
    if scene.token == "Organization" and "settings" in expected:
        held = {one["name"] for one in record["settings"]["features"] if one["enabled"]}
        assert held == {"sso", "session_policy", "dir_sync"}
    else:
        assert holds(record, expected), record
    if "enabled" in program and scene.token.startswith("Connection"):
        assert (record["enabled"], record["status"]) == (True, "COMPLETED")
    # What the customer did is drift as before, and nothing else is.
    drift = set(taken.refresh())
    assert not drift & changes
    assert taken.up(changed) == ("update" if drift else "same")
    assert taken.refresh() == []


def is_replacing(switches):
    return switches.partial_config == "replaced"


def test_default_roles_are_chosen_one_by_one(stack, api, emulator):
    for name in ("owner", "guest", "lead"):
        api.role(name)
    roles = stack("DefaultRoles")
    roles.up({"defaultCreatorRole": "owner", "defaultMemberRole": "guest"})
    for name, role in emulator.store.roles.items():
        role["default_creator"] = name == "lead"

    roles.up({"defaultCreatorRole": "owner", "defaultMemberRole": "member"})

    chosen = {name for name, role in emulator.store.roles.items() if role["default_creator"] or role["default_member"]}
    assert chosen == {"lead", "member"}
    assert roles.refresh() == ["defaultCreatorRole"]


def test_a_secret_that_the_program_ignores_is_not_written(stack, api, emulator, switches):
    """With `ignore_changes` the engine hands in the former secret as the new one."""
    sso = stack("Connection")
    program = {"organizationId": api.organization(), **CONNECTION, "oidc": OIDC, "enabled": True}
    sso.up(program)
    emulator.store.connections[sso.id]["oidc_config"]["client_secret"] = "r0tated"
    mark = emulator.ledger.mark()

    sso.up({**program, "uiButtonTitle": "Log in", "oidc": {**OIDC, "pkceEnabled": False}})

    first = next(entry for entry in emulator.ledger.since(mark) if entry.method == "PATCH")
    assert "client_secret" not in first.body["oidc_config"]
    expected = "s3cret-canary" if is_replacing(switches) else "r0tated"
    assert emulator.store.connections[sso.id]["oidc_config"]["client_secret"] == expected


@pytest.mark.parametrize("block", [OIDC, MANUAL], ids=["discovered", "by hand"])
def test_a_secret_that_no_program_declares_is_asked_for_where_it_is_dropped(
    stack, api, emulator, switches, block, capsys
):
    sso = stack("Connection")
    open_block = {key: value for key, value in block.items() if key != "clientSecret"}
    program = {"organizationId": api.organization(), **CONNECTION, "oidc": open_block}
    sso.up(program)
    record = emulator.store.connections[sso.id]
    record["oidc_config"]["client_secret"] = "entered-in-the-portal"
    record["status"] = "COMPLETED"

    sso.up({**program, "oidc": {**open_block, "pkceEnabled": True, "scopes": ["openid"]}})

    told = "".join(capsys.readouterr())
    if is_replacing(switches):
        assert "Scalekit dropped oidc.client_secret" in told
        assert "Enter it again in the dashboard, or declare it" in told
    else:
        assert told == ""
        assert record["oidc_config"]["client_secret"] == "entered-in-the-portal"
    assert record["oidc_config"]["client_id"] == "0oa1"
    assert sso.refresh() == []


def test_a_secret_is_missed_where_all_else_was_sent(stack, api, emulator, switches):
    """Nothing but the status tells then that it is gone."""
    sso = stack("Connection")
    oidc = {key: OIDC[key] for key in ("issuer", "clientId", "clientSecret")}
    program = {"organizationId": api.organization(), "provider": "OKTA", "type": "OIDC", "oidc": oidc}
    sso.up({**program, "enabled": True})
    moved = {**oidc, "issuer": "https://new.okta.com", "clientId": "0oa2"}

    sso.up({**program, "oidc": moved, "enabled": True})

    record = emulator.store.connections[sso.id]
    assert record["oidc_config"]["client_secret"] == "s3cret-canary"
    assert record["status"] == "COMPLETED"
    assert sso.refresh() == []
