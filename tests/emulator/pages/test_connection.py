"""A customer's administrator finishes and changes a connection: what arrives is what the API's rules make of it."""

from __future__ import annotations

import pytest

from tests.support.certificates import certificate
from tests.support.portal import OIDC, SECRET, configured


def test_an_oidc_connection_is_finished_and_enabled(api, administrator):
    here = administrator(display_name="Acme Inc")
    connection = api.connection(here.organization)
    page = here.visitor.follow(here.visitor.open(here.home.address), "Set up Okta (OIDC)")
    assert page.says("Still missing: Issuer, Client id, Client secret.")
    assert page.says(here.record(connection)["oidc_config"]["redirect_uri"])

    page = here.visitor.send(
        page,
        "/settings",
        {"issuer": OIDC["issuer"], "client_id": "0oa1acme", "client_secret": SECRET, "scopes": ["openid", "email"]},
    )

    assert page.says("Saved.")
    assert not page.says("Still missing")
    config = here.record(connection)["oidc_config"]
    assert {name: config[name] for name in ("issuer", "client_id", "client_secret", "scopes")} == {
        **OIDC,
        "scopes": ["openid", "email"],
    }
    assert config["token_uri"].startswith(OIDC["issuer"]), "found from the issuer, as the API does"
    assert here.visitor.send(page, "/test").says("The test passed.")
    page = here.visitor.send(here.connection(connection), "/enable")
    assert page.says("Enabled: your people sign in with it from now on.")
    assert (here.record(connection)["enabled"], here.record(connection)["status"]) == (True, "COMPLETED")


def test_only_what_was_changed_is_changed(administrator, oidc):
    here = administrator(oidc[0])
    before = dict(here.record(oidc[1]))
    before["oidc_config"] = dict(before["oidc_config"])

    page = here.visitor.send(
        here.connection(oidc[1]), "/settings", {"ui_button_title": "Log in", "scopes": ["openid", "email"]}
    )

    assert page.says("Saved.")
    after = here.record(oidc[1])
    assert after["ui_button_title"] == "Log in"
    assert after["oidc_config"] == {**before["oidc_config"], "scopes": ["openid", "email"]}
    assert {name for name in after if after[name] != before.get(name)} == {
        "ui_button_title",
        "oidc_config",
        "update_time",
    }


def test_a_form_that_changes_nothing_sends_nothing(administrator, oidc):
    here = administrator(oidc[0])
    before = here.record(oidc[1])["update_time"]

    page = here.visitor.send(here.connection(oidc[1]), "/settings")

    assert page.says("Nothing was changed.")
    assert here.record(oidc[1])["update_time"] == before


def test_a_value_is_cleared(administrator, oidc):
    here = administrator(oidc[0])

    page = here.visitor.send(here.connection(oidc[1]), "/settings", {"ui_button_title": ""})

    assert page.says("Saved.")
    assert not here.record(oidc[1])["ui_button_title"]


def test_what_scalekit_does_not_take_is_said(start, administrator):
    api = start(empty_nested_string="ignored")
    organization, connection = configured(api)
    here = administrator(organization, api)

    page = here.visitor.send(here.connection(connection), "/settings", {"client_id": "", "pkce_enabled": "true"})

    assert page.says("Saved, but not everything was taken.")
    assert page.says("As before: Client id.")
    assert here.record(connection)["oidc_config"]["client_id"] == OIDC["client_id"]
    assert here.record(connection)["oidc_config"]["pkce_enabled"] is True


@pytest.mark.parametrize(
    "switches",
    [
        {"partial_config": "replaced"},
        {"partial_connection": "reset"},
        {"partial_config": "replaced", "partial_connection": "reset", "update_answer": "empty"},
        {"unpublished_endpoints": "refused"},
        {"unpublished_endpoints": "missing"},
    ],
    ids=str,
)
def test_nothing_is_lost_under_any_reading_of_the_api(start, administrator, switches):
    api = start()
    organization, connection = configured(api)
    api.emulator.switches = api.emulator.switches.changed(**switches)
    here = administrator(organization, api)
    before = dict(here.record(connection)["oidc_config"])

    assert here.visitor.send(here.connection(connection), "/settings", {"client_id": "0oa2"}).says("Saved.")

    assert here.record(connection)["oidc_config"] == {**before, "client_id": "0oa2"}
    assert here.record(connection)["ui_button_title"] == "Sign in"


def test_a_secret_is_written_and_never_read(administrator, oidc):
    here = administrator(oidc[0])
    page = here.connection(oidc[1])
    assert page.says("A secret is set, and is not shown.")
    assert page.form("/settings").fields["client_secret"] == ""

    page = here.visitor.send(page, "/settings", {"client_secret": "r0tated-s3cret"})

    assert here.record(oidc[1])["oidc_config"]["client_secret"] == "r0tated-s3cret"
    assert "s3cret" not in page.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("issuer", "no address", "Issuer must be a valid URL"),
        ("issuer", "http://acme.okta.com", "Issuer must use https unless debug is enabled"),
        ("token_uri", "ftp://acme", "Token endpoint must use https"),
    ],
)
def test_what_the_api_refuses_is_said_at_its_field(administrator, oidc, field, value, message):
    here = administrator(oidc[0])
    before = str(here.record(oidc[1]))

    page = here.visitor.send(
        here.connection(oidc[1]), "/settings", {field: value, "ui_button_title": "Log in", "client_secret": "n3w"}
    )

    assert page.status == 400
    assert page.says(message)
    form = page.form("/settings")
    assert form.fields[field] == value, "what was entered is not lost"
    assert form.fields["ui_button_title"] == "Log in"
    entry = form.inputs[field]
    assert entry.get("aria-invalid") == "true"
    assert f"{field}-mistake" in entry.get("aria-describedby").split()
    assert page.document.get_element_by_id(f"{field}-mistake").text_content().startswith(message.split(" must")[0])
    assert page.document.find(".//*[@role='alert']//a").get("href") == f"#{field}"
    assert page.document.findtext(".//title").startswith("Not saved")
    assert "n3w" not in page.text
    assert str(here.record(oidc[1])) == before


def test_a_saml_connection_gets_a_new_certificate(administrator, saml):
    here = administrator(saml[0])
    page = here.connection(saml[1])
    assert page.says("There is one: CN=Globex 2025, valid until")
    renewed = certificate("Globex 2026")

    page = here.visitor.send(page, "/settings", {"idp_certificate": renewed, "want_request_signed": None})

    assert page.says("Saved.")
    assert page.says("There is one: CN=Globex 2026")
    config = here.record(saml[1])["saml_config"]
    assert [one["certificate"].strip() for one in config["idp_certificates"]] == [renewed.strip()]
    assert config["want_request_signed"] is False
    assert config["idp_sso_url"] == "https://idp.globex.example/sso"


@pytest.mark.parametrize(
    "text", ["no certificate", certificate("Globex")[:200], certificate("One") + certificate("Two")]
)
def test_a_bad_certificate_is_refused_and_the_former_one_stays(administrator, saml, text):
    here = administrator(saml[0])
    before = here.record(saml[1])["saml_config"]["idp_certificates"]

    page = here.visitor.send(here.connection(saml[1]), "/settings", {"idp_certificate": text})

    assert page.status == 400
    assert page.says("Signing certificate must be one X.509 certificate in PEM form")
    assert page.form("/settings").fields["idp_certificate"].strip() == text.strip()
    assert here.record(saml[1])["saml_config"]["idp_certificates"] == before


@pytest.mark.parametrize(("days", "said"), [((-400, -1), "The test failed."), ((-1, 400), "The test passed.")])
def test_the_test_looks_at_the_certificate(administrator, saml, days, said):
    here = administrator(saml[0])
    page = here.visitor.send(
        here.connection(saml[1]), "/settings", {"idp_certificate": certificate("Globex 2024", *days)}
    )

    page = here.visitor.send(page, "/test")

    assert page.says(said)
    assert page.says("The certificate is not valid today: CN=Globex 2024") == (days[1] < 0)


def test_an_unfinished_connection_fails_its_test_and_is_not_enabled(api, administrator):
    here = administrator()
    connection = api.connection(here.organization)

    page = here.visitor.send(here.connection(connection), "/test")
    assert page.says("The test failed. Issuer is missing. Client id is missing. Client secret is missing.")

    page = here.visitor.send(page, "/enable")
    assert page.says("Scalekit did not enable it. connection is not configured")
    assert not here.record(connection)["enabled"]


@pytest.mark.parametrize("switches", [{"enable_incomplete": "refused"}, {"repeated_toggle": "refused"}], ids=str)
def test_a_refused_switch_is_said(start, administrator, switches):
    api = start(**switches)
    here = administrator(given=api)
    connection = api.connection(here.organization)
    page = here.connection(connection)
    if "repeated_toggle" in switches:
        organization, connection = configured(api)
        here = administrator(organization, api)
        page = here.connection(connection)
        api.patch(f"/organizations/{organization}/connections/{connection}:disable")

    page = here.visitor.send(page, "/disable" if "repeated_toggle" in switches else "/enable")

    assert page.says("Scalekit did not")
    assert not here.record(connection)["enabled"]


def test_a_notice_is_said_once(administrator, oidc):
    here = administrator(oidc[0])
    page = here.visitor.send(here.connection(oidc[1]), "/settings", {"ui_button_title": "Log in"})
    assert page.says("Saved.")

    assert not here.connection(oidc[1]).says("Saved.")


def test_what_the_customer_does_is_an_event_and_no_request(api, administrator, oidc):
    here = administrator(oidc[0])
    page = here.connection(oidc[1])
    mark = api.emulator.ledger.mark()

    here.visitor.send(page, "/disable")

    assert api.emulator.ledger.since(mark) == []
    assert api.store.events()[-1]["type"] == "organization.sso_disabled"


def test_a_fault_does_not_meet_a_page(api, administrator, oidc):
    from pulumi_scalekit.emulator import Fault

    here = administrator(oidc[0])
    api.emulator.faults.add(Fault("status", status=500))

    assert here.visitor.send(here.connection(oidc[1]), "/settings", {"ui_button_title": "Log in"}).says("Saved.")
    assert api.ask("GET", "/roles").status_code == 500


@pytest.mark.parametrize("path", ["", "/settings/more", "/metadata", "/nothing"])
def test_a_form_that_is_not_there_is_refused(administrator, oidc, path):
    here = administrator(oidc[0])
    page = here.connection(oidc[1])
    token = page.form("/settings").fields["form_token"]

    assert here.visitor.http.post(f"{page.address}{path}", data={"form_token": token}).status_code == 404


def test_a_connection_that_was_deleted_is_not_found(api, administrator, oidc):
    here = administrator(oidc[0])
    page = here.connection(oidc[1])
    api.delete(f"/organizations/{oidc[0]}/connections/{oidc[1]}")

    page = here.visitor.send(page, "/settings", {"ui_button_title": "Log in"})

    assert page.status == 404
    assert page.says("The connection may have been deleted.")
