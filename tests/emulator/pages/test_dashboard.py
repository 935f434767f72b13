"""The developer's dashboard: what is there, what comes in, switches and faults."""

from __future__ import annotations

import pytest

from pulumi_scalekit.emulator import Fault, Switches


@pytest.fixture
def dashboard(api, visitors):
    visitor = visitors()
    return lambda topic="": (visitor, visitor.open(f"{api.emulator.dashboard}{topic}"))


def test_an_empty_environment_says_how_to_begin(dashboard):
    assert dashboard()[1].says("There are no organizations yet. Run pulumi up")


def test_tenants_and_their_connections_are_listed(api, dashboard, oidc, saml):
    api.domain(oidc[0], "acme.example")
    api.directory(saml[0])

    _, page = dashboard()

    rows = {row.find("th").text_content(): row.text_content() for row in page.document.findall(".//tbody/tr")}
    assert [name.partition("org_")[0] for name in rows] == ["Globex Corporation", "Acme Inc"]
    globex, acme = (" ".join(text.split()) for text in rows.values())
    assert "Okta (OIDC) enabled complete" in acme
    assert "acme.example" in acme
    assert "Custom (SAML) not enabled complete" in globex
    assert "OKTA Directory enabled" in globex
    assert page.says("2 organizations")


def test_a_customer_s_portal_is_opened_from_here(dashboard, oidc):
    visitor, page = dashboard()

    portal = visitor.send(page, "/portal")

    assert portal.says("Single sign-on of Acme Inc")
    assert visitor.send(page, "/portal", {"organization_id": "org_1"}).status == 404


def test_requests_are_shown_newest_first_and_without_secrets(api, dashboard, oidc):
    api.sign_in()
    api.emulator.faults.add(Fault("drop_before"))
    with pytest.raises(Exception, match="disconnected"):
        api.get("/roles")

    _, page = dashboard("/requests")

    first, second = (" ".join(row.text_content().split()) for row in page.document.findall(".//tbody/tr")[:2])
    assert "no answer fault: drop_before GET /roles" in first
    assert ":enable" in second
    assert page.says('"client_secret": "[secret]"')
    assert page.says(f"{len(api.emulator.ledger)} to the API and 1 for a token")
    assert "canary" not in page.text


def test_following_is_a_choice_and_shows_what_came(api, dashboard):
    visitor, page = dashboard("/requests")
    assert "http-equiv" not in page.text
    assert page.says("There were none yet.")

    page = visitor.follow(page, "Follow")
    assert page.document.find(".//meta[@http-equiv='refresh']").get("content") == "2"
    api.get("/roles")
    assert visitor.open(page.address).says("ListRoles")

    page = visitor.follow(page, "Stop following")
    assert "http-equiv" not in page.text


def test_many_requests_are_the_last_ones(api, dashboard):
    api.sign_in()
    for _ in range(201):
        api.ask("GET", "/nothing")
    api.get("/roles")

    _, page = dashboard("/requests")

    assert len(page.document.findall(".//tbody/tr")) == 200
    assert page.says("202 to the API and 1 for a token, newest first, the last 200 of them")
    assert page.says("ListRoles")


def test_requests_are_forgotten(api, dashboard):
    api.get("/roles")
    visitor, page = dashboard("/requests")

    visitor.send(page, "/requests/clear")

    assert len(api.emulator.ledger) == 0


def test_a_switch_is_chosen_and_taken_back(api, dashboard):
    visitor, page = dashboard("/switches")
    form = page.form("/switches")
    assert set(Switches.allowed()) == set(form.fields.keys()) - {"form_token"}

    page = visitor.send(
        page, "/switches", {"client_secret_echo": "masked", "expires_in": "1799", "duplicate_status": "400"}
    )

    assert page.text.count(">changed<") == 3
    assert api.emulator.switches == Switches(client_secret_echo="masked", expires_in=1799, duplicate_status=400)
    token = page.form("/switches").fields["form_token"]
    visitor.http.post(page.address, data={"form_token": token, "defaults": "true", "client_secret_echo": "masked"})
    assert api.emulator.switches == Switches()


@pytest.mark.parametrize("sent", [{"client_secret_echo": "loud"}, {"colour": "red"}])
def test_a_switch_that_is_none_is_refused(api, dashboard, sent):
    visitor, page = dashboard("/switches")
    token = page.form("/switches").fields["form_token"]

    answer = visitor.http.post(page.address, data={"form_token": token, **sent})

    assert answer.status_code == 400
    assert next(iter(sent)) in answer.text
    assert api.emulator.switches == Switches()


def test_a_fault_at_a_click(api, dashboard):
    visitor, page = dashboard("/faults")
    presets = page.document.findall(".//button[@name='preset']")
    token = page.form("/faults").fields["form_token"]

    for button in presets:
        visitor.http.post(page.address, data={"form_token": token, "preset": button.get("value")})

    assert len(presets) == len(api.emulator.faults.waiting()) == 8
    page = visitor.send(visitor.open(page.address), "/faults/clear")
    assert api.emulator.faults.waiting() == []
    visitor.http.post(page.address, data={"form_token": token, "preset": "429"})
    assert api.ask("GET", "/roles").headers["Retry-After"] == "1"


def test_a_fault_in_words(api, dashboard):
    visitor, page = dashboard("/faults")
    values = {
        "kind": "status",
        "method": "PATCH",
        "path": "/api/v1/organizations",
        "nth": "2",
        "times": "3",
        "status": "418",
    }
    fields = {name: values.get(name, "1") for name in ("kind", "method", "path", "nth", "times", "status", "seconds")}
    token = page.form("/faults").fields["form_token"]

    answer = visitor.http.post(page.address, data={"form_token": token, **fields})

    (fault,) = api.emulator.faults.waiting()
    assert {name: str(fault[name]) for name in values} == values
    assert "number 2 and the 2 after it; 0 came by" in answer.text


def test_latency_and_rate_limit(api, dashboard):
    visitor, page = dashboard("/faults")

    page = visitor.send(page, "/faults/all", {"latency": "0.01", "per_second": "0.001", "burst": "2"})

    assert api.emulator.faults.latency == 0.01
    assert [api.ask("GET", "/roles").status_code for _ in range(3)] == [200, 200, 429]
    assert page.form("/faults/all").fields["burst"] == "2"
    visitor.send(page, "/faults/all", {"latency": "", "per_second": "0"})
    assert (api.emulator.faults.latency, api.emulator.faults.rate_limit) == (0.0, None)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"preset": "flood"}, "There is no such fault."),
        ({"kind": "flood"}, "Choose a kind and a verb"),
        ({"kind": "status", "method": "BREW"}, "Choose a kind and a verb"),
        ({"kind": "status", "path": "("}, "The path is no regular expression"),
        ({"kind": "status", "status": "200"}, "The status is a number from 400 to 599."),
        ({"kind": "status", "nth": "0"}, "Which request is a whole number from 1 on."),
        ({"kind": "slow", "seconds": "nan"}, "The time is a number from 0 to 60."),
        ({"kind": "slow", "seconds": "3600"}, "The time is a number from 0 to 60."),
    ],
    ids=str,
)
def test_a_fault_that_is_none_is_refused(api, dashboard, sent, message):
    visitor, page = dashboard("/faults")
    token = page.form("/faults").fields["form_token"]

    answer = visitor.http.post(page.address, data={"form_token": token, **sent})

    assert answer.status_code == 400
    assert message in answer.text
    assert api.emulator.faults.waiting() == []


@pytest.mark.parametrize("sent", [{"latency": "-1"}, {"latency": "inf"}, {"per_second": "x"}, {"burst": "0"}], ids=str)
def test_a_number_that_is_none_changes_nothing(api, dashboard, sent):
    visitor, page = dashboard("/faults")

    page = visitor.send(page, "/faults/all", {"latency": "1", **sent})

    assert page.status == 400
    assert (api.emulator.faults.latency, api.emulator.faults.rate_limit) == (0.0, None)
