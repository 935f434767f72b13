from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WHO = {"provider": "OKTA", "type": "OIDC"}
OIDC = {
    "issuer": "https://acme.okta.com",
    "client_id": "0oa1",
    "client_secret": "canary-secret",
    "scopes": ["openid", "email"],
}
SAML = {"idp_entity_id": "https://idp", "idp_sso_url": "https://idp/sso"}


@pytest.fixture(scope="module")
def make_certificate():
    """Makes a certificate of its own each time."""

    def make() -> str:
        return _self_signed()

    return make


@pytest.fixture(scope="module")
def certificate(make_certificate):
    return make_certificate()


def _self_signed():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.acme.com")])
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()


def configure(api, path, **oidc):
    return api.patch(path, {**WHO, "oidc_config": {**OIDC, **oidc}})["connection"]


def test_a_new_connection_is_a_draft_with_its_addresses(api):
    path = api.bare_organization()
    response = api.ask("POST", f"{path}/connections", WHO)
    assert response.status_code == 201
    connection = response.json()["connection"]
    base = f"{api.emulator.url}/sso/v1/oidc/{connection['id']}"
    assert connection["id"].startswith("conn_")
    assert (connection["status"], connection["enabled"]) == ("DRAFT", False)
    assert connection["key_id"].startswith("okta-")
    assert connection["test_connection_uri"] == f"{base}/test"
    assert connection["oidc_config"]["redirect_uri"] == f"{base}/callback"
    assert connection["organization_id"] == path.rpartition("/")[2]
    assert connection["domains"] == []
    assert "saml_config" not in connection


def test_a_saml_connection_has_the_urls_of_a_service_provider(api):
    path = api.bare_connection(api.bare_organization(), "SAML")
    saml = api.get(path)["connection"]["saml_config"]
    base = f"{api.emulator.url}/sso/v1/saml/{path.rpartition('/')[2]}"
    assert saml["sp_entity_id"] == base
    assert saml["sp_assertion_url"] == f"{base}/callback"
    assert saml["sp_metadata_url"]
    assert saml["sp_slo_url"]
    assert saml["idp_certificates"] == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"type": "OIDC"}, "provider or provider_key is required"),
        ({"provider": "OKTA", "type": "OAUTH"}, "OAUTH, PASSWORDLESS and WEBAUTHN are not supported yet"),
        ({"provider": "SCALEKIT", "type": "OIDC"}, "invalid value for provider_key"),
    ],
)
def test_the_vendors_own_rules_hold(api, body, message):
    refusal = api.refused(400, "POST", f"{api.bare_organization()}/connections", body)
    violations = refusal["details"][0]["validation_error_info"]["field_violations"]
    assert {"field": "connection", "description": message, "constraint": ""} in violations


def test_a_type_is_needed(api):
    api.refused(400, "POST", f"{api.bare_organization()}/connections", {"provider": "OKTA"})


def test_another_type_than_oidc_and_saml_is_not_emulated(api):
    body = {"provider": "GOOGLE", "type": "GOOGLE_DWD"}
    refusal = api.refused(501, "POST", f"{api.bare_organization()}/connections", body)
    assert refusal["message"] == "connections of type GOOGLE_DWD are not emulated"
    assert not api.store.connections


def test_a_configured_connection_is_completed_and_can_be_enabled(api):
    path = api.bare_connection(api.bare_organization())
    connection = configure(api, path)
    assert connection["status"] == "COMPLETED"
    assert connection["oidc_config"]["scopes"] == ["openid", "email"]
    assert connection["oidc_config"]["redirect_uri"]
    assert api.patch(f"{path}:enable") == {"enabled": True}
    assert api.get(path)["connection"]["enabled"] is True
    assert api.patch(f"{path}:disable") == {"enabled": False}
    assert api.get(path)["connection"]["enabled"] is False


def test_without_an_issuer_the_endpoints_are_needed(api):
    path = api.bare_connection(api.bare_organization())
    given = {"client_id": "a", "client_secret": "b", "authorize_uri": "https://idp/a"}
    api.patch(path, {**WHO, "oidc_config": given})
    assert "token_uri" in api.patch(f"{path}:enable")["error_message"]
    api.patch(path, {**WHO, "oidc_config": {"token_uri": "https://idp/t"}})
    assert api.patch(f"{path}:enable") == {"enabled": True}


def test_half_of_the_settings_are_in_progress(api):
    path = api.bare_connection(api.bare_organization())
    answer = api.patch(path, {**WHO, "oidc_config": {"client_id": "0oa1"}})
    assert answer["connection"]["status"] == "IN_PROGRESS"


def test_a_connection_may_complete_only_when_it_is_enabled(start):
    api = start(connection_completes="enabled")
    path = api.bare_connection(api.bare_organization())
    assert configure(api, path)["status"] == "IN_PROGRESS"
    api.patch(f"{path}:enable")
    assert api.get(path)["connection"]["status"] == "COMPLETED"


def test_a_status_may_be_told_in_the_words_of_the_prose(start):
    api = start(connection_status="prose")
    path = api.bare_connection(api.bare_organization())
    assert configure(api, path)["status"] == "CONFIGURED"
    assert api.get(path)["connection"]["status"] == "CONFIGURED"


def test_enabling_what_is_incomplete_fails_one_way_or_the_other(start):
    tolerant, strict = start(), start(enable_incomplete="refused")
    path = tolerant.bare_connection(tolerant.bare_organization())
    answer = tolerant.patch(f"{path}:enable")
    assert answer["enabled"] is False
    assert "client_id" in answer["error_message"]
    assert tolerant.get(path)["connection"]["enabled"] is False
    strict.refused(400, "PATCH", f"{strict.bare_connection(strict.bare_organization())}:enable")


def test_a_repeated_toggle_can_be_refused(start):
    for switch, status in (("accepted", 200), ("refused", 400)):
        api = start(repeated_toggle=switch)
        path = api.bare_connection(api.bare_organization())
        assert api.ask("PATCH", f"{path}:disable").status_code == status


@pytest.mark.parametrize(("switch", "shown"), [("none", None), ("masked", "************"), ("clear", "canary-secret")])
def test_what_a_read_shows_of_a_client_secret(start, switch, shown):
    api = start(client_secret_echo=switch)
    path = api.bare_connection(api.bare_organization())
    assert configure(api, path)["oidc_config"].get("client_secret") == shown
    assert api.get(path)["connection"]["oidc_config"].get("client_secret") == shown
    stored = api.store.connections[path.rpartition("/")[2]]
    assert stored["oidc_config"]["client_secret"] == "canary-secret"


@pytest.mark.parametrize("switch", ["kept", "replaced"])
def test_what_a_partial_block_does_with_the_rest(start, switch):
    api = start(partial_config=switch)
    path = api.bare_connection(api.bare_organization())
    configure(api, path, pkce_enabled=True)
    oidc = api.patch(path, {**WHO, "oidc_config": {"client_id": "0oa2"}})["connection"]["oidc_config"]
    assert oidc["client_id"] == "0oa2"
    assert oidc["redirect_uri"]
    assert oidc.get("pkce_enabled") == (True if switch == "kept" else None)
    assert oidc.get("issuer") == ("https://acme.okta.com" if switch == "kept" else None)
    assert bool(oidc["scopes"]) == (switch == "kept")


@pytest.mark.parametrize(("switch", "shown"), [("clears", ""), ("ignored", "https://acme.okta.com/jwks")])
def test_what_an_empty_string_in_a_block_does(start, switch, shown):
    api = start(empty_nested_string=switch, discovery="unfilled")
    path = api.bare_connection(api.bare_organization())
    configure(api, path, jwks_uri="https://acme.okta.com/jwks")
    oidc = configure(api, path, jwks_uri="")["oidc_config"]
    assert oidc["jwks_uri"] == shown


def test_discovery_fills_what_was_not_given(start):
    api, other = start(), start(discovery="unfilled")
    path = api.bare_connection(api.bare_organization())
    oidc = configure(api, path, token_uri="https://mine/token")["oidc_config"]
    assert oidc["authorize_uri"].startswith("https://acme.okta.com/")
    assert oidc["token_uri"] == "https://mine/token"
    moved = configure(api, path, issuer="https://globex.okta.com")["oidc_config"]
    assert moved["authorize_uri"].startswith("https://globex.okta.com/")
    assert moved["token_uri"] == "https://mine/token"
    path = other.bare_connection(other.bare_organization())
    assert "authorize_uri" not in configure(other, path)["oidc_config"]


def test_outputs_cannot_be_written(api):
    path = api.bare_connection(api.bare_organization())
    before = api.get(path)["connection"]["oidc_config"]["redirect_uri"]
    assert configure(api, path, redirect_uri="https://evil")["oidc_config"]["redirect_uri"] == before


def test_a_block_must_fit_the_type_and_carry_it(api):
    path = api.bare_connection(api.bare_organization())
    api.refused(400, "PATCH", path, {**WHO, "saml_config": SAML})
    api.refused(400, "PATCH", path, {"provider": "OKTA", "oidc_config": OIDC})
    api.refused(400, "PATCH", path, {"type": "OIDC", "oidc_config": OIDC})
    api.refused(400, "PATCH", path, {"provider": "AUTH0", "type": "OIDC"})
    api.refused(400, "PATCH", path, {"provider": "OKTA", "type": "SAML"})


def test_scalar_settings_change_alone(api):
    path = api.bare_connection(api.bare_organization())
    configure(api, path)
    body = {
        **WHO,
        "ui_button_title": "Acme",
        "debug_enabled": True,
        "configuration_type": "MANUAL",
        "key_id": "acme",
    }
    changed = api.patch(path, body)["connection"]
    assert body.items() <= changed.items()
    assert changed["oidc_config"]["client_id"] == "0oa1"


@pytest.mark.parametrize(("switch", "shown"), [("ignored", {"email": "mail"}), ("empties", {})])
def test_the_attribute_mapping_is_one_value(start, switch, shown):
    api = start(empty_attribute_mapping=switch)
    path = api.bare_connection(api.bare_organization())
    api.patch(path, {**WHO, "attribute_mapping": {"name": "cn"}})
    changed = api.patch(path, {**WHO, "attribute_mapping": {"email": "mail"}})["connection"]
    assert changed["attribute_mapping"] == {"email": "mail"}
    emptied = api.patch(path, {**WHO, "attribute_mapping": {}})["connection"]
    assert emptied["attribute_mapping"] == shown


def test_a_certificate_goes_in_as_one_and_comes_out_as_a_list(api, certificate, make_certificate):
    path = api.bare_connection(api.bare_organization(), "SAML")
    body = {"provider": "OKTA", "type": "SAML", "saml_config": {**SAML, "idp_certificate": certificate}}
    changed = api.patch(path, body)["connection"]
    (shown,) = changed["saml_config"]["idp_certificates"]
    assert changed["status"] == "COMPLETED"
    assert shown["certificate"] == certificate
    assert shown["issuer"] == "CN=idp.acme.com"
    assert shown["expiry_time"] == "2027-01-01T00:00:00.000Z"
    assert "idp_certificate" not in changed["saml_config"]
    again = api.patch(path, body)["connection"]["saml_config"]["idp_certificates"]
    assert [known["id"] for known in again] == [shown["id"]]
    other = {**body, "saml_config": {"idp_certificate": make_certificate()}}
    assert api.patch(path, other)["connection"]["saml_config"]["idp_certificates"][0]["id"] != shown["id"]


@pytest.mark.parametrize("spoil", [str.strip, lambda pem: pem.splitlines()[1], lambda pem: pem * 2, lambda _: "TUlJ"])
def test_only_one_certificate_in_pem_form_is_taken(api, certificate, spoil):
    path = api.bare_connection(api.bare_organization(), "SAML")
    body = {"provider": "OKTA", "type": "SAML", "saml_config": {**SAML, "idp_certificate": spoil(certificate)}}
    assert api.ask("PATCH", path, body).status_code == (200 if spoil is str.strip else 400)


@pytest.mark.parametrize(
    "name", ["issuer", "discovery_endpoint", "authorize_uri", "token_uri", "user_info_uri", "jwks_uri"]
)
@pytest.mark.parametrize("value", ["idp.example/x", "javascript:alert(1)", "http://idp.example/x", "https:///x"])
def test_endpoints_are_addresses_with_https_unless_debug_is_on(api, name, value):
    path = api.bare_connection(api.bare_organization())
    api.refused(400, "PATCH", path, {**WHO, "oidc_config": {name: value}})
    allowed = api.ask("PATCH", path, {**WHO, "debug_enabled": True, "oidc_config": {name: value}})
    assert allowed.status_code == (200 if value.startswith("http:") else 400)


@pytest.mark.parametrize("name", ["idp_metadata_url", "idp_sso_url", "idp_slo_url"])
@pytest.mark.parametrize("value", ["<EntityDescriptor/>", "/etc/metadata.xml", "http://idp.example/sso"])
def test_so_are_those_of_saml(api, name, value):
    path = api.bare_connection(api.bare_organization(), "SAML")
    api.refused(400, "PATCH", path, {"provider": "OKTA", "type": "SAML", "saml_config": {name: value}})


def test_a_certificate_may_come_back_wrapped_anew(start, certificate):
    api = start(certificate="normalised")
    path = api.bare_connection(api.bare_organization(), "SAML")
    sent = certificate.replace("\n", "\r\n").strip()
    body = {"provider": "OKTA", "type": "SAML", "saml_config": {**SAML, "idp_certificate": sent}}
    (shown,) = api.patch(path, body)["connection"]["saml_config"]["idp_certificates"]
    assert shown["certificate"] == certificate


def test_metadata_of_an_identity_provider_is_followed(api):
    path = api.bare_connection(api.bare_organization(), "SAML")
    body = {"provider": "OKTA", "type": "SAML", "saml_config": {"idp_metadata_url": "https://idp/metadata"}}
    changed = api.patch(path, body)["connection"]
    assert changed["status"] == "COMPLETED"
    assert changed["saml_config"]["idp_sso_url"]


def test_saml_can_have_defaults_of_the_server(start):
    for switch, binding in (("unset", "REQUEST_BINDING_UNSPECIFIED"), ("filled", "HTTP_POST")):
        api = start(saml_defaults=switch)
        saml = api.get(api.bare_connection(api.bare_organization(), "SAML"))["connection"]["saml_config"]
        assert saml["idp_sso_request_binding"] == binding


def test_oidc_can_have_defaults_of_the_server(start):
    for switch, scopes in (("unset", []), ("filled", ["openid", "profile", "email"])):
        api = start(oidc_defaults=switch)
        path = api.bare_connection(api.bare_organization())
        shown = api.get(path)["connection"]
        assert (shown["oidc_config"]["scopes"], shown["status"]) == (scopes, "DRAFT")
        body = {"provider": "OKTA", "type": "OIDC", "oidc_config": {"scopes": ["openid"]}}
        assert api.patch(path, body)["connection"]["oidc_config"]["scopes"] == ["openid"]


def test_domains_are_assigned_as_a_whole(api):
    organization = api.bare_organization()
    path = api.bare_connection(organization)
    ids = [api.post(f"{organization}/domains", {"domain": name})["domain"]["id"] for name in ("acme.com", "acme.org")]
    assigned = api.put(f"{path}/domains", {"domain_ids": ids})["connection"]["domains"]
    assert [domain["domain"] for domain in assigned] == ["acme.com", "acme.org"]
    assert api.put(f"{path}/domains", {"domain_ids": ids[1:]})["connection"]["domains"] == assigned[1:]
    assert api.put(f"{path}/domains", {"domain_ids": []})["connection"]["domains"] == []
    api.refused(404, "PUT", f"{path}/domains", {"domain_ids": ["dom_1"]})
    foreign = api.post(f"{api.bare_organization()}/domains", {"domain": "globex.com"})["domain"]["id"]
    api.refused(404, "PUT", f"{path}/domains", {"domain_ids": [foreign]})


def test_the_list_shows_what_works_unless_all_is_asked_for(api):
    organization = api.bare_organization()
    draft, live = api.bare_connection(organization), api.bare_connection(organization)
    domain = api.post(f"{organization}/domains", {"domain": "acme.com"})["domain"]["id"]
    api.put(f"{live}/domains", {"domain_ids": [domain]})
    configure(api, live)
    api.patch(f"{live}:enable")
    (shown,) = api.get("/connections")["connections"]
    assert shown["id"] == live.rpartition("/")[2]
    assert shown["domains"] == ["acme.com"]
    assert shown["organization_name"] == "Acme"
    assert shown["created_at"]
    listed = api.get("/connections", include="all")["connections"]
    assert {c["id"] for c in listed} == {p.rpartition("/")[2] for p in (draft, live)}
    assert api.get("/connections", organization_id="org_other")["connections"] == []
    assert len(api.get("/connections", domain="acme.com")["connections"]) == 1
    api.refused(400, "GET", "/connections", domain="x" * 33)


def test_deleting_an_enabled_connection(start):
    for switch, status in (("allowed", 200), ("refused", 400)):
        api = start(delete_enabled_connection=switch)
        path = api.bare_connection(api.bare_organization())
        configure(api, path)
        api.patch(f"{path}:enable")
        assert api.ask("DELETE", path).status_code == status
        if status == 400:
            api.patch(f"{path}:disable")
            api.delete(path)
        api.refused(404, "GET", path)
        api.refused(404, "DELETE", path)


def test_connections_may_need_the_sso_feature(start):
    api = start(sso_feature="required", new_features="none")
    path = api.bare_organization()
    api.refused(403, "POST", f"{path}/connections", WHO)
    api.enable_features(path, "sso")
    api.post(f"{path}/connections", WHO)


def test_another_organizations_connection_is_not_found(api):
    path = api.bare_connection(api.bare_organization())
    other = api.bare_organization()
    api.refused(404, "GET", f"{other}/connections/{path.rpartition('/')[2]}")


@pytest.mark.parametrize(
    ("protocol", "block"),
    [
        ("OIDC", {"oidc_config": {"client_id": "0oa2", "issuer": "no address"}}),
        ("SAML", {"saml_config": {**SAML, "idp_entity_id": "https://new", "idp_certificate": "no certificate"}}),
    ],
)
def test_a_change_that_is_refused_changes_nothing(api, protocol, block):
    path = api.bare_connection(api.bare_organization(), protocol)
    before = api.get(path)
    body = {"provider": "OKTA", "type": protocol, "ui_button_title": "Log in", **block}
    api.refused(400, "PATCH", path, body)
    assert api.get(path) == before
